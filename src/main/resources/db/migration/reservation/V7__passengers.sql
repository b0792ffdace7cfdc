-- Who travels, by the numbers that the order gave them: 'P1 ADULT,P2 INFANT'.
alter table reservation.reservation add column party text not null default '';

-- What is known of a passenger on a flight beside what the segment says: most have no row until
-- they choose a seat or check in.
create table reservation.passenger (
    order_id      uuid not null,
    flight_id     text not null,
    passenger     text not null,
    status        text,
    seat          text,
    sequence      integer,
    told_at       timestamptz,
    checked_in_at timestamptz,
    constraint one_row_per_passenger_and_flight primary key (order_id, flight_id, passenger),
    constraint a_passenger_status_is_known
        check (status in ('CHECKED_IN', 'BOARDED', 'OFFLOADED', 'DENIED_BOARDING', 'NO_SHOW', 'FLOWN'))
);

create unique index a_seat_is_one_passengers on reservation.passenger (flight_id, seat)
    where seat is not null;

create index passenger_by_flight on reservation.passenger (flight_id);

-- What departure control said, once each; also what came too late to change anything.
create table reservation.handling (
    source_id   text        not null,
    order_id    uuid        not null,
    flight_id   text        not null,
    passenger   text        not null,
    type        text        not null,
    volunteered boolean     not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    constraint a_source_tells_once primary key (source_id)
);

create index handling_by_passenger on reservation.handling (order_id, flight_id, passenger);

-- How far a flight's departure has come, by the times at which it happened.
create table reservation.departure (
    flight_id   text        not null,
    closed_at   timestamptz,
    departed_at timestamptz,
    arrived_at  timestamptz,
    is_diverted boolean     not null default false,
    constraint one_departure_per_flight primary key (flight_id)
);

alter table reservation.flight
    drop constraint a_flight_status_is_known,
    add constraint a_flight_status_is_known
        check (status in ('OPEN', 'SALES_CLOSED', 'CLOSED', 'DEPARTED', 'ARRIVED', 'CANCELLED'));

alter table reservation.segment
    drop constraint a_segment_status_is_known,
    add constraint a_segment_status_is_known
        check (status in ('HELD', 'CONFIRMED', 'RELEASED', 'LAPSED', 'UNABLE', 'FLOWN', 'NO_SHOW'));
