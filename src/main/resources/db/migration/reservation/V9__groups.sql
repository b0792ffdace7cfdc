-- Blocks of seats for groups whose names come later: held in the counters of the cabins like any
-- hold, until an order of the group draws them, somebody gives them back, or it is too late.
create table reservation.group_block (
    id         uuid        not null,
    channel    text,
    release_at timestamptz not null,
    created_at timestamptz not null,
    constraint one_row_per_group primary key (id)
);

create table reservation.group_seats (
    group_id   uuid    not null,
    flight_id  text    not null,
    cabin      text    not null,
    fare_class text    not null,
    blocked    integer not null,
    seats      integer not null,
    constraint one_row_per_group_and_flight primary key (group_id, flight_id),
    constraint a_group_gives_what_it_has check (seats between 0 and blocked)
);

create index group_seats_by_flight on reservation.group_seats (flight_id) where seats > 0;
