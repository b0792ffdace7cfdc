package aero.contrail.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to flights and to space on them. Written by the reservation context alone. */
public sealed interface ReservationEvent extends DomainEvent {

  /** About a flight; its stream is the flight. */
  sealed interface OfFlight extends ReservationEvent {
    FlightId flight();

    @Override
    default String stream() {
      return "flight-" + flight();
    }
  }

  /** About the space of an order; its stream is the order's reservation. */
  sealed interface OfOrder extends ReservationEvent {
    OrderId order();

    @Override
    default String stream() {
      return "reservation-" + order();
    }

    @Override
    default String subject() {
      return "order-" + order();
    }
  }

  /** A flight is on sale. */
  @EventType("reservation.FlightScheduled.v1")
  record FlightScheduled(
      FlightId flight, Leg leg, String aircraft, List<CabinAvailability> cabins, Instant at)
      implements OfFlight {

    public FlightScheduled {
      cabins = List.copyOf(cabins);
    }
  }

  /** How much a change of times matters to those who booked. */
  enum Severity {
    /** Most will not mind: taken as accepted unless they say otherwise. */
    MINOR,
    /** They are asked. */
    MAJOR
  }

  /**
   * A flight leaves or arrives at another time, or goes elsewhere.
   *
   * @param before how it was to fly; null when that was not recorded
   */
  @EventType("reservation.FlightRetimed.v2")
  record FlightRetimed(
      FlightId flight, @Nullable Leg before, Leg leg, Severity severity, Instant at)
      implements OfFlight {}

  /**
   * A flight is flown by another aircraft.
   *
   * @param before the type of aircraft until now; null when that was not recorded
   * @param gone cabins in which seats were sold and that the new aircraft does not have
   */
  @EventType("reservation.EquipmentChanged.v2")
  record EquipmentChanged(
      FlightId flight,
      @Nullable String before,
      String aircraft,
      List<CabinAvailability> cabins,
      List<String> gone,
      Instant at)
      implements OfFlight {

    public EquipmentChanged {
      cabins = List.copyOf(cabins);
      gone = List.copyOf(gone);
    }
  }

  /** A flight that will fly sells nothing more. */
  @EventType("reservation.SalesClosed.v1")
  record SalesClosed(FlightId flight, Instant at) implements OfFlight {}

  /** A flight sells again what it has left. */
  @EventType("reservation.SalesOpened.v1")
  record SalesOpened(FlightId flight, Instant at) implements OfFlight {}

  /** The seats that each class may still sell are now these; states all cabins named. */
  @EventType("reservation.AvailabilityChanged.v1")
  record AvailabilityChanged(FlightId flight, List<CabinAvailability> cabins, Instant at)
      implements OfFlight {

    public AvailabilityChanged {
      cabins = List.copyOf(cabins);
    }
  }

  /** A flight will not fly. */
  @EventType("reservation.FlightCancelled.v1")
  record FlightCancelled(FlightId flight, Instant at) implements OfFlight {}

  /** A flight has left. */
  @EventType("reservation.FlightDeparted.v1")
  record FlightDeparted(FlightId flight, Instant at) implements OfFlight {}

  /** The whole party has space on all its flights, until the order is paid or expires. */
  @EventType("reservation.SpaceHeld.v1")
  record SpaceHeld(OrderId order, RecordLocator locator, Instant at) implements OfOrder {}

  /** The party cannot have space on all its flights; nothing is held. */
  @EventType("reservation.SpaceRefused.v2")
  record SpaceRefused(OrderId order, SpaceRefusal refusal, Instant at) implements OfOrder {}

  /** The hold has become a booking. */
  @EventType("reservation.SpaceConfirmed.v1")
  record SpaceConfirmed(OrderId order, Instant at) implements OfOrder {}

  /** The hold was gone when it should have become a booking. */
  @EventType("reservation.SpaceConfirmationRefused.v2")
  record SpaceConfirmationRefused(OrderId order, SpaceRefusal refusal, Instant at)
      implements OfOrder {}

  /** The order gave its space back. */
  @EventType("reservation.SpaceReleased.v1")
  record SpaceReleased(OrderId order, Instant at) implements OfOrder {}

  /** A hold that its order forgot was taken back. */
  @EventType("reservation.SpaceHoldLapsed.v1")
  record SpaceHoldLapsed(OrderId order, Instant at) implements OfOrder {}

  /** The booked passengers of an order were on a flight that left. */
  @EventType("reservation.SegmentFlown.v1")
  record SegmentFlown(OrderId order, FlightId flight, Instant at) implements OfOrder {}
}
