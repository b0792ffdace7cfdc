-- What a class has for itself: seats that are guaranteed to it, and classes outside of the nest.
-- Most cabins have neither.
alter table reservation.cabin
    add column minimums integer[],
    add column fixed text;

alter table reservation.limit_override
    add column minimums integer[],
    add column fixed text;

-- The booking classes of a cabin, high to low, and what share of what the cabin may sell each has
-- together with those below it; by carrier ('*' is any), for flights from a date on. What is filed
-- stays: a later one takes over.
create table reservation.class_plan (
    id             uuid        not null,
    carrier        text        not null,
    cabin          text        not null,
    effective_from date        not null,
    classes        text        not null,
    percents       integer[]   not null,
    filed_at       timestamptz not null,
    constraint one_row_per_class_plan primary key (id),
    constraint one_class_plan_per_day unique (carrier, cabin, effective_from),
    constraint a_plan_is_of_f_j_w_or_y check (cabin in ('F', 'J', 'W', 'Y')),
    constraint a_percentage_for_each_class check (length(classes) = cardinality(percents))
);

insert into reservation.class_plan (id, carrier, cabin, effective_from, classes, percents, filed_at)
select gen_random_uuid(), '*', cabin, date '1900-01-01', string_agg(fare_class, '' order by rank),
       array_agg(limit_percent::integer order by rank), timestamptz '2013-01-01 00:00Z'
  from reservation.booking_class
 group by cabin;

drop table reservation.booking_class;

-- How many more seats than there are a cabin may sell: of a carrier ('*' is any) and a range of
-- flight numbers, on dates of departure. Of several the one that was filed last counts.
create table reservation.overbooking_rule (
    id           uuid        not null,
    carrier      text        not null,
    first_number integer     not null,
    last_number  integer     not null,
    cabin        text,
    from_date    date        not null,
    to_date      date        not null,
    percent      integer,
    seats        integer,
    filed_at     timestamptz not null,
    constraint one_row_per_overbooking_rule primary key (id),
    constraint numbers_go_up check (first_number <= last_number),
    constraint dates_go_up check (from_date <= to_date),
    constraint a_percentage_or_seats check (num_nonnulls(percent, seats) = 1)
);

-- Flights whose limits are to be planned anew since a rule was filed, and how far that has come.
create table reservation.replanning (
    id        uuid not null,
    carrier   text not null,
    from_date date not null,
    to_date   date not null,
    after_id  text not null default '',
    constraint one_row_per_replanning primary key (id)
);
