-- How far the check of all accounts is, which never ends, and whose do not add up.
create table loyalty.ledger_check (
    checked_to text not null
);

insert into loyalty.ledger_check (checked_to)
values ('');

create table loyalty.ledger_fault (
    member_number text        not null,
    found_at      timestamptz not null,
    constraint one_row_per_member_with_a_fault primary key (member_number)
);
