-- An order can hold other flights while it still has those that it would give up for them. The
-- first hold of an order has the order's id; what is booked has it, too.
alter table reservation.segment add column hold_id uuid;

update reservation.segment
   set hold_id = order_id;

alter table reservation.segment
    alter column hold_id set not null,
    drop constraint one_segment_per_flight,
    add constraint one_segment_per_flight_and_hold primary key (order_id, flight_id, hold_id);

-- Holds of changes. They have segments as long as they take space.
create table reservation.change_hold (
    hold_id   uuid        not null,
    order_id  uuid        not null,
    status    text        not null,
    lapses_at timestamptz not null,
    constraint one_row_per_hold primary key (hold_id),
    constraint a_hold_status_is_known
        check (status in ('HELD', 'CONFIRMED', 'REFUSED', 'RELEASED', 'LAPSED'))
);

create index change_hold_by_order on reservation.change_hold (order_id);

create index change_hold_by_lapse on reservation.change_hold (lapses_at) where status = 'HELD';
