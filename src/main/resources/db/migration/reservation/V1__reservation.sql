-- Flights, what they may sell, and who has space on them.
create schema if not exists reservation;

create table reservation.airport (
    iata      text             not null,
    name      text             not null,
    latitude  double precision not null,
    longitude double precision not null,
    zone      text             not null,
    constraint one_row_per_airport primary key (iata)
);

-- Cabin layouts: columns as in 'ABC-DEF', the dash being the aisle.
create table reservation.layout (
    configuration text     not null,
    aircraft      text     not null,
    cabin         text     not null,
    first_row     smallint not null,
    last_row      smallint not null,
    columns       text     not null,
    exit_rows     text     not null,
    constraint one_layout_per_rows primary key (configuration, cabin, first_row),
    constraint a_cabin_is_f_j_w_or_y check (cabin in ('F', 'J', 'W', 'Y')),
    constraint rows_go_up check (first_row <= last_row)
);

-- The booking classes of a cabin, high to low, and what share of the cabin each may sell together
-- with all classes below it, when a flight is scheduled.
create table reservation.booking_class (
    cabin         text     not null,
    rank          smallint not null,
    fare_class    text     not null,
    limit_percent smallint not null,
    constraint one_class_per_rank primary key (cabin, rank),
    constraint a_class_is_sold_in_one_cabin unique (fare_class),
    constraint a_limit_is_a_percentage check (limit_percent between 0 and 100)
);

insert into reservation.booking_class (cabin, rank, fare_class, limit_percent)
values ('F', 1, 'F', 100), ('F', 2, 'A', 60),
       ('J', 1, 'J', 100), ('J', 2, 'C', 70), ('J', 3, 'D', 40),
       ('W', 1, 'W', 100), ('W', 2, 'E', 60),
       ('Y', 1, 'Y', 100), ('Y', 2, 'B', 90), ('Y', 3, 'M', 75), ('Y', 4, 'H', 60),
       ('Y', 5, 'Q', 45), ('Y', 6, 'K', 30), ('Y', 7, 'L', 15);

create table reservation.flight (
    id             text        not null,
    origin         text        not null,
    destination    text        not null,
    departure_date date        not null,
    departs_at     timestamptz not null,
    arrives_at     timestamptz not null,
    departure_zone text        not null,
    arrival_zone   text        not null,
    miles          integer     not null,
    aircraft       text        not null,
    configuration  text        not null,
    status         text        not null,
    version        bigint      not null,
    constraint one_row_per_flight primary key (id),
    constraint a_flight_status_is_known
        check (status in ('OPEN', 'CLOSED', 'DEPARTED', 'CANCELLED'))
);

create index flight_by_route on reservation.flight (origin, departure_date, destination);

-- One row a cabin: the counters of its classes stand in arrays, high to low, so that one row lock
-- guards all nested limits. There is no foreign key to the flight: both are written together by
-- imports of hundreds of thousands of flights, and only by this context.
create table reservation.cabin (
    flight_id  text      not null,
    cabin      text      not null,
    capacity   integer   not null,
    authorised integer   not null,
    classes    text      not null,
    limits     integer[] not null,
    sold       integer[] not null,
    held       integer[] not null,
    constraint one_row_per_cabin primary key (flight_id, cabin),
    constraint nothing_is_counted_below_zero check (0 <= all (sold) and 0 <= all (held))
) with (fillfactor = 80);

create table reservation.reservation (
    order_id  uuid        not null,
    channel   text        not null,
    locator   text,
    seats     integer     not null,
    status    text        not null,
    lapses_at timestamptz not null,
    constraint one_reservation_per_order primary key (order_id),
    constraint a_locator_names_one_reservation unique (locator),
    constraint a_reservation_status_is_known
        check (status in ('HELD', 'CONFIRMED', 'REFUSED', 'RELEASED', 'LAPSED'))
);

create index hold_by_lapse on reservation.reservation (lapses_at) where status = 'HELD';

create table reservation.segment (
    order_id   uuid not null,
    flight_id  text not null,
    cabin      text not null,
    fare_class text not null,
    status     text not null,
    constraint one_segment_per_flight primary key (order_id, flight_id),
    constraint a_segment_status_is_known
        check (status in ('HELD', 'CONFIRMED', 'RELEASED', 'LAPSED', 'UNABLE', 'FLOWN'))
);

create index segment_by_flight on reservation.segment (flight_id);

create table reservation.schedule_import (
    id             uuid        not null,
    status         text        not null,
    rows_read      bigint      not null default 0,
    created        bigint      not null default 0,
    changed        bigint      not null default 0,
    unchanged      bigint      not null default 0,
    rejected_count bigint      not null default 0,
    rejected       jsonb       not null default '[]',
    warnings       jsonb       not null default '[]',
    started_at     timestamptz not null,
    updated_at     timestamptz not null,
    constraint one_row_per_import primary key (id),
    constraint an_import_status_is_known check (status in ('RUNNING', 'COMPLETED', 'FAILED'))
);
