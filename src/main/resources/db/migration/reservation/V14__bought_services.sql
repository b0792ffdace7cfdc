-- Special services that are sold are limited, too. Figures are illustrative.
insert into reservation.service_limit (id, carrier, code, effective_from, per_flight, filed_at)
select gen_random_uuid(), '*', code, date '1900-01-01', per_flight, timestamptz '2013-01-01 00:00Z'
  from (values ('UMNR', 4), ('PETC', 2)) as l (code, per_flight);

-- What orders bought and a flight gave: taken back as a sale gave it, and no more. A seat that was
-- had before comes back; a special service that was there already stays.
create table reservation.bought_service (
    id              uuid not null,
    order_id        uuid not null,
    flight_id       text not null,
    passenger       text not null,
    seat            text,
    seat_before     text,
    special_service uuid,
    constraint one_row_per_bought_service primary key (id)
);

create index bought_service_by_passenger
    on reservation.bought_service (order_id, flight_id, passenger);
