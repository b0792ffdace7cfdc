package aero.contrail.order.model;

import aero.contrail.events.FlightId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Segment;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** A flight of an order, for some or all of its passengers. */
public record ItinerarySegment(Segment segment, List<PassengerId> passengers, Standing standing) {

  /** What has become of it, as far as it is not as the order is. */
  public enum Standing {
    /** As it was bought. */
    BOOKED,
    /** The airline put it there, or changed its times. */
    CHANGED,
    /** The airline does not fly it, or not for these passengers. */
    UNABLE,
    /** The customer gave it up. */
    CANCELLED;

    /** Whether it is to be flown. */
    boolean isActive() {
      return this == BOOKED || this == CHANGED;
    }
  }

  public ItinerarySegment {
    passengers = List.copyOf(passengers);
  }

  public FlightId flight() {
    return segment.flight();
  }

  public boolean isActive() {
    return standing.isActive();
  }

  Instant departure() {
    return segment.leg().departure().toInstant();
  }

  /** Those of some passengers who are on it, in its order. */
  List<PassengerId> among(Collection<PassengerId> some) {
    return passengers.stream().filter(some::contains).toList();
  }

  ItinerarySegment with(List<PassengerId> newPassengers, Standing newStanding) {
    return new ItinerarySegment(segment, newPassengers, newStanding);
  }
}
