-- Orders on flights that were cancelled and that are still to be dealt with: a flight may have
-- thousands, a transaction takes a hundred. The event that cancelled the flight is their cause.
create table orders.order_to_cancel (
    flight_id      text        not null,
    order_id       uuid        not null,
    correlation_id text        not null,
    causation_id   uuid        not null,
    -- One that fails waits longer each time, and keeps no other from its turn.
    attempts       integer     not null default 0,
    due_at         timestamptz not null default now(),
    error          text,
    constraint one_row_per_flight_and_order_to_cancel primary key (flight_id, order_id)
);

create index order_to_cancel_by_due_time on orders.order_to_cancel (due_at, flight_id, order_id);
