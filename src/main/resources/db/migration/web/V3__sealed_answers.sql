-- Kept answers hold names and addresses: they are sealed with a key that is made from the client's own
-- idempotency key, which is not kept. Who was at work on a request says whether it is still answered.
truncate web.idempotency;

alter table web.idempotency
    add column worker bigint;

comment on column web.idempotency.key is 'SHA-256 of channel, route and the client''s key';
comment on column web.idempotency.body is 'AES-256-GCM, to be opened with the client''s key alone';
