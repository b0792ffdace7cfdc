-- Changes the number of partitions over which streams are spread. Run it with every instance stopped:
--
--   psql -v partitions=8 -f docs/operations/change-partitions.sql
--
-- Every consumer goes on after the newest event: so let all of them catch up before you stop (no
-- events wait in GET /actuator/eventlog). The script refuses to run otherwise.

begin;

-- The hash that the Java language specifies for strings, modulo the number of partitions.
create function pg_temp.partition_of(stream text, partitions int) returns int
language plpgsql immutable strict as $$
declare
  hash bigint := 0;
begin
  for i in 1..length(stream) loop
    hash := (hash * 31 + ascii(substr(stream, i, 1))) & 4294967295;
  end loop;
  if hash >= 2147483648 then
    hash := hash - 4294967296;
  end if;
  return ((hash % partitions) + partitions) % partitions;
end
$$;

create function pg_temp.refuse_while_instances_run() returns void
language plpgsql as $$
begin
  perform pg_stat_clear_snapshot();
  if exists (select
               from pg_stat_activity
              where datname = current_database() and application_name = 'contrail') then
    raise exception 'instances are connected: stop all of them, and try again';
  end if;
end
$$;

-- Once before anybody has to wait for the locks; once more for who came meanwhile. Who comes later
-- waits for the number of partitions until it is the new one.
select pg_temp.refuse_while_instances_run();
lock table eventlog.partitioning in access exclusive mode;
lock table eventlog.event, eventlog.cursor in exclusive mode;
select pg_temp.refuse_while_instances_run();

do $$
begin
  if exists (select
               from eventlog.cursor c
               join eventlog.consumer k on k.id = c.consumer
               join eventlog.event e on e.partition = c.partition
              where not k.retired and e.position > c.position
                and (e.type = any (k.types) or (k.types = '{}' and e.source is null)))
     or exists (select from eventlog.parked_stream)
     or exists (select from eventlog.rebuild) then
    raise exception 'not all events are handled: start the application, let it catch up, settle'
      ' what is parked, and try again';
  end if;
end
$$;

update eventlog.event set partition = pg_temp.partition_of(stream, :partitions);

-- All is handled, so every consumer has read up to the newest event.
create temporary table consumers on commit drop as
select consumer, max(position) as position, sum(handled) as handled
  from eventlog.cursor
 group by consumer;

delete from eventlog.cursor;

insert into eventlog.cursor (consumer, partition, position, handled, caught_up)
select c.consumer, p.partition,
       greatest(c.position, (select coalesce(max(e.position), 0) from eventlog.event e)),
       case when p.partition = 0 then c.handled else 0 end, true
  from consumers c
 cross join generate_series(0, :partitions - 1) as p (partition);

update eventlog.partitioning set partitions = :partitions;

commit;
