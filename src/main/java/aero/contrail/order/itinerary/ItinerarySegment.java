package aero.contrail.order.itinerary;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent.CancellationCause;
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
    CANCELLED,
    /** He missed one before it: there is no space for him, but it is still worth something. */
    FORFEITED;

    /** What becomes of it when it is given up. */
    public static Standing after(CancellationCause cause) {
      return switch (cause) {
        case CUSTOMER -> CANCELLED;
        case FLIGHT_CANCELLED -> UNABLE;
        case NO_SHOW -> FORFEITED;
      };
    }

    /** Whether it is to be flown. */
    public boolean isActive() {
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

  public Instant departure() {
    return segment.leg().departure().toInstant();
  }

  /** Those of some passengers who are on it, in its order. */
  public List<PassengerId> among(Collection<PassengerId> some) {
    return passengers.stream().filter(some::contains).toList();
  }

  public ItinerarySegment with(List<PassengerId> newPassengers, Standing newStanding) {
    return new ItinerarySegment(segment, newPassengers, newStanding);
  }
}
