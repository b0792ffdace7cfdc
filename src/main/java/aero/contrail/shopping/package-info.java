/**
 * What can be flown, at which price, right now: a read side that events feed, and the fares. Signs
 * offers, which clients carry to the order context themselves. Availability may be a moment old; a
 * stale offer costs a refusal, never an oversell.
 */
@ApplicationModule(
    displayName = "Shopping",
    allowedDependencies = {"events", "eventlog", "web", "web :: *"})
@NullMarked
package aero.contrail.shopping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
