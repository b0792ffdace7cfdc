/**
 * The published language: everything that one context may know of another. Sealed families of facts
 * ({@link aero.contrail.events.OrderEvent}, {@link aero.contrail.events.ReservationEvent}, {@link
 * aero.contrail.events.LoyaltyEvent}), the identifiers and the few values that they carry, and the
 * content of a signed offer. Facts hold ids and codes only, never names or contacts.
 */
@ApplicationModule(
    displayName = "Events",
    allowedDependencies = {})
@NullMarked
package aero.contrail.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
