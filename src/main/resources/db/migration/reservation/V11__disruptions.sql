-- Flights that are not flown, why, and what those who booked them may be given instead.
create table reservation.disruption (
    id             uuid        not null,
    reason         text        not null,
    -- In the words of the events that tell of it.
    cause          text        not null,
    cabins         text        not null,
    within_hours   integer     not null,
    correlation_id text        not null,
    requested_at   timestamptz not null,
    constraint one_row_per_disruption primary key (id),
    constraint cabins_are_known check (cabins in ('SAME', 'HIGHER', 'ANY'))
);

-- First all flights are cancelled, one a transaction: nobody is put on one that will be, too.
create table reservation.disruption_flight (
    disruption_id uuid not null,
    flight_id     text not null,
    status        text not null,
    attempts      integer     not null default 0,
    due_at        timestamptz not null default now(),
    error         text,
    constraint one_row_per_disruption_and_flight primary key (disruption_id, flight_id),
    constraint a_disrupted_flight_status_is_known check (status in ('OPEN', 'CANCELLED', 'REFUSED'))
);

create index flight_to_cancel on reservation.disruption_flight (disruption_id, flight_id)
    where status = 'OPEN';

-- Then a case for each party, one a transaction, those who booked first before others. Its id
-- names what becomes of it to others.
create table reservation.disruption_case (
    id            uuid        not null,
    disruption_id uuid        not null,
    order_id      uuid        not null,
    removed       text[]      not null,
    status        text        not null,
    passengers    integer     not null default 0,
    added         text[]      not null default '{}',
    attempts      integer     not null default 0,
    due_at        timestamptz not null default now(),
    error         text,
    constraint one_row_per_case primary key (id),
    constraint one_case_per_party_and_disruption unique (disruption_id, order_id),
    constraint a_case_status_is_known
        check (status in ('OPEN', 'REPROTECTED', 'LEFT_OVER', 'NOT_NEEDED'))
);

create index case_by_order on reservation.disruption_case (order_id);

create index open_case on reservation.disruption_case (order_id) where status = 'OPEN';

alter table reservation.segment
    drop constraint a_segment_status_is_known,
    add constraint a_segment_status_is_known
        check (status in ('WAITLISTED', 'HELD', 'CONFIRMED', 'RELEASED', 'LAPSED', 'UNABLE',
                          'REPROTECTED', 'FLOWN', 'NO_SHOW'));

-- Who lost a flight just before this release, and has nothing else yet.
with stranded as (
  select s.order_id, array_agg(s.flight_id) as removed
    from reservation.segment s
    join reservation.reservation r on r.order_id = s.order_id
   where r.status = 'CONFIRMED' and s.status = 'UNABLE'
   group by s.order_id
), disruption as (
  insert into reservation.disruption (id, reason, cause, cabins, within_hours, correlation_id,
                                      requested_at)
  select gen_random_uuid(), 'cancelled before the upgrade', 'FLIGHT_CANCELLED', 'HIGHER', 72,
         'upgrade', now()
   where exists (select from stranded)
  returning id
)
insert into reservation.disruption_case (id, disruption_id, order_id, removed, status)
select gen_random_uuid(), d.id, s.order_id, s.removed, 'OPEN'
  from stranded s
 cross join disruption d;
