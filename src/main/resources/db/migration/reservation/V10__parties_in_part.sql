-- Who is on a segment, where it is not the whole party of the reservation any more.
alter table reservation.segment
    add column party text,
    add column seats integer,
    add constraint a_party_and_its_seats check (num_nonnulls(party, seats) <> 1);
