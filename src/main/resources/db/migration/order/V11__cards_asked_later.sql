-- A card that pays what points do not is asked when the points are held.
alter table orders.payment_instruction
    drop constraint an_instruction_status_is_known,
    add constraint an_instruction_status_is_known
        check (status in ('OPEN', 'DONE', 'REFUSED', 'KEPT'));
