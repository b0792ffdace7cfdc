package aero.contrail.loyalty.ledger;

/**
 * What a member has.
 *
 * @param debt award points that he spent before they were taken back
 * @param tierPoints that ever counted for his tier
 */
public record Balance(long pending, long available, long held, long debt, long tierPoints) {

  public static final Balance NOTHING = new Balance(0, 0, 0, 0, 0);

  Balance with(Movement m) {
    return switch (m.unit()) {
      case AWARD ->
          new Balance(
              Math.addExact(pending, m.change(Place.PENDING)),
              Math.addExact(available, m.change(Place.AVAILABLE)),
              Math.addExact(held, m.change(Place.HELD)),
              Math.subtractExact(debt, m.change(Place.OWED)),
              tierPoints);
      case TIER ->
          new Balance(
              pending, available, held, debt, Math.addExact(tierPoints, m.change(Place.COUNTED)));
    };
  }
}
