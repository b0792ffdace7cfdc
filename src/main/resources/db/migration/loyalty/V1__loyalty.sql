-- Members, what they earn by, and a ledger of every point that ever moved.
create schema if not exists loyalty;

create sequence loyalty.member_serial start 400000006;

create table loyalty.member (
    number      text        not null,
    given_name  text        not null,
    family_name text        not null,
    email       text,
    tier        text        not null default 'BASE',
    enrolled_at timestamptz not null,
    constraint one_row_per_member primary key (number),
    constraint a_tier_is_known check (tier in ('BASE'))
);

-- Percent of the miles by booking class; a row holds until a later one takes over.
create table loyalty.earning_rate (
    programme      text    not null,
    effective_from date    not null,
    fare_class     text    not null,
    percent        integer not null,
    constraint one_rate_per_class primary key (programme, effective_from, fare_class),
    constraint a_rate_is_not_negative check (percent >= 0)
);

insert into loyalty.earning_rate (programme, effective_from, fare_class, percent)
values ('default', '2013-01-01', 'F', 200), ('default', '2013-01-01', 'A', 200),
       ('default', '2013-01-01', 'J', 150), ('default', '2013-01-01', 'C', 150),
       ('default', '2013-01-01', 'D', 150), ('default', '2013-01-01', 'W', 100),
       ('default', '2013-01-01', 'E', 100), ('default', '2013-01-01', 'Y', 100),
       ('default', '2013-01-01', 'B', 100), ('default', '2013-01-01', 'M', 100),
       ('default', '2013-01-01', 'H', 50), ('default', '2013-01-01', 'Q', 50),
       ('default', '2013-01-01', 'K', 25), ('default', '2013-01-01', 'L', 25);

-- Which rates have been told to the others.
create table loyalty.filed_programme (
    programme      text not null,
    effective_from date not null,
    constraint each_programme_is_filed_once primary key (programme, effective_from)
);

-- Points that a coupon brings: the lot. Once for a ticket and flight, for ever.
create table loyalty.accrual (
    lot           uuid    not null,
    ticket        text    not null,
    flight_id     text    not null,
    member_number text    not null,
    order_id      uuid    not null,
    miles         integer not null,
    points        integer not null,
    rule          text    not null,
    status        text    not null,
    constraint one_row_per_lot primary key (lot),
    constraint a_coupon_earns_once unique (ticket, flight_id),
    constraint an_accrual_status_is_known
        check (status in ('PENDING', 'ACTIVE', 'CANCELLED', 'REVERSED')),
    constraint points_are_not_negative check (points >= 0)
);

-- The journal. One row is a balanced entry: points leave one account and enter another, so the sum
-- over all accounts is always zero. Accounts are a member's PENDING and AVAILABLE points, and the
-- programme's own ISSUED, from which all points come and to which those go that were for nothing.
create table loyalty.journal (
    position      bigint      generated always as identity,
    id            uuid        not null,
    member_number text        not null,
    entry         text        not null,
    from_account  text        not null,
    to_account    text        not null,
    points        integer     not null,
    lot           uuid        not null,
    order_id      uuid        not null,
    flight_id     text        not null,
    rule          text        not null,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    constraint one_row_per_entry primary key (member_number, position),
    constraint a_lot_makes_each_move_once unique (lot, entry),
    constraint points_move_somewhere check (from_account <> to_account),
    constraint an_account_is_known
        check (from_account in ('ISSUED', 'PENDING', 'AVAILABLE')
               and to_account in ('ISSUED', 'PENDING', 'AVAILABLE')),
    constraint an_entry_moves_no_debt check (points >= 0)
);
