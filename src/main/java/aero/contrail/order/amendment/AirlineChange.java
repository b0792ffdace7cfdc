package aero.contrail.order.amendment;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.AirlineChangeOpened;
import aero.contrail.events.PassengerId;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.Segment;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What the airline changed of a trip, and what the customer said to it. */
public record AirlineChange(
    UUID id,
    AirlineChangeKind kind,
    Severity severity,
    List<PassengerId> passengers,
    List<FlightId> removed,
    List<Segment> added,
    Instant respondBy,
    Status status) {

  /** How it stands. */
  public enum Status {
    /** The customer is asked. */
    OPEN,
    ACCEPTED,
    DECLINED,
    /** Nobody answered in time. */
    LAPSED,
    /** What was offered has changed since, too. */
    SUPERSEDED
  }

  public AirlineChange {
    passengers = List.copyOf(passengers);
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }

  public static AirlineChange of(AirlineChangeOpened opened) {
    return new AirlineChange(
        opened.change(),
        opened.kind(),
        opened.severity(),
        opened.passengers(),
        opened.removed(),
        opened.added(),
        opened.respondBy(),
        Status.OPEN);
  }

  /** The same without passengers who are not asked any more; the last one ends it. */
  public AirlineChange without(Collection<PassengerId> gone) {
    var rest = passengers.stream().filter(passenger -> !gone.contains(passenger)).toList();
    return new AirlineChange(
        id,
        kind,
        severity,
        rest.isEmpty() ? passengers : rest,
        removed,
        added,
        respondBy,
        rest.isEmpty() ? Status.SUPERSEDED : status);
  }

  public boolean isOpen() {
    return status == Status.OPEN;
  }

  /** Whether the customer may have his money instead. */
  public boolean canBeDeclined() {
    return isOpen() && severity == Severity.MAJOR;
  }

  /** Whether passengers are not on a flight any more, in whatever cabin and at whatever time. */
  public boolean isGone(FlightId flight) {
    return removed.contains(flight) && added.stream().noneMatch(s -> s.flight().equals(flight));
  }

  /** The same after the customer's answer. */
  public AirlineChange answered(boolean accepted) {
    return in(accepted ? Status.ACCEPTED : Status.DECLINED);
  }

  public AirlineChange in(Status next) {
    return new AirlineChange(id, kind, severity, passengers, removed, added, respondBy, next);
  }
}
