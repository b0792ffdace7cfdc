/**
 * The frequent flyers and their points. Reads top to bottom: {@code Accruals} (what coupons bring),
 * {@code PointsAccrual} (hears orders, moves points), {@code Ledger} (the journal), then members
 * and the controller.
 */
@ApplicationModule(
    displayName = "Loyalty",
    allowedDependencies = {"database", "events", "eventlog", "web", "web :: *"})
@NullMarked
package aero.contrail.loyalty;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
