package aero.contrail.loyalty.programme;

/** What rules are about. */
public enum RuleKind {
  /** What coupons earn. */
  EARNING,
  /** What a tier takes. */
  TIER,
  /** What flights cost in points. */
  AWARD_CHART,
  /** When points expire. */
  EXPIRY
}
