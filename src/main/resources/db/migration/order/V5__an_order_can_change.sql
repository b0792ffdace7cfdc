-- Money of a payment goes back in parts; each part has a key of its own for the provider.
alter table orders.payment_instruction drop constraint each_operation_once_per_payment;

create unique index each_operation_once_per_payment
    on orders.payment_instruction (payment_id, operation) where operation <> 'REFUND';

-- Until when the customer is asked about what the airline changed.
alter table orders.order_index add column respond_by timestamptz;

create index order_to_lapse on orders.order_index (respond_by) where respond_by is not null;

-- Orders on flights that fly at other times, and that are still to be told: as with those that were
-- cancelled. The news are the leg that it flies now, and how much that matters.
alter table orders.order_to_cancel add column news text;

create table orders.order_to_retime (
    flight_id      text        not null,
    order_id       uuid        not null,
    news           text        not null,
    correlation_id text        not null,
    causation_id   uuid        not null,
    attempts       integer     not null default 0,
    due_at         timestamptz not null default now(),
    error          text,
    constraint one_row_per_flight_and_order_to_retime primary key (flight_id, order_id)
);

create index order_to_retime_by_due_time on orders.order_to_retime (due_at, flight_id, order_id);
