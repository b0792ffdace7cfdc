-- Each instance searches in memory, and follows what changes in the stored copy by number. Numbers
-- are given under a lock that is held to the commit: who has seen one has seen all before it.
create table shopping.change (
    number     bigint generated always as identity,
    flight_ids text[]      not null,
    at         timestamptz not null default clock_timestamp(),
    constraint one_row_per_change primary key (number)
);

-- Which making of the copy this is, and up to which number changes are not kept any more.
create table shopping.index_state (
    generation bigint not null,
    pruned_to  bigint not null
);

insert into shopping.index_state (generation, pruned_to)
values (1, 0);

-- What is sold under one name: how much luggage and which seats go with the classes of a fare.
create table shopping.fare_brand (
    fare_class     text     not null,
    effective_from date     not null,
    code           text     not null,
    name           text     not null,
    bags           smallint not null,
    bag_kilograms  smallint not null,
    seat_choice    text     not null,
    constraint one_brand_per_class primary key (fare_class, effective_from),
    constraint a_seat_choice_is_known check (seat_choice in ('INCLUDED', 'FOR_A_FEE', 'NONE'))
);

insert into shopping.fare_brand (fare_class, effective_from, code, name, bags, bag_kilograms,
                                 seat_choice)
select fare_class, date '2013-01-01', code, name, bags, kilograms, seats
  from (values ('FIRST', 'First', 'FA', 3, 32, 'INCLUDED'),
               ('BUSINESS', 'Business', 'JCD', 2, 32, 'INCLUDED'),
               ('PREMIUM', 'Premium', 'WE', 2, 23, 'INCLUDED'),
               ('FLEX', 'Flex', 'YB', 1, 23, 'INCLUDED'),
               ('STANDARD', 'Standard', 'MH', 1, 23, 'FOR_A_FEE'),
               ('LIGHT', 'Light', 'QKL', 0, 23, 'FOR_A_FEE'))
         as b (code, name, classes, bags, kilograms, seats)
 cross join regexp_split_to_table(b.classes, '') as c (fare_class);

-- Minutes between scheduled arrival and departure that a change of flights takes at an airport;
-- '*' is any other. A flight to another country makes a connection international.
create table shopping.connecting_time (
    airport               text     not null,
    effective_from        date     not null,
    domestic_minutes      smallint not null,
    international_minutes smallint not null,
    constraint one_connecting_time_per_airport primary key (airport, effective_from),
    constraint a_change_of_flights_takes_time
        check (0 < domestic_minutes and domestic_minutes <= international_minutes)
);

insert into shopping.connecting_time (airport, effective_from, domestic_minutes,
                                      international_minutes)
values ('*', '2013-01-01', 45, 90), ('JFK', '2013-01-01', 60, 120),
       ('ATL', '2013-01-01', 55, 90), ('EWR', '2013-01-01', 50, 90);

-- Searches do not come here any more.
drop index shopping.flight_by_day;
drop index shopping.flight_by_time;
