-- The event publication log: one row an event, however many consumers.
create schema if not exists eventlog;

create table eventlog.event (
    -- Readers go by (tx, position). tx is the number of the writing transaction, raised to that of
    -- the stream's previous event: what is older than every running transaction is complete.
    tx             bigint      not null,
    position       bigint      generated always as identity,
    slot           smallint    not null,
    stream         text        not null,
    version        integer     not null,
    id             uuid        not null,
    type           text        not null,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    actor          text        not null,
    channel        text,
    correlation_id text        not null,
    causation_id   uuid,
    data           jsonb       not null,
    constraint one_event_per_version primary key (stream, version),
    constraint versions_start_at_one check (version > 0)
);

create unique index event_in_reading_order on eventlog.event (slot, tx, position);

-- How far each consumer has come; a cursor row is locked by who works on its slot.
create table eventlog.cursor (
    consumer text     not null,
    slot     smallint not null,
    tx       bigint   not null default 0,
    position bigint   not null default 0,
    constraint one_cursor_per_slot primary key (consumer, slot)
) with (fillfactor = 50);
