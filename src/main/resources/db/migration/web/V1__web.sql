-- What the HTTP edge must remember across restarts and instances.
create schema if not exists web;

-- Answers to requests with an Idempotency-Key. The row is written in the transaction of the change
-- itself; the answer is added when it is known.
create table web.idempotency (
    channel    text        not null,
    route      text        not null,
    key        text        not null,
    request    bytea       not null,
    subject    text,
    status     integer,
    headers    jsonb,
    body       bytea,
    created_at timestamptz not null,
    constraint one_answer_per_key primary key (channel, route, key)
);

create index idempotency_by_age on web.idempotency using brin (created_at);

create table web.secret (
    name  text not null,
    value text not null,
    constraint one_secret_per_name primary key (name)
);

-- How far the sandbox's clock has been moved forward.
create table web.sandbox_clock (
    id             boolean not null default true,
    advanced_nanos bigint  not null,
    constraint only_one_clock primary key (id),
    constraint id_is_true check (id)
);
