-- The tiers of members, as the programme tells of them: who has a higher one is served first. A
-- party says whose numbers it has: 'P1 ADULT 4000000010,P2 INFANT'.
create table reservation.member_tier (
    member_number text    not null,
    rank          integer not null,
    constraint one_tier_per_member primary key (member_number),
    constraint base_is_no_row check (rank > 0)
);

-- The highest tier in a party; 0 for none.
create function reservation.rank_of(party text) returns integer language sql stable as
$$
select coalesce(max(t.rank), 0)
  from unnest(string_to_array(party, ',')) as p (passenger)
  join reservation.member_tier t on t.member_number = split_part(p.passenger, ' ', 3)
$$;

-- When a case is opened it is settled whose turn is first.
alter table reservation.disruption_case add column rank integer not null default 0;
