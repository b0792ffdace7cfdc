package aero.contrail.events;

/** Who travels, as fares see it. An infant travels on a lap and takes no seat. */
public enum PassengerType {
  ADULT,
  CHILD,
  INFANT;

  public boolean takesSeat() {
    return this != INFANT;
  }
}
