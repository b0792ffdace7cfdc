-- Who waits for space waits until a time of his own.
drop index orders.order_to_expire;

create index order_to_expire on orders.order_index (pay_by)
    where status in ('PLACED', 'WAITLISTED', 'HELD');
