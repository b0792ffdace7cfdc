-- Finds passengers whose names are spelled otherwise than was asked for. An extension that whoever
-- may create a schema may install; what it needs comes with PostgreSQL.
create extension if not exists pg_trgm;

-- Names in small Latin letters, without accents: derived from orders.personal_data, and gone with it.
create table orders.passenger_name (
    order_id     uuid not null,
    passenger_id text not null,
    name         text not null,
    constraint one_row_per_name_of_a_passenger primary key (order_id, passenger_id)
);

-- Names as they were sold, of those that were corrected since.
alter table orders.personal_data add column sold jsonb not null default '[]';

create index passenger_by_name on orders.passenger_name using gin (name gin_trgm_ops);
