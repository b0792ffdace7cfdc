package aero.contrail.reservation.seating;

/**
 * A seat of an aircraft.
 *
 * @param column its letter
 * @param place where it is from left to right; an aisle is a place, too
 * @param isWindow whether it is at the side of the aircraft
 * @param isAisle whether it is beside an aisle
 * @param isExit whether its row is at an emergency exit
 */
record Seat(
    int row,
    char column,
    String cabin,
    int place,
    boolean isWindow,
    boolean isAisle,
    boolean isExit) {

  /** As printed: 12C. */
  String number() {
    return "" + row + column;
  }
}
