-- An import waits for its turn in the instance that has its file.
alter table reservation.schedule_import
    add column worker bigint not null default 0,
    drop constraint an_import_status_is_known,
    add constraint an_import_status_is_known
        check (status in ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED'));
