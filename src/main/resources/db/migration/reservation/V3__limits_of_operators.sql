-- What operators set stays apart from what a schedule plans: an import or another aircraft undoes none.
create table reservation.limit_override (
    flight_id  text      not null,
    cabin      text      not null,
    capacity   integer   not null,
    authorised integer   not null,
    classes    text      not null,
    limits     integer[] not null,
    constraint one_override_per_cabin primary key (flight_id, cabin),
    constraint a_limit_for_each_class check (length(classes) = cardinality(limits))
);

-- Who changes limits says which he has seen: sales between the two are no matter.
alter table reservation.flight add column limits_version bigint not null default 1;
