/**
 * Guards the seats: the schedule, the inventory of each flight, holds and bookings, departure.
 * Inside: {@code inventory} counts, {@code schedule} says what flies, {@code booking} decides who
 * has space, {@code operations} changes flights, {@code imports} takes in files. Each depends on
 * those before it, {@code imports} on the schedule alone.
 */
@ApplicationModule(
    displayName = "Reservation",
    allowedDependencies = {"database", "events", "eventlog", "web", "web :: *"})
@NullMarked
package aero.contrail.reservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
