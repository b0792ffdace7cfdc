-- What each fact of an order moves between accounts, in minor units: debit is positive, credit negative, and
-- the lines of a fact add up to zero. Made of events alone.
create table orders.journal (
    order_id     uuid        not null,
    version      integer     not null,
    account      text        not null,
    amount_minor bigint      not null,
    currency     char(3)     not null,
    fact         text        not null,
    occurred_at  timestamptz not null,
    recorded_at  timestamptz not null,
    constraint one_line_per_fact_and_account primary key (order_id, version, account),
    constraint a_line_moves_something check (amount_minor <> 0)
);

create index journal_by_time on orders.journal (recorded_at, order_id, version, account);
