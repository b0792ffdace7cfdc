-- Who a member is can be erased; the number, its points and their history stay.
alter table loyalty.member
    alter column given_name drop not null,
    alter column family_name drop not null,
    add column erased_at timestamptz;

-- Flights that members missed in their accounts, and what was decided.
create table loyalty.claim (
    id            uuid        not null,
    member_number text        not null,
    ticket        text        not null,
    flight_id     text        not null,
    refusal       text,
    points        integer     not null,
    decided_at    timestamptz not null,
    constraint one_row_per_claim primary key (id)
);

create index claim_by_member on loyalty.claim (member_number, decided_at);

-- Who has but sold to a member sees him; who enrolled him moves his points, too. Of those that are
-- there nobody knows which did.
alter table loyalty.member_channel add column enrolled boolean not null default false;

update loyalty.member_channel
   set enrolled = true;
