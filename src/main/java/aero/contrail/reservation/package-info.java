/**
 * Guards the seats: the schedule, the inventory of each flight, holds and bookings, departure.
 * Inside: {@code inventory} counts, {@code schedule} says what flies, {@code passenger} knows who
 * travels, {@code booking} decides who has space, {@code seating} who sits where, {@code departure}
 * who flies, {@code operations} changes flights, {@code imports} takes in files. Each depends on
 * those before it.
 */
@ApplicationModule(
    displayName = "Reservation",
    allowedDependencies = {"database", "events", "eventlog", "web", "web :: *"})
@NullMarked
package aero.contrail.reservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
