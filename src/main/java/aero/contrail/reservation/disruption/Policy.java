package aero.contrail.reservation.disruption;

import java.time.Duration;

/**
 * What passengers of flights that do not fly may be given instead.
 *
 * @param within how long after the flight that they lost they may leave
 */
record Policy(Cabins cabins, Duration within) {

  /** What is given when nobody says otherwise. */
  static final Policy USUAL = new Policy(Cabins.HIGHER, Duration.ofDays(3));

  /** Where they may sit, seen from the cabin that they booked. */
  enum Cabins {
    SAME,
    /** There or in front of it. */
    HIGHER,
    ANY
  }

  private static final String HIGH_TO_LOW = "FJWY";

  /**
   * How far another cabin is from what was booked: 0 the same, then those in front of it, then
   * those behind; negative: it may not be given.
   */
  int distance(String booked, String offered) {
    var above = HIGH_TO_LOW.indexOf(booked) - HIGH_TO_LOW.indexOf(offered);
    if (above < 0) {
      return cabins == Cabins.ANY ? HIGH_TO_LOW.length() - above : -1;
    }
    return above == 0 || cabins != Cabins.SAME ? above : -1;
  }
}
