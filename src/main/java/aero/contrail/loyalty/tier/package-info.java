/**
 * Who has which tier, and why. Reads top to bottom: {@code TierTable} (what a tier takes), {@code
 * TierRules} (the tier of any day, from what was flown), {@code TierAccounts} (in the course of a
 * batch), {@code Tiers} (the shell), {@code TierReview} (tiers that end).
 */
@NullMarked
package aero.contrail.loyalty.tier;

import org.jspecify.annotations.NullMarked;
