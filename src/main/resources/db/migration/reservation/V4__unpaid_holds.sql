-- What a channel holds on a flight without having paid for it is counted, and bounded.
alter table reservation.segment add column unpaid boolean not null default false;

create index unpaid_hold on reservation.segment (flight_id) where unpaid;
