-- What a schedule says are local times; the instants follow from the zones, which governments change.
alter table reservation.flight
    add column local_departure timestamp,
    add column local_arrival timestamp,
    drop constraint a_flight_status_is_known,
    add constraint a_flight_status_is_known
        check (status in ('OPEN', 'SALES_CLOSED', 'CLOSED', 'DEPARTED', 'CANCELLED'));

update reservation.flight
   set local_departure = departs_at at time zone departure_zone,
       local_arrival = arrives_at at time zone arrival_zone;

alter table reservation.flight
    alter column local_departure set not null,
    alter column local_arrival set not null;

-- What an import changes, or would change, and what it took off the schedule.
alter table reservation.schedule_import
    add column dry_run boolean not null default false,
    add column withdrawn bigint not null default 0,
    add column differences jsonb not null default '[]';

-- By which version of the time zone database instants were computed last.
create table reservation.zone_rules (
    only_row boolean not null,
    version  text    not null,
    constraint there_is_one_row primary key (only_row),
    constraint it_is_that_one check (only_row)
);
