-- Readers go by position alone, and wait for the writers of this log, not for every transaction of the
-- server. Runs once, with all instances of the earlier release stopped and nothing left to handle:
-- partitions become one, and whoever was at different places in them could not be put together.
do $$
begin
  if exists (select
               from eventlog.cursor c
               join eventlog.consumer k on k.id = c.consumer
               join (select partition, tx, position, type from eventlog.event
                     union all
                     select partition, tx, position, type from eventlog.archived_event) e
                 on e.partition = c.partition
              where not k.retired and (e.tx, e.position) > (c.tx, c.position)
                and e.type = any (k.types))
     or exists (select from eventlog.parked_stream)
     or exists (select from eventlog.rebuild) then
    raise exception 'not all events are handled: start the earlier release, let it catch up, settle'
      ' what is parked, end rebuilds, then try again';
  end if;
end
$$;

-- Closed streams come back: a second table to look into cost every statement more than it saved.
insert into eventlog.event (tx, position, partition, stream, version, id, type, occurred_at,
                            recorded_at, actor, channel, correlation_id, causation_id, data)
overriding system value
select tx, position, partition, stream, version, id, type, occurred_at, recorded_at, actor, channel,
       correlation_id, causation_id, data
  from eventlog.archived_event;

drop table eventlog.archived_event;

-- Positions anew, in the order in which the events were read.
drop index eventlog.event_in_reading_order;
alter table eventlog.event alter column position drop identity;

update eventlog.event e
   set position = n.position, partition = 0
  from (select stream, version, row_number() over (order by tx, position) as position
          from eventlog.event) n
 where e.stream = n.stream and e.version = n.version;

alter table eventlog.event drop column tx, drop column closes;
alter table eventlog.event
    alter column position add generated always as identity (sequence name eventlog.event_position);

select setval('eventlog.event_position', count(*), true) from eventlog.event having count(*) > 0;

create unique index event_in_reading_order on eventlog.event (partition, position);

-- Everybody has read everything.
create temporary table reader on commit drop as
select consumer, sum(handled) as handled
  from eventlog.cursor
 group by consumer;

delete from eventlog.cursor;
alter table eventlog.cursor drop column tx;

insert into eventlog.cursor (consumer, partition, position, handled, caught_up)
select consumer, 0, (select coalesce(max(position), 0) from eventlog.event), handled, true
  from reader;

-- One partition: more of them were never faster on a few cores. Their number is still data.
update eventlog.partitioning set partitions = 1;
alter table eventlog.parked_stream drop column partition;

-- Who appends holds a shared lock until its transaction ends. The key is a number of this log's own
-- and the last position that had been drawn before: all that the transaction draws is above it.
create function eventlog.hold_readers() returns trigger
language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(
            (17230::bigint << 48)
            | (select case when is_called then last_value else 0 end from eventlog.event_position));
  return null;
end
$$;

-- For every insert, whoever makes it: it fires before the first position is drawn.
create trigger writers_hold_readers before insert on eventlog.event
    for each statement execute function eventlog.hold_readers();

-- What has been drawn, and up to where it is settled: visible to the next statement, or never to
-- come. First the sequence, then the holders: whoever drew a position up to the first number held
-- its lock before, and if it is not among the holders now, its transaction has ended.
create function eventlog.horizon(out drawn bigint, out settled bigint)
language plpgsql as $$
begin
  select case when is_called then last_value else 0 end into drawn from eventlog.event_position;
  select least(drawn, min(((classid::bigint & 65535) << 32) | objid::bigint)) into settled
    from pg_locks
   where locktype = 'advisory' and objsubid = 1 and classid::bigint >> 16 = 17230
     and database = (select oid from pg_database where datname = current_database());
end
$$;

-- For a log that was copied without its sequence: new positions are above all that there are. One
-- instance at a time, or the slower one would set back what the other has drawn since.
create function eventlog.raise_positions() returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(17230);
  perform setval('eventlog.event_position', taken.position)
     from (select greatest((select max(position) from eventlog.event),
                           (select max(position) from eventlog.cursor)) as position) taken
    where taken.position > (select last_value from eventlog.event_position);
end
$$;

-- Where an event comes from that another log has published first; null: from this one.
alter table eventlog.event add column source text;

create unique index one_event_per_source_and_id on eventlog.event (source, id)
    where source is not null;
