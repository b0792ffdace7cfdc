-- Flights of a disruption that fly at other times: local to each end, as in a request. A flight
-- without times is cancelled. What it flew before tells who had a connection that he misses now.
alter table reservation.disruption_flight
    add column departure          text,
    add column arrival            text,
    add column arrival_day_offset integer,
    add column departed_before    timestamptz,
    add column arrived_before     timestamptz,
    drop constraint a_disrupted_flight_status_is_known,
    add constraint a_disrupted_flight_status_is_known
        check (status in ('OPEN', 'CANCELLED', 'RETIMED', 'REFUSED'));

-- Connections are looked at when all flights have their new times.
alter table reservation.disruption
    add column connections_open   boolean     not null default false,
    -- One that fails waits, and holds up no other.
    add column connections_due_at timestamptz not null default now();

create index disruption_with_connections on reservation.disruption (id) where connections_open;

-- Why one party is moved; where it is missing, what the disruption says.
alter table reservation.disruption_case
    add column cause text;
