package aero.contrail.shopping.tariff;

/**
 * What is sold under one name.
 *
 * @param bags pieces of hold luggage that are included
 * @param bagKilograms what each may weigh
 */
public record Brand(String code, String name, int bags, int bagKilograms, SeatChoice seatChoice) {

  /** Whether a seat may be chosen. */
  public enum SeatChoice {
    INCLUDED,
    FOR_A_FEE,
    NONE
  }

  /** What is sold without a name. */
  static final Brand UNNAMED = new Brand("BASIC", "Basic", 0, 0, SeatChoice.NONE);
}
