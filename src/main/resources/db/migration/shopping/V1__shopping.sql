-- What can be flown, right now, and for how much. The flights are a copy that events keep fresh.
create schema if not exists shopping;

create table shopping.flight (
    flight_id      text        not null,
    origin         text        not null,
    destination    text        not null,
    departure_date date        not null,
    departs_at     timestamptz not null,
    arrives_at     timestamptz not null,
    departure_zone text        not null,
    arrival_zone   text        not null,
    miles          integer     not null,
    aircraft       text        not null,
    -- {"Y": {"classes": "YBM", "available": [150, 135, 112]}}
    cabins         jsonb       not null,
    on_sale        boolean     not null,
    constraint one_row_per_flight primary key (flight_id)
) with (fillfactor = 80);

create index flight_by_day on shopping.flight (origin, departure_date, destination);
create index flight_by_time on shopping.flight (origin, destination, departs_at);

create table shopping.earning_rate (
    programme      text    not null,
    effective_from date    not null,
    fare_class     text    not null,
    percent        integer not null,
    constraint one_rate_per_class primary key (programme, effective_from, fare_class)
);

-- Filed fares: one way, one adult, by booking class and distance of the whole bound.
-- A row holds from effective_from until a later row of the same class and band takes over.
create table shopping.fare (
    fare_class           text    not null,
    cabin                text    not null,
    min_miles            integer not null,
    max_miles            integer not null,
    effective_from       date    not null,
    currency             char(3) not null,
    amount_minor         bigint  not null,
    refundable           boolean not null,
    refund_penalty_minor bigint  not null,
    changeable           boolean not null,
    change_penalty_minor bigint  not null,
    constraint one_fare_per_band primary key (fare_class, min_miles, effective_from),
    constraint a_band_is_not_empty check (min_miles <= max_miles),
    constraint a_fare_costs_something check (amount_minor > 0)
);

-- The demo's tariff. Amounts are illustrative.
insert into shopping.fare (fare_class, cabin, min_miles, max_miles, effective_from, currency,
                           amount_minor, refundable, refund_penalty_minor, changeable,
                           change_penalty_minor)
select c.fare_class, c.cabin, b.min_miles, b.max_miles, date '2013-01-01', 'USD',
       b.base_minor * c.percent / 100, c.refundable, c.refund_penalty, c.changeable,
       c.change_penalty
  from (values (1, 300, 18900), (301, 750, 24900), (751, 1500, 32900), (1501, 2500, 44900),
               (2501, 5000, 59900), (5001, 12500, 89900)) as b (min_miles, max_miles, base_minor)
 cross join (values ('F', 'F', 420, true,      0, true,      0),
                    ('A', 'F', 300, true,  15000, true,  10000),
                    ('J', 'J', 380, true,      0, true,      0),
                    ('C', 'J', 320, true,  10000, true,   7500),
                    ('D', 'J', 270, false,     0, true,  15000),
                    ('W', 'W', 180, true,   7500, true,   5000),
                    ('E', 'W', 150, false,     0, true,  10000),
                    ('Y', 'Y', 130, true,      0, true,      0),
                    ('B', 'Y', 110, true,   5000, true,   2500),
                    ('M', 'Y',  85, true,   7500, true,   5000),
                    ('H', 'Y',  70, true,  10000, true,   7500),
                    ('Q', 'Y',  58, false,     0, true,   9900),
                    ('K', 'Y',  48, false,     0, true,  12500),
                    ('L', 'Y',  39, false,     0, false,     0))
         as c (fare_class, cabin, percent, refundable, refund_penalty, changeable, change_penalty);

-- What a child, or an infant on a lap, pays of the adult fare.
create table shopping.passenger_fare (
    passenger_type text    not null,
    percent        integer not null,
    effective_from date    not null,
    constraint one_share_per_type primary key (passenger_type, effective_from)
);

insert into shopping.passenger_fare (passenger_type, percent, effective_from)
values ('ADULT', 100, '2013-01-01'), ('CHILD', 75, '2013-01-01'), ('INFANT', 10, '2013-01-01');

-- Taxes and charges: a share of the fare, or an amount for each flight or each bound that a
-- passenger with a seat takes. Codes as in the United States; amounts are illustrative.
create table shopping.tax (
    code           text    not null,
    basis          text    not null,
    permille       integer not null,
    amount_minor   bigint  not null,
    currency       char(3) not null,
    effective_from date    not null,
    constraint one_tax_per_code primary key (code, effective_from),
    constraint a_tax_basis_is_known check (basis in ('FARE', 'FLIGHT', 'BOUND'))
);

insert into shopping.tax (code, basis, permille, amount_minor, currency, effective_from)
values ('US', 'FARE', 75, 0, 'USD', '2013-01-01'), ('ZP', 'FLIGHT', 0, 530, 'USD', '2013-01-01'),
       ('AY', 'BOUND', 0, 560, 'USD', '2013-01-01'), ('XF', 'FLIGHT', 0, 450, 'USD', '2013-01-01');
