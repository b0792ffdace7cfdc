-- What settling one order writes and locks, statement for statement as the application does it, but
-- for one row at a time: no batches, no cursors, no reading of streams, no HTTP, no validation. Run
-- by pgbench (-f) and, over plain JDBC, by RowByRow. :n is random; the rest is given: :day, :placed,
-- :held, :authorised, :confirmed, :captured, :ticketed, :forecast, :availability (payloads as the
-- application stores them), :people, :answer.
\set n random(1, 4611686018427387903)
\set f random(2000, 2199)
\set m random(1, 200)
begin;
insert into web.idempotency (channel, route, key, request, created_at) values ('web', 'POST /orders', :n::text, sha256('x'), now());
insert into orders.order_index (order_id, channel, external_reference, status, placed_at, pay_by, version) values (md5(:n::text)::uuid, 'web', null, 'PLACED', now(), now() + interval '15 min', 1);
insert into orders.order_flight (flight_id, order_id) values ('UA' || :f::int || '-' || :day::text || '-EWR', md5(:n::text)::uuid);
insert into orders.order_member (member_number, order_id) values ((5000000000 + :m::bigint)::text, md5(:n::text)::uuid);
insert into orders.personal_data (order_id, passengers, contact) values (md5(:n::text)::uuid, :people::jsonb, '{"email": "ada@example.com", "phone": null}');
insert into orders.payment_instruction (id, payment_id, order_id, operation, amount_minor, currency, token, status, due_at) values (gen_random_uuid(), md5('p' || :n::text)::uuid, md5(:n::text)::uuid, 'AUTHORISE', 11979, 'USD', 'tok_ok', 'OPEN', 'infinity');
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'order-' || md5(:n::text), 1, gen_random_uuid(), 'order.OrderPlaced.v4', now(), now(), 'channel-web', 'web', :n::text, null, :placed::json);
update web.idempotency set subject = md5(:n::text), status = 202, headers = '{}', body = convert_to(:answer::text, 'UTF8') where channel = 'web' and route = 'POST /orders' and key = :n::text;
commit;
begin;
select sold, held, limits from reservation.cabin where flight_id = 'UA' || :f::int || '-' || :day::text || '-EWR' for update;
select status from reservation.flight where id = 'UA' || :f::int || '-' || :day::text || '-EWR';
insert into reservation.reservation (order_id, channel, locator, seats, status, lapses_at) values (md5(:n::text)::uuid, 'web', substr(md5('l' || :n::text), 1, 16), 1, 'HELD', now() + interval '30 min');
insert into reservation.segment (order_id, hold_id, flight_id, cabin, fare_class, status) values (md5(:n::text)::uuid, md5(:n::text)::uuid, 'UA' || :f::int || '-' || :day::text || '-EWR', 'Y', 'Y', 'HELD');
update reservation.cabin set held[1] = held[1] + 1 where flight_id = 'UA' || :f::int || '-' || :day::text || '-EWR' and cabin = 'Y';
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'reservation-' || md5(:n::text), 1, gen_random_uuid(), 'reservation.SpaceHeld.v2', now(), now(), 'system-reservation.space', 'web', :n::text, gen_random_uuid(), :held::json);
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'availability-' || md5(:n::text), 1, gen_random_uuid(), 'reservation.AvailabilityChanged.v1', now(), now(), 'system-reservation.space', 'web', :n::text, gen_random_uuid(), :availability::json);
commit;
begin;
select version from orders.order_index where order_id = md5(:n::text)::uuid for update;
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'order-' || md5(:n::text), 2, gen_random_uuid(), 'order.OrderHeld.v1', now(), now(), 'system-order.progress', 'web', :n::text, gen_random_uuid(), :held::json);
update orders.order_index set status = 'HELD', locator = substr(md5('l' || :n::text), 1, 6), version = 2 where order_id = md5(:n::text)::uuid;
update orders.payment_instruction set due_at = now() + interval '20 s' where payment_id = md5('p' || :n::text)::uuid and operation = 'AUTHORISE' and due_at = 'infinity';
commit;
begin;
update orders.payment_instruction set status = 'DONE', attempts = attempts + 1, token = null where payment_id = md5('p' || :n::text)::uuid and operation = 'AUTHORISE' and status = 'OPEN';
select version from orders.order_index where order_id = md5(:n::text)::uuid for update;
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'order-' || md5(:n::text), 3, gen_random_uuid(), 'order.PaymentAuthorized.v1', now(), now(), 'system-payments', 'web', :n::text, gen_random_uuid(), :authorised::json);
update orders.order_index set status = 'CONFIRMING', version = 3 where order_id = md5(:n::text)::uuid;
commit;
begin;
select status from reservation.reservation where order_id = md5(:n::text)::uuid for update;
select sold, held, limits from reservation.cabin where flight_id = 'UA' || :f::int || '-' || :day::text || '-EWR' for update;
update reservation.reservation set status = 'CONFIRMED' where order_id = md5(:n::text)::uuid;
update reservation.segment set status = 'CONFIRMED' where order_id = md5(:n::text)::uuid;
update reservation.cabin set held[1] = held[1] - 1, sold[1] = sold[1] + 1 where flight_id = 'UA' || :f::int || '-' || :day::text || '-EWR' and cabin = 'Y';
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'reservation-' || md5(:n::text), 2, gen_random_uuid(), 'reservation.SpaceConfirmed.v2', now(), now(), 'system-reservation.space', 'web', :n::text, gen_random_uuid(), :confirmed::json);
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'availability-' || md5(:n::text), 2, gen_random_uuid(), 'reservation.AvailabilityChanged.v1', now(), now(), 'system-reservation.space', 'web', :n::text, gen_random_uuid(), :availability::json);
commit;
begin;
select version from orders.order_index where order_id = md5(:n::text)::uuid for update;
insert into orders.payment_instruction (id, payment_id, order_id, operation, amount_minor, currency, token, status, due_at) values (gen_random_uuid(), md5('p' || :n::text)::uuid, md5(:n::text)::uuid, 'CAPTURE', 11979, 'USD', null, 'OPEN', now() + interval '20 s');
commit;
begin;
update orders.payment_instruction set status = 'DONE', attempts = attempts + 1 where payment_id = md5('p' || :n::text)::uuid and operation = 'CAPTURE' and status = 'OPEN';
select version from orders.order_index where order_id = md5(:n::text)::uuid for update;
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'order-' || md5(:n::text), 4, gen_random_uuid(), 'order.PaymentCaptured.v1', now(), now(), 'system-payments', 'web', :n::text, gen_random_uuid(), :captured::json);
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'order-' || md5(:n::text), 5, gen_random_uuid(), 'order.OrderTicketed.v4', now(), now(), 'system-payments', 'web', :n::text, gen_random_uuid(), :ticketed::json);
update orders.order_index set status = 'TICKETED', version = 5 where order_id = md5(:n::text)::uuid;
insert into orders.ticket (number, order_id) values ('016' || nextval('orders.ticket_serial'), md5(:n::text)::uuid);
commit;
begin;
select ticket from loyalty.coupon where ticket = md5(:n::text) and flight_id = 'UA' || :f::int || '-' || :day::text || '-EWR';
select sequence from loyalty.account where member_number = (5000000000 + :m::bigint)::text for update;
insert into loyalty.coupon (ticket, flight_id, order_id, member_number, channel, passenger_type, fare_class, miles, status, tier_points) values (md5(:n::text), 'UA' || :f::int || '-' || :day::text || '-EWR', md5(:n::text)::uuid, (5000000000 + :m::bigint)::text, 'web', 'ADULT', 'M', 719, 'SOLD', 0);
update loyalty.account set sequence = sequence + 1, pending = pending + 719 where member_number = (5000000000 + :m::bigint)::text;
insert into loyalty.lot (id, member_number, source, source_key, rule, opened_at, earned, pending) values (md5('a' || :n::text)::uuid, (5000000000 + :m::bigint)::text, 'COUPON', md5(:n::text) || '/' || 'UA' || :f::int || '-' || :day::text || '-EWR', 'default', now(), 719, 719);
insert into loyalty.entry (member_number, sequence, id, kind, cause, cause_key, channel, order_id, flight_id, lot, rule, points, tier_points, pending_after, available_after, held_after, debt_after, occurred_at, recorded_at) select member_number, sequence, md5('e' || :n::text)::uuid, 'FORECAST', 'COUPON', md5(:n::text) || '/' || 'UA' || :f::int || '-' || :day::text || '-EWR', 'web', md5(:n::text)::uuid, 'UA' || :f::int || '-' || :day::text || '-EWR', md5('a' || :n::text)::uuid, 'default', 719, 0, pending, available, held, debt, now(), now() from loyalty.account where member_number = (5000000000 + :m::bigint)::text;
insert into loyalty.movement (entry, line, unit, lot, from_place, to_place, points) values (md5('e' || :n::text)::uuid, 1, 'AWARD', md5('a' || :n::text)::uuid, 'ISSUED', 'PENDING', 719);
insert into loyalty.member_channel (member_number, channel) values ((5000000000 + :m::bigint)::text, 'web') on conflict do nothing;
insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor, channel, correlation_id, causation_id, data) values (0, 'member-' || md5(:n::text), 1, gen_random_uuid(), 'loyalty.AccrualForecast.v1', now(), now(), 'system-loyalty.accrual', 'web', :n::text, gen_random_uuid(), :forecast::json);
commit;
