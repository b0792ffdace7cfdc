-- Special services that are sold are limited, too. Figures are illustrative.
insert into reservation.service_limit (id, carrier, code, effective_from, per_flight, filed_at)
select gen_random_uuid(), '*', code, date '1900-01-01', per_flight, timestamptz '2013-01-01 00:00Z'
  from (values ('UMNR', 4), ('PETC', 2)) as l (code, per_flight);
