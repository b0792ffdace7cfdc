-- Orders are made of events in the log. Here is what cannot be an event: an index to find them by,
-- personal data, quotes, and the conversation with the payment provider.
create schema if not exists orders;

create table orders.order_index (
    order_id           uuid        not null,
    channel            text        not null,
    external_reference text,
    status             text        not null,
    locator            text,
    placed_at          timestamptz not null,
    pay_by             timestamptz,
    version            integer     not null,
    constraint one_row_per_order primary key (order_id)
) with (fillfactor = 70);

create index order_by_locator on orders.order_index (locator) where locator is not null;
create index order_by_reference on orders.order_index (external_reference)
    where external_reference is not null;
create index order_to_expire on orders.order_index (pay_by) where status in ('PLACED', 'HELD');

create table orders.order_flight (
    flight_id text not null,
    order_id  uuid not null,
    constraint one_row_per_order_and_flight primary key (flight_id, order_id)
);

create table orders.order_member (
    member_number text not null,
    order_id      uuid not null,
    constraint one_row_per_order_and_member primary key (member_number, order_id)
);

create table orders.ticket (
    number   text not null,
    order_id uuid not null,
    constraint a_ticket_number_is_issued_once primary key (number)
);

-- One value is good for the tickets of one order: nine passengers at most.
create sequence orders.ticket_serial start 2400000001 increment 10;

-- Names and contacts, in one place, so that a person can be erased without touching history.
create table orders.personal_data (
    order_id   uuid  not null,
    passengers jsonb not null,
    contact    jsonb not null,
    constraint one_row_per_orders_people primary key (order_id)
);

create table orders.cancellation (
    id            uuid        not null,
    order_id      uuid        not null,
    order_version integer     not null,
    status        text        not null,
    quote         jsonb       not null,
    expires_at    timestamptz not null,
    quoted_at     timestamptz not null,
    constraint one_row_per_cancellation primary key (id)
);

create index cancellation_by_order on orders.cancellation (order_id);

-- What the provider has to do, until it has said yes or no. An instruction is asked again under the
-- same id after due_at: whoever works on it moves due_at ahead first.
create table orders.payment_instruction (
    id           uuid        not null,
    payment_id   uuid        not null,
    order_id     uuid        not null,
    operation    text        not null,
    amount_minor bigint      not null,
    currency     char(3)     not null,
    token        text,
    status       text        not null,
    attempts     integer     not null default 0,
    due_at       timestamptz not null,
    constraint one_row_per_instruction primary key (id),
    constraint each_operation_once_per_payment unique (payment_id, operation),
    constraint an_operation_is_known check (operation in ('AUTHORISE', 'CAPTURE', 'VOID', 'REFUND')),
    constraint an_instruction_status_is_known check (status in ('OPEN', 'DONE', 'REFUSED'))
);

create index instruction_due on orders.payment_instruction (due_at) where status = 'OPEN';

-- The sandbox's payment provider: what a real one would remember on its side.
create table orders.sandbox_payment (
    instruction_id uuid        not null,
    payment_id     uuid        not null,
    operation      text        not null,
    amount_minor   bigint      not null,
    currency       char(3)     not null,
    first_asked_at timestamptz not null,
    times_asked    integer     not null,
    constraint each_instruction_counts_once primary key (instruction_id)
);
