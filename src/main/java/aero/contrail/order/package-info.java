/**
 * The customer's one record, and its money. Reads top to bottom: {@code OrderCommand} (what may be
 * asked), {@code OrderDecider} (the rules), {@code OrderState} (what has become of it), {@code
 * Orders} (loads, decides and appends for a batch), then the listeners, the payments and the
 * controllers.
 */
@ApplicationModule(
    displayName = "Order",
    allowedDependencies = {"database", "events", "eventlog", "web", "web :: *"})
@NullMarked
package aero.contrail.order;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
