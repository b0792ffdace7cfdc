/**
 * The frequent flyers and their points. Reads top to bottom: {@code member} (who they are), {@code
 * ledger} (what they have, and why), {@code earning} (what coupons bring, by which rules).
 */
@ApplicationModule(
    displayName = "Loyalty",
    allowedDependencies = {"database", "events", "eventlog", "web", "web :: *"})
@NullMarked
package aero.contrail.loyalty;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
