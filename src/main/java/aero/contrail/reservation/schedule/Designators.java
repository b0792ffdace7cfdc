package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;

/** The parts of what flights are called, like UA1431 or UA1431A. */
public final class Designators {

  private static final int CARRIER = 2;

  private Designators() {}

  public static String carrier(FlightId flight) {
    return flight.designator().substring(0, CARRIER);
  }

  /** From 1 to 9999. */
  public static int number(FlightId flight) {
    var digits = flight.designator().substring(CARRIER);
    return Integer.parseInt(
        suffix(flight).isEmpty() ? digits : digits.substring(0, digits.length() - 1));
  }

  /** The operational suffix; empty when it has none. */
  public static String suffix(FlightId flight) {
    var designator = flight.designator();
    var last = designator.substring(designator.length() - 1);
    return Character.isLetter(last.charAt(0)) ? last : "";
  }
}
