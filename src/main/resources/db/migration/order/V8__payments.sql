-- Since when the provider is asked; by what name of its own it knows the payment; where the customer has
-- to act, while he has to; and why nothing is known yet.
alter table orders.payment_instruction
    add column given_at       timestamptz not null default now(),
    add column reference      text,
    add column action_address text,
    add column obstacle       text;

-- What a provider has told: each notice counts once.
create table orders.payment_notice (
    provider    text        not null,
    id          text        not null,
    received_at timestamptz not null,
    constraint each_notice_counts_once primary key (provider, id)
);

create index notice_by_time on orders.payment_notice (received_at);

-- Several items may be about one thing: a refund whose outcome was unknown, and that was refused then.
-- Without one it is about what has its id.
alter table orders.work_item
    add column subject uuid,
    drop constraint a_work_item_kind_is_known,
    add constraint a_work_item_kind_is_known
        check (kind in ('REFUND_REFUSED', 'PAYMENT_UNDECIDED'));

create unique index one_open_work_item_per_subject_and_kind on orders.work_item (subject, kind)
    where resolved_at is null;
