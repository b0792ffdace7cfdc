-- What the system cannot finish alone, and what a person did about it. The id is that of its subject.
create table orders.work_item (
    id           uuid        not null,
    kind         text        not null,
    order_id     uuid        not null,
    amount_minor bigint      not null,
    currency     char(3)     not null,
    reason       text        not null,
    since        timestamptz not null,
    action       text,
    resolution   text,
    resolved_by  text,
    resolved_at  timestamptz,
    constraint one_row_per_work_item primary key (id),
    constraint a_work_item_kind_is_known check (kind in ('REFUND_REFUSED')),
    constraint a_work_item_is_resolved_as_a_whole
        check (num_nonnulls(action, resolution, resolved_by, resolved_at) in (0, 4))
);

create index open_work_item on orders.work_item (since, id) where resolved_at is null;

create index work_item_by_order on orders.work_item (order_id);

-- In the sandbox: a card that paid, and cannot be paid to any more.
alter table orders.sandbox_payment add column is_closed boolean not null default false;
