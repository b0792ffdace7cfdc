-- Points pay for flights: what those cost, and which points are kept, or were spent, for orders.

alter table loyalty.lot
    drop constraint a_source_is_known,
    add constraint a_source_is_known check (source in ('COUPON', 'AWARD'));

alter table loyalty.entry
    alter column rule drop not null,
    drop constraint a_kind_of_entry_is_known,
    add constraint a_kind_of_entry_is_known
        check (kind in ('FORECAST', 'POSTED', 'CANCELLED', 'REVERSED', 'HELD', 'RELEASED',
                        'REDEEMED', 'REDEPOSITED'));

-- In the order in which they are spent.
create index lots_to_spend on loyalty.lot (member_number, expires_on, opened_at, id)
    where available > 0;

-- One row a payment by points. Lots and their points stand in the order in which they were taken;
-- what comes back goes to the last first. Whoever changes one has its member's account locked.
create table loyalty.award_hold (
    payment_id    uuid        not null,
    order_id      uuid        not null,
    member_number text        not null,
    channel       text        not null,
    points        integer     not null,
    status        text        not null,
    until         timestamptz not null,
    returned      integer     not null default 0,
    lots          uuid[]      not null,
    lot_points    bigint[]    not null,
    constraint one_row_per_payment_by_points primary key (payment_id),
    constraint an_award_hold_is_known
        check (status in ('REFUSED', 'HELD', 'RELEASED', 'REDEEMED')),
    constraint no_more_comes_back_than_was_spent check (returned between 0 and points)
) with (fillfactor = 80);

create index award_hold_by_order on loyalty.award_hold (order_id);

create index award_hold_that_lapses on loyalty.award_hold (until) where status = 'HELD';

-- Coupons that points paid for earn none.
alter table loyalty.coupon add column award boolean not null default false;

alter table loyalty.rule_version
    drop constraint a_kind_of_rule_is_known,
    add constraint a_kind_of_rule_is_known check (kind in ('EARNING', 'TIER', 'AWARD_CHART'));

insert into loyalty.rule_version (programme, kind, effective_from, body, filed_by, filed_at)
select 'default', 'AWARD_CHART', '2013-01-01',
       jsonb_build_object('bands', jsonb_agg(jsonb_build_object('miles', miles, 'points', points)
                                             order by miles)),
       'system:migration', now()
  from (select b.miles, jsonb_object_agg(c.fare_class, b.points * c.percent / 100) as points
          from (values (650, 7500), (1150, 10000), (2000, 12500), (3000, 15000), (5000, 25000),
                       (12500, 40000)) as b (miles, points)
         cross join (values ('F', 400), ('A', 300), ('J', 300), ('C', 280), ('D', 250), ('W', 180),
                            ('E', 150), ('Y', 200), ('B', 170), ('M', 140), ('H', 120), ('Q', 100),
                            ('K', 100), ('L', 100))
                    as c (fare_class, percent)
         group by b.miles) bands;

-- Whenever other rules of tiers take effect all members are looked at, in the order of their
-- numbers: how far that is.
create table loyalty.tier_version_review (
    effective_from date    not null,
    reviewed_to    text,
    done           boolean not null default false,
    constraint one_row_per_version_of_tiers primary key (effective_from)
);

-- Nothing asks for the movements of a lot.
drop index loyalty.movements_of_a_lot;
