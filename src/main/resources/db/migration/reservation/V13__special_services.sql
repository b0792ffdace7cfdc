-- What passengers need beside their seat. Who is not on the flight any more needs nothing there,
-- whatever stands here.
create table reservation.special_service (
    id           uuid        not null,
    order_id     uuid        not null,
    flight_id    text        not null,
    passenger    text        not null,
    code         text        not null,
    status       text        not null,
    requested_at timestamptz not null,
    constraint one_row_per_special_service primary key (id),
    constraint a_special_service_status_is_known check (status in ('HK', 'UC', 'XX'))
);

create index special_service_by_order on reservation.special_service (order_id);

create index special_service_by_flight on reservation.special_service (flight_id)
    where status = 'HK';

-- How many of a service a flight takes, by carrier ('*' is any), for flights from a date on.
create table reservation.service_limit (
    id             uuid        not null,
    carrier        text        not null,
    code           text        not null,
    effective_from date        not null,
    per_flight     integer     not null,
    filed_at       timestamptz not null,
    constraint one_row_per_service_limit primary key (id),
    constraint one_service_limit_per_day unique (carrier, code, effective_from),
    constraint a_service_limit_is_not_negative check (per_flight >= 0)
);

-- Figures are illustrative: what an aircraft has on board, and what its crew can do.
insert into reservation.service_limit (id, carrier, code, effective_from, per_flight, filed_at)
select gen_random_uuid(), '*', code, date '1900-01-01', per_flight, timestamptz '2013-01-01 00:00Z'
  from (values ('WCHR', 12), ('WCHS', 6), ('WCHC', 2), ('BLND', 4), ('DEAF', 8), ('MAAS', 8),
               ('BSCT', 2)) as l (code, per_flight);
