-- What each instance handles: nobody says that something is not needed while another still does it.
create table eventlog.handled_by (
    instance      bigint      not null,
    consumer      text        not null,
    types         text[]      not null,
    registered_at timestamptz not null,
    constraint an_instance_says_once_what_it_handles primary key (instance, consumer)
);
