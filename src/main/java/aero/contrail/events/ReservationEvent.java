package aero.contrail.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jmolecules.ddd.types.Identifier;
import org.joda.money.Money;
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

  /**
   * Identifies space that is held together, and confirmed or given back together. The first hold of
   * an order has the order's id; others are of its changes and have theirs.
   */
  record HoldId(@JsonValue UUID value) implements Identifier {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HoldId {}

    /** The hold that an order begins with. */
    public static HoldId of(OrderId order) {
      return new HoldId(order.value());
    }

    public boolean isOf(OrderId order) {
      return value.equals(order.value());
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** The whole party has space on all flights of a hold, until it is paid for or expires. */
  @EventType("reservation.SpaceHeld.v2")
  record SpaceHeld(OrderId order, HoldId hold, RecordLocator locator, Instant at)
      implements OfOrder {}

  /** The party cannot have space on all flights of a hold; nothing is held. */
  @EventType("reservation.SpaceRefused.v3")
  record SpaceRefused(OrderId order, HoldId hold, SpaceRefusal refusal, Instant at)
      implements OfOrder {}

  /** There is no space for the party now; it waits. */
  @EventType("reservation.WaitlistJoined.v1")
  record WaitlistJoined(OrderId order, SpaceRefusal refusal, Instant until, Instant at)
      implements OfOrder {}

  /**
   * Space is held for one of the choices of a party, until {@code payBy} and only this once.
   *
   * @param choice its number; 0 is what was ordered first
   */
  @EventType("reservation.WaitlistCleared.v1")
  record WaitlistCleared(
      OrderId order, int choice, RecordLocator locator, Instant payBy, Instant at)
      implements OfOrder {}

  /** There is nothing left that the party could wait for. */
  @EventType("reservation.WaitlistLapsed.v1")
  record WaitlistLapsed(OrderId order, Instant at) implements OfOrder {}

  /** A hold has become a booking; one of a change has taken the place of what it replaces. */
  @EventType("reservation.SpaceConfirmed.v2")
  record SpaceConfirmed(OrderId order, HoldId hold, Instant at) implements OfOrder {}

  /** The hold was gone when it should have become a booking. */
  @EventType("reservation.SpaceConfirmationRefused.v3")
  record SpaceConfirmationRefused(OrderId order, HoldId hold, SpaceRefusal refusal, Instant at)
      implements OfOrder {}

  /** The order gave space back: a hold, or all that was booked. */
  @EventType("reservation.SpaceReleased.v2")
  record SpaceReleased(OrderId order, HoldId hold, Instant at) implements OfOrder {}

  /** Some of the party, or some of its flights, need no space any more. */
  @EventType("reservation.SpaceReduced.v1")
  record SpaceReduced(OrderId order, List<OrderEvent.Part> parts, Instant at) implements OfOrder {

    public SpaceReduced {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Passengers who were part of another order have a reservation of their own.
   *
   * @param from the order that they were part of
   */
  @EventType("reservation.ReservationSplit.v1")
  record ReservationSplit(
      OrderId order, OrderId from, List<PassengerId> passengers, RecordLocator locator, Instant at)
      implements OfOrder {

    public ReservationSplit {
      passengers = List.copyOf(passengers);
    }
  }

  /** Why passengers cannot fly what they booked. */
  enum ReprotectionCause {
    FLIGHT_CANCELLED,
    /** One of two flights has other times: the second is not reached any more. */
    CONNECTION_MISSED,
    /** The aircraft that flies instead does not have the cabin. */
    CABIN_GONE
  }

  /**
   * Passengers who cannot fly what they booked have space on other flights instead.
   *
   * @param change by which it can be named
   * @param removed flights that they are not on any more
   */
  @EventType("reservation.PassengerReprotected.v1")
  record PassengerReprotected(
      OrderId order,
      UUID change,
      ReprotectionCause cause,
      List<PassengerId> passengers,
      List<FlightId> removed,
      List<Segment> added,
      Instant at)
      implements OfOrder {

    public PassengerReprotected {
      passengers = List.copyOf(passengers);
      removed = List.copyOf(removed);
      added = List.copyOf(added);
    }
  }

  /** There is no space on other flights for passengers who cannot fly what they booked. */
  @EventType("reservation.ReprotectionUnavailable.v1")
  record ReprotectionUnavailable(
      OrderId order,
      UUID change,
      ReprotectionCause cause,
      List<PassengerId> passengers,
      List<FlightId> removed,
      Instant at)
      implements OfOrder {

    public ReprotectionUnavailable {
      passengers = List.copyOf(passengers);
      removed = List.copyOf(removed);
    }
  }

  /** A flight of a hold is cancelled: what is held for a change is worth nothing. */
  @EventType("reservation.SpaceHoldLost.v1")
  record SpaceHoldLost(OrderId order, HoldId hold, SpaceRefusal refusal, Instant at)
      implements OfOrder {}

  /** The passengers have the seats that were ordered, and the flights keep the rest for them. */
  @EventType("reservation.ServicesConfirmed.v1")
  record ServicesConfirmed(OrderId order, UUID sale, Instant at) implements OfOrder {}

  /** One of the services cannot be had; none of them is kept. */
  @EventType("reservation.ServicesRefused.v1")
  record ServicesRefused(OrderId order, UUID sale, SpaceRefusal refusal, Instant at)
      implements OfOrder {}

  /** A hold that its order forgot was taken back. */
  @EventType("reservation.SpaceHoldLapsed.v2")
  record SpaceHoldLapsed(OrderId order, HoldId hold, Instant at) implements OfOrder {}

  /**
   * Passengers of an order were on a flight that left.
   *
   * @param passengers who was; null when that was not recorded: then all that were booked
   */
  @EventType("reservation.SegmentFlown.v2")
  record SegmentFlown(
      OrderId order, FlightId flight, @Nullable List<PassengerId> passengers, Instant at)
      implements OfOrder {

    public SegmentFlown {
      passengers = passengers == null ? null : List.copyOf(passengers);
    }
  }

  /** What departure control says of one passenger on one flight. */
  sealed interface OfPassenger extends OfOrder {
    FlightId flight();

    PassengerId passenger();
  }

  /**
   * A passenger checked in.
   *
   * @param seat null when none was left, and for who travels on a lap
   * @param sequence his place in the order of check-in, from 1
   */
  @EventType("reservation.PassengerCheckedIn.v1")
  record PassengerCheckedIn(
      OrderId order,
      FlightId flight,
      PassengerId passenger,
      @Nullable String seat,
      int sequence,
      Instant at)
      implements OfPassenger {}

  /** A passenger went aboard. */
  @EventType("reservation.PassengerBoarded.v1")
  record PassengerBoarded(OrderId order, FlightId flight, PassengerId passenger, Instant at)
      implements OfPassenger {}

  /** A passenger who had checked in was taken off the flight. */
  @EventType("reservation.PassengerOffloaded.v1")
  record PassengerOffloaded(OrderId order, FlightId flight, PassengerId passenger, Instant at)
      implements OfPassenger {}

  /**
   * A passenger who was there could not be taken along.
   *
   * @param volunteered whether he offered to stay behind
   * @param compensation what he is owed for it; null for volunteers, who agree on something else
   */
  @EventType("reservation.PassengerDeniedBoarding.v1")
  record PassengerDeniedBoarding(
      OrderId order,
      FlightId flight,
      PassengerId passenger,
      boolean volunteered,
      @Nullable Money compensation,
      Instant at)
      implements OfPassenger {}

  /** A passenger was not aboard when the flight was closed. */
  @EventType("reservation.PassengerNoShow.v1")
  record PassengerNoShow(OrderId order, FlightId flight, PassengerId passenger, Instant at)
      implements OfPassenger {}

  /** Why a passenger has another seat than before. */
  enum SeatingReason {
    /** Somebody chose it. */
    CHOSEN,
    /** His party checked in. */
    CHECK_IN,
    /** The aircraft has no such seat any more, or he may not sit there. */
    EQUIPMENT
  }

  /**
   * A passenger has another seat than before.
   *
   * @param before null when he had none
   * @param seat null when he has none now
   */
  @EventType("reservation.SeatAssigned.v1")
  record SeatAssigned(
      OrderId order,
      FlightId flight,
      PassengerId passenger,
      @Nullable String before,
      @Nullable String seat,
      SeatingReason reason,
      Instant at)
      implements OfPassenger {}
}
