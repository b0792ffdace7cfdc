-- The ledger in double entry, lots that know where their points are, balances that are kept with
-- every entry, rules that are filed once and never change, and what became of every coupon.

-- One row a member: what he has now, and the number of his last entry. Whoever moves points of a
-- member locks it first.
create table loyalty.account (
    member_number text    not null,
    sequence      bigint  not null default 0,
    pending       bigint  not null default 0,
    available     bigint  not null default 0,
    held          bigint  not null default 0,
    debt          bigint  not null default 0,
    tier_points   bigint  not null default 0,
    constraint one_account_per_member primary key (member_number),
    constraint no_balance_is_negative
        check (pending >= 0 and available >= 0 and held >= 0 and debt >= 0 and tier_points >= 0)
) with (fillfactor = 70);

-- What one cause brought, and where each of its points is.
create table loyalty.lot (
    id            uuid        not null,
    member_number text        not null,
    source        text        not null,
    source_key    text        not null,
    expires_on    date,
    rule          text        not null,
    opened_at     timestamptz not null,
    earned        bigint      not null,
    pending       bigint      not null default 0,
    available     bigint      not null default 0,
    held          bigint      not null default 0,
    redeemed      bigint      not null default 0,
    expired       bigint      not null default 0,
    reversed      bigint      not null default 0,
    transferred   bigint      not null default 0,
    cancelled     bigint      not null default 0,
    recovered     bigint      not null default 0,
    constraint one_row_per_lot_of_points primary key (id),
    constraint a_cause_brings_points_once unique (source, source_key),
    constraint a_source_is_known check (source in ('COUPON')),
    constraint every_point_is_somewhere
        check (earned = pending + available + held + redeemed + expired + reversed + transferred
                        + cancelled + recovered),
    constraint no_lot_is_negative
        check (pending >= 0 and available >= 0 and held >= 0 and redeemed >= 0 and expired >= 0
               and reversed >= 0 and transferred >= 0 and cancelled >= 0 and recovered >= 0)
) with (fillfactor = 80);

create index lots_of_a_member on loyalty.lot (member_number, opened_at, id);

-- Append-only. The figures after an entry stand in it, so that no balance of the past is a sum
-- over a history.
create table loyalty.entry (
    member_number     text        not null,
    sequence          bigint      not null,
    id                uuid        not null,
    kind              text        not null,
    cause             text        not null,
    cause_key         text        not null,
    channel           text,
    order_id          uuid,
    flight_id         text,
    lot               uuid,
    rule              text        not null,
    points            bigint      not null,
    tier_points       bigint      not null,
    pending_after     bigint      not null,
    available_after   bigint      not null,
    held_after        bigint      not null,
    debt_after        bigint      not null,
    occurred_at       timestamptz not null,
    recorded_at       timestamptz not null,
    constraint entries_of_a_member_are_numbered primary key (member_number, sequence),
    constraint one_id_per_entry unique (id),
    constraint a_cause_is_entered_once unique (cause_key, cause, kind),
    constraint a_kind_of_entry_is_known
        check (kind in ('FORECAST', 'POSTED', 'CANCELLED', 'REVERSED'))
);

-- From one place to another: the sum over all places is always zero.
create table loyalty.movement (
    entry      uuid     not null,
    line       smallint not null,
    unit       text     not null,
    lot        uuid,
    from_place text     not null,
    to_place   text     not null,
    points     bigint   not null,
    constraint lines_of_an_entry_are_numbered primary key (entry, line),
    constraint a_unit_is_known check (unit in ('AWARD', 'TIER')),
    constraint points_go_somewhere_else check (from_place <> to_place),
    constraint something_moves check (points > 0)
);

create index movements_of_a_lot on loyalty.movement (lot);

-- What has been sold and flown, whoever it was: what a flight earned is found here, and what a
-- member may claim. The class is null while a coupon was flown of which no document was told yet.
create table loyalty.coupon (
    ticket         text    not null,
    flight_id      text    not null,
    order_id       uuid    not null,
    member_number  text,
    channel        text,
    passenger_type text,
    fare_class     text,
    miles          integer,
    status         text    not null,
    tier_points    bigint  not null default 0,
    constraint one_row_per_coupon primary key (ticket, flight_id),
    constraint a_coupon_is_known check (status in ('SOLD', 'FLOWN', 'GIVEN_UP'))
) with (fillfactor = 80);

create index flown_without_a_document on loyalty.coupon (ticket) where fare_class is null;

-- What counted for a member's tier, by the day of travel: his tier on any day follows from it.
create table loyalty.qualification (
    member_number text    not null,
    day           date    not null,
    points        bigint  not null,
    segments      integer not null,
    constraint one_row_per_member_and_day primary key (member_number, day),
    constraint no_day_counts_less_than_nothing check (points >= 0 and segments >= 0)
) with (fillfactor = 80);

-- The tier that a member was last told of; none is base.
create table loyalty.standing (
    member_number text    not null,
    tier          text    not null,
    rank          integer not null,
    valid_until   date    not null,
    constraint one_standing_per_member primary key (member_number),
    constraint base_is_no_row check (rank > 0)
);

create index standings_that_end on loyalty.standing (valid_until);

create table loyalty.rule_version (
    programme      text        not null,
    kind           text        not null,
    effective_from date        not null,
    body           jsonb       not null,
    filed_by       text        not null,
    filed_at       timestamptz not null,
    announced      boolean     not null default false,
    constraint one_version_from_a_day_on primary key (programme, kind, effective_from),
    constraint a_kind_of_rule_is_known check (kind in ('EARNING', 'TIER'))
);

insert into loyalty.rule_version (programme, kind, effective_from, body, filed_by, filed_at)
select programme, 'EARNING', effective_from,
       jsonb_build_object('rates', jsonb_object_agg(fare_class, percent), 'minimum', 500,
                          'bonuses', jsonb_build_object('BRONZE', 25, 'SILVER', 50, 'GOLD', 75,
                                                        'PLATINUM', 100),
                          'infants', false),
       'system:migration', now()
  from loyalty.earning_rate
 group by programme, effective_from;

insert into loyalty.rule_version (programme, kind, effective_from, body, filed_by, filed_at)
values ('default', 'TIER', '2013-01-01',
        '{"softLanding": true,
          "levels": [{"code": "BRONZE", "points": 25000, "segments": 30},
                     {"code": "SILVER", "points": 50000, "segments": 60},
                     {"code": "GOLD", "points": 75000, "segments": 90},
                     {"code": "PLATINUM", "points": 100000, "segments": 120}]}',
        'system:migration', now());

-- What stood in the first journal goes on.
insert into loyalty.account (member_number, sequence, pending, available, tier_points)
select m.number, coalesce(max(j.sequence), 0),
       coalesce(sum(a.points) filter (where a.status = 'PENDING' and j.entry = 'FORECAST'), 0),
       coalesce(sum(a.points) filter (where a.status = 'ACTIVE' and j.entry = 'FORECAST'), 0),
       coalesce(sum(a.points) filter (where a.status = 'ACTIVE' and j.entry = 'FORECAST'), 0)
  from loyalty.member m
  left join (select *, row_number() over (partition by member_number order by position) as sequence
               from loyalty.journal) j on j.member_number = m.number
  left join loyalty.accrual a on a.lot = j.lot
 group by m.number;

insert into loyalty.coupon (ticket, flight_id, order_id, member_number, fare_class, miles, status,
                            tier_points)
select ticket, flight_id, order_id, member_number, split_part(rule, '/', 3), miles,
       case status when 'PENDING' then 'SOLD' when 'ACTIVE' then 'FLOWN' else 'GIVEN_UP' end,
       case status when 'ACTIVE' then points else 0 end
  from loyalty.accrual;

insert into loyalty.qualification (member_number, day, points, segments)
select member_number, substring(flight_id from '\d{4}-\d{2}-\d{2}')::date, sum(points), count(*)
  from loyalty.accrual
 where status = 'ACTIVE' and points > 0
 group by 1, 2;

insert into loyalty.lot (id, member_number, source, source_key, rule, opened_at, earned, pending,
                         available, reversed, cancelled)
select lot, member_number, 'COUPON', ticket || '/' || flight_id, rule,
       coalesce((select min(recorded_at) from loyalty.journal j where j.lot = a.lot), now()),
       points,
       case status when 'PENDING' then points else 0 end,
       case status when 'ACTIVE' then points else 0 end,
       case status when 'REVERSED' then points else 0 end,
       case status when 'CANCELLED' then points else 0 end
  from loyalty.accrual a;

insert into loyalty.entry (member_number, sequence, id, kind, cause, cause_key, order_id, flight_id,
                           lot, rule, points, tier_points, pending_after, available_after,
                           held_after, debt_after, occurred_at, recorded_at)
select j.member_number, row_number() over w, j.id, j.entry, 'COUPON',
       a.ticket || '/' || a.flight_id, j.order_id, j.flight_id, j.lot, j.rule,
       case when j.to_account = 'ISSUED' then -j.points else j.points end,
       case j.entry when 'POSTED' then j.points when 'REVERSED' then -j.points else 0 end,
       sum(case 'PENDING' when j.to_account then j.points when j.from_account then -j.points
           else 0 end) over w,
       sum(case 'AVAILABLE' when j.to_account then j.points when j.from_account then -j.points
           else 0 end) over w,
       0, 0, j.occurred_at, j.recorded_at
  from loyalty.journal j
  join loyalty.accrual a on a.lot = j.lot
window w as (partition by j.member_number order by j.position);

insert into loyalty.movement (entry, line, unit, lot, from_place, to_place, points)
select id, 1, 'AWARD', lot, from_account,
       case entry when 'CANCELLED' then 'CANCELLED' when 'REVERSED' then 'REVERSED'
            else to_account end,
       points
  from loyalty.journal
 where points > 0
 union all
select id, 2, 'TIER', lot, case entry when 'POSTED' then 'ISSUED' else 'COUNTED' end,
       case entry when 'POSTED' then 'COUNTED' else 'ISSUED' end, points
  from loyalty.journal
 where points > 0 and entry in ('POSTED', 'REVERSED');

-- Numbers are drawn, not counted: nobody finds members by counting.
drop sequence loyalty.member_serial;

drop table loyalty.journal, loyalty.accrual, loyalty.earning_rate, loyalty.filed_programme;

alter table loyalty.member drop column tier;

-- What is written stays, whoever is connected: what was wrong is put right by another entry.
create function loyalty.refuse_change() returns trigger language plpgsql as
$$
begin
    raise insufficient_privilege
        using message = format('loyalty.%s is never changed: write another row', tg_table_name);
end
$$;

create trigger entries_stay
    before update or delete or truncate on loyalty.entry
    for each statement execute function loyalty.refuse_change();

create trigger movements_stay
    before update or delete or truncate on loyalty.movement
    for each statement execute function loyalty.refuse_change();

create trigger rules_stay
    before update of programme, kind, effective_from, body, filed_by, filed_at or delete or truncate
        on loyalty.rule_version
    for each statement execute function loyalty.refuse_change();
