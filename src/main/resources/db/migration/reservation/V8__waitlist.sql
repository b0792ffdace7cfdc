-- What parties wait for: each row an itinerary that will do, whole. Dropped when the party has
-- space, leaves, or it is too late.
create table reservation.waitlist_choice (
    order_id  uuid        not null,
    choice    integer     not null,
    flights   text[]      not null,
    cabins    text[]      not null,
    segments  jsonb       not null,
    seats     integer     not null,
    until     timestamptz not null,
    joined_at timestamptz not null,
    constraint one_row_per_choice primary key (order_id, choice)
);

create index waitlist_by_flight on reservation.waitlist_choice using gin (flights);

alter table reservation.reservation
    drop constraint a_reservation_status_is_known,
    add constraint a_reservation_status_is_known
        check (status in ('WAITLISTED', 'HELD', 'CONFIRMED', 'REFUSED', 'RELEASED', 'LAPSED'));

alter table reservation.segment
    drop constraint a_segment_status_is_known,
    add constraint a_segment_status_is_known
        check (status in ('WAITLISTED', 'HELD', 'CONFIRMED', 'RELEASED', 'LAPSED', 'UNABLE',
                          'FLOWN', 'NO_SHOW'));

create index waitlisted_reservation on reservation.reservation (order_id)
    where status = 'WAITLISTED';
