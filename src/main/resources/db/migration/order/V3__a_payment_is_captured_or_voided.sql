-- The sandbox did both when it was asked for both at the same time.
delete from orders.sandbox_payment void
 where void.operation = 'VOID'
   and exists (select
                 from orders.sandbox_payment capture
                where capture.payment_id = void.payment_id and capture.operation = 'CAPTURE');

create unique index a_payment_is_captured_or_voided on orders.sandbox_payment (payment_id)
    where operation in ('CAPTURE', 'VOID');
