-- Points expire, come back, are given and taken by the staff and go from member to member.

alter table loyalty.account add column active_on date;

update loyalty.account a
   set active_on = (select max(occurred_at at time zone 'UTC')::date
                      from loyalty.entry e
                     where e.member_number = a.member_number and e.kind = 'POSTED');

alter table loyalty.lot
    drop constraint a_source_is_known,
    add constraint a_source_is_known
        check (source in ('COUPON', 'AWARD', 'EXPIRY', 'ADJUSTMENT', 'TRANSFER'));

alter table loyalty.entry
    drop constraint a_kind_of_entry_is_known,
    add constraint a_kind_of_entry_is_known
        check (kind in ('FORECAST', 'POSTED', 'CANCELLED', 'REVERSED', 'HELD', 'RELEASED',
                        'REDEEMED', 'REDEPOSITED', 'EXPIRED', 'REINSTATED', 'ADJUSTED', 'GIVEN',
                        'RECEIVED'));

create index lots_that_expire on loyalty.lot (expires_on, member_number) where available > 0;

alter table loyalty.rule_version
    drop constraint a_kind_of_rule_is_known,
    add constraint a_kind_of_rule_is_known
        check (kind in ('EARNING', 'TIER', 'AWARD_CHART', 'EXPIRY'));

insert into loyalty.rule_version (programme, kind, effective_from, body, filed_by, filed_at)
values ('default', 'EXPIRY', '2013-01-01',
        '{"months": 36, "inactiveMonths": null, "graceDays": 0, "reinstateDays": 90,
          "minimumDays": 30}',
        'system:migration', now());

-- What the staff gives or takes. Large ones wait for a second person.
create table loyalty.adjustment (
    id            uuid        not null,
    member_number text        not null,
    points        bigint      not null,
    reason        text        not null,
    status        text        not null,
    requested_by  text        not null,
    requested_at  timestamptz not null,
    decided_by    text,
    decided_at    timestamptz,
    constraint one_row_per_adjustment primary key (id),
    constraint an_adjustment_moves_something check (points <> 0),
    constraint an_adjustment_is_known check (status in ('PENDING', 'DONE', 'REJECTED')),
    constraint nobody_approves_his_own check (decided_by is distinct from requested_by)
);

create index adjustment_by_member on loyalty.adjustment (member_number, requested_at, id);
