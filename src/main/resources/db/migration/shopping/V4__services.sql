-- What is sold or given beside the flight: luggage, seats, meals, special services (IATA codes). A
-- price is for one on one flight. A later row of a code takes over from its day on.
create table shopping.service (
    code            text     not null,
    effective_from  date     not null,
    kind            text     not null,
    name            text     not null,
    amount_minor    bigint   not null,
    currency        char(3)  not null,
    max_quantity    smallint not null,
    passenger_types text     not null,
    cabins          text     not null,
    constraint one_row_per_service primary key (code, effective_from),
    constraint a_service_kind_is_known check (kind in ('BAG', 'SEAT', 'MEAL', 'SPECIAL')),
    constraint a_service_costs_nothing_or_more check (amount_minor >= 0 and max_quantity > 0)
);

-- Amounts are illustrative.
insert into shopping.service (code, effective_from, kind, name, amount_minor, currency,
                              max_quantity, passenger_types, cabins)
values ('XBAG', '2013-01-01', 'BAG', 'One more bag of 23 kg', 3500, 'USD', 3, 'ADULT,CHILD', 'FJWY'),
       ('SPEQ', '2013-01-01', 'BAG', 'Sports equipment', 7500, 'USD', 1, 'ADULT,CHILD', 'FJWY'),
       ('SEAT', '2013-01-01', 'SEAT', 'A seat of your choice', 1200, 'USD', 1, 'ADULT,CHILD', 'FJWY'),
       ('LEGR', '2013-01-01', 'SEAT', 'A seat with more legroom', 3900, 'USD', 1, 'ADULT', 'Y'),
       ('VGML', '2013-01-01', 'MEAL', 'Vegetarian meal', 0, 'USD', 1, 'ADULT,CHILD', 'FJWY'),
       ('KSML', '2013-01-01', 'MEAL', 'Kosher meal', 0, 'USD', 1, 'ADULT,CHILD', 'FJWY'),
       ('MOML', '2013-01-01', 'MEAL', 'Muslim meal', 0, 'USD', 1, 'ADULT,CHILD', 'FJWY'),
       ('WCHR', '2013-01-01', 'SPECIAL', 'Wheelchair to the gate', 0, 'USD', 1, 'ADULT,CHILD', 'FJWY'),
       ('UMNR', '2013-01-01', 'SPECIAL', 'Unaccompanied minor', 10000, 'USD', 1, 'CHILD', 'FJWY'),
       ('PETC', '2013-01-01', 'SPECIAL', 'Pet in the cabin', 9500, 'USD', 1, 'ADULT', 'WY');
