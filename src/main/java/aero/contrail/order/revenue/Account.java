package aero.contrail.order.revenue;

/** Where money of an order stands. An asset is debited (positive), all else credited (negative). */
enum Account {
  /** What the payment provider has taken, less what it has paid back. */
  CASH,
  /** What points have paid, less what went back to them: the loyalty programme owes it. */
  POINTS,
  /** Paid, and no document for it yet. */
  DEPOSITS,
  /** Fares of coupons that can still be flown: owed to the customer as a flight. */
  UNEARNED_FARES,
  /** Taxes and charges of coupons that can still be flown: the customer's until he flies. */
  TAXES_COLLECTED,
  /** Services that are sold and can still be delivered. */
  UNEARNED_SERVICES,
  /** Services that were delivered: their flights were flown. */
  EARNED_SERVICES,
  /** Fares of coupons that were flown. */
  EARNED_FARES,
  /** Taxes and charges of coupons that were flown: owed to authorities and airports. */
  TAXES_PAYABLE,
  /** What fares and services kept when they were cancelled or changed. */
  FEES,
  /** Fares and services of passengers who did not show up, and get nothing back for it. */
  BREAKAGE,
  /** On its way back to customers, or stuck there. */
  REFUNDS_DUE,
  /** Paid back, but not by the provider. */
  PAID_OTHERWISE,
  /** Owed to customers, and given up by people. */
  WRITTEN_OFF,
  /**
   * Between the facts of one decision, of which one gives back and another takes the documents in;
   * zero after it. What stays here nobody can explain, and somebody has to look into.
   */
  CLEARING
}
