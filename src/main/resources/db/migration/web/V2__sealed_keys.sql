-- Keys that sign, sealed by a key from outside (encrypted JWKs). Whoever has only the database cannot
-- sign. Deleting a purpose's rows makes every instance take a new key within a minute.
create table web.signing_key (
    purpose    text        not null,
    generation integer     not null,
    sealed     text        not null,
    made_at    timestamptz not null,
    constraint one_key_per_generation primary key (purpose, generation)
);

drop table web.secret;
