-- What the log needs beyond appending and reading: partitions by their usual name, consumers that
-- are remembered, streams that are parked, closed streams out of the way, copies that are rebuilt.

alter table eventlog.event rename column slot to partition;
alter table eventlog.cursor rename column slot to partition;
alter table eventlog.cursor rename constraint one_cursor_per_slot to one_cursor_per_partition;

-- Kept as it was written. The log never looks inside, and jsonb would be taken apart when it is
-- stored and put together again by every reader.
alter table eventlog.event alter column data type json using data::text::json;

-- Whether nothing is expected to follow in the stream: see the archive.
alter table eventlog.event add column closes boolean not null default false;

create index closing_event_by_age on eventlog.event (recorded_at) where closes;

-- How many events were handled: the progress of a rebuild, and what a consumer did in its life; and
-- whether it has come to the end of the log once: before, it is new, and its lag says nothing.
alter table eventlog.cursor
    add column handled bigint not null default 0,
    add column caught_up boolean not null default false;

-- The number of partitions is part of the data: the stream's hash modulo this number is stored with
-- each event. docs/operations/change-partitions.sql changes it.
create table eventlog.partitioning (
    id         boolean  not null default true,
    partitions smallint not null,
    constraint one_number_of_partitions primary key (id),
    constraint partitioning_is_one_row check (id),
    constraint there_are_partitions check (partitions between 1 and 256)
);

insert into eventlog.partitioning (partitions) values (4);

-- Who reads the log, and which types: what is gone from the code is noticed by comparison.
create table eventlog.consumer (
    id            text        not null,
    types         text[]      not null,
    registered_at timestamptz not null,
    retired       boolean     not null default false,
    constraint one_row_per_consumer primary key (id)
);

-- A stream that a consumer cannot get past: its events wait from this version on, in order.
create table eventlog.parked_stream (
    consumer  text        not null,
    stream    text        not null,
    partition smallint    not null,
    version   integer     not null,
    type      text        not null,
    failures  integer     not null,
    error     text        not null,
    parked_at timestamptz not null,
    -- When it is tried again by itself; null when it waits for a decision.
    retry_at  timestamptz,
    constraint one_row_per_consumer_and_stream primary key (consumer, stream)
);

create index parked_stream_to_retry on eventlog.parked_stream (retry_at)
    where retry_at is not null;
create index parked_by_stream on eventlog.parked_stream (stream);

-- What people decided about the log: retries, events that were skipped, copies rebuilt.
create table eventlog.intervention (
    id       bigint      generated always as identity,
    at       timestamptz not null,
    actor    text        not null,
    action   text        not null,
    consumer text        not null,
    stream   text,
    version  integer,
    reason   text,
    constraint one_row_per_intervention primary key (id),
    constraint an_intervention_is_known
        check (action in ('RETRY', 'SKIP', 'REBUILD', 'REBUILT', 'GIVE_UP', 'RETIRE')),
    constraint a_skip_has_a_reason check (action <> 'SKIP' or reason is not null)
);

-- Streams that closed long ago, out of the way of the hot table, in the same reading order.
create table eventlog.archived_event (
    tx             bigint      not null,
    position       bigint      not null,
    partition      smallint    not null,
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
    data           json        not null,
    closes         boolean     not null,
    constraint one_archived_event_per_version primary key (stream, version)
);

create unique index archived_event_in_reading_order
    on eventlog.archived_event (partition, tx, position);

-- Copies that are being made again beside the live ones.
create table eventlog.rebuild (
    consumer   text        not null,
    started_at timestamptz not null,
    actor      text        not null,
    constraint one_rebuild_at_a_time_per_consumer primary key (consumer)
);
