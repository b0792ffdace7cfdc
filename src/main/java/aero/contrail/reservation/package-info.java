/**
 * Guards the seats: the schedule, the inventory of each flight, holds and bookings, departure.
 * Reads top to bottom: {@code Cabin} (the arithmetic), {@code Space} (decides for a party), {@code
 * SpaceAllocation} (hears orders, answers with facts), then the stores and the controllers.
 */
@ApplicationModule(
    displayName = "Reservation",
    allowedDependencies = {"database", "events", "eventlog", "web", "web :: *"})
@NullMarked
package aero.contrail.reservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
