package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.reservation.inventory.Cabin;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jmolecules.ddd.types.AggregateRoot;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A dated leg: where, when and with what it flies, and how far it has come. What it sells is in its
 * {@link Cabin}s, which change far more often and are written for many flights at once.
 *
 * @param localDeparture what the schedule says; the instant follows from the zone
 * @param limitsVersion grows with each change of what it may sell
 * @param version 0 when never stored; the ETag of the flight
 */
@Table(schema = "reservation", name = "flight")
public record Flight(
    @Id FlightId id,
    String origin,
    String destination,
    LocalDate departureDate,
    Instant departsAt,
    Instant arrivesAt,
    String departureZone,
    String arrivalZone,
    LocalDateTime localDeparture,
    LocalDateTime localArrival,
    int miles,
    String aircraft,
    String configuration,
    FlightStatus status,
    long limitsVersion,
    @Version long version)
    implements AggregateRoot<Flight, FlightId> {

  static Flight scheduled(ScheduledFlight wanted) {
    var leg = wanted.leg();
    return new Flight(
        wanted.id(),
        leg.origin(),
        leg.destination(),
        wanted.id().departureDate(),
        leg.departure().toInstant(),
        leg.arrival().toInstant(),
        leg.departure().getZone().getId(),
        leg.arrival().getZone().getId(),
        leg.departure().toLocalDateTime(),
        leg.arrival().toLocalDateTime(),
        leg.miles(),
        wanted.aircraft(),
        wanted.configuration(),
        FlightStatus.OPEN,
        1,
        0);
  }

  @Override
  public FlightId getId() {
    return id;
  }

  public Leg leg() {
    return new Leg(
        origin,
        destination,
        departsAt.atZone(ZoneId.of(departureZone)),
        arrivesAt.atZone(ZoneId.of(arrivalZone)),
        miles);
  }

  /** Whether it flies as somebody was told: from where to where, and when. */
  public boolean flies(Leg told) {
    return told.origin().equals(origin)
        && told.destination().equals(destination)
        && told.departure().toInstant().equals(departsAt)
        && told.arrival().toInstant().equals(arrivesAt);
  }

  /**
   * The flight after it has left.
   *
   * @throws IllegalStateException when it has left or was cancelled before
   */
  public Flight departed() {
    return in(FlightStatus.DEPARTED);
  }

  /**
   * The flight after it was closed.
   *
   * @throws IllegalStateException when it was closed or cancelled before, or has left
   */
  public Flight closed() {
    return beforeClosing(FlightStatus.CLOSED);
  }

  /**
   * The flight after it has come down.
   *
   * @throws IllegalStateException when it has not left, or has come down before
   */
  public Flight arrived() {
    if (status != FlightStatus.DEPARTED) {
      throw new IllegalStateException("Flight %s is %s.".formatted(id, status));
    }
    return with(FlightStatus.ARRIVED, limitsVersion, version);
  }

  /**
   * The flight after it was cancelled.
   *
   * @throws IllegalStateException when it has left or was cancelled before
   */
  public Flight cancelled() {
    return in(FlightStatus.CANCELLED);
  }

  /**
   * The flight that will fly, but sells nothing more.
   *
   * @throws IllegalStateException when it was closed or cancelled before, or has left
   */
  public Flight withSalesClosed() {
    return beforeClosing(FlightStatus.SALES_CLOSED);
  }

  /**
   * The flight that sells.
   *
   * @throws IllegalStateException when it was closed or cancelled before, or has left
   */
  public Flight withSalesOpen() {
    return beforeClosing(FlightStatus.OPEN);
  }

  /** The flight with other times or equipment. */
  Flight rescheduled(ScheduledFlight wanted) {
    var flight = scheduled(wanted);
    var newLimits = wanted.sameEquipment(this) ? limitsVersion : limitsVersion + 1;
    return flight.with(status, newLimits, version);
  }

  private Flight beforeClosing(FlightStatus next) {
    if (status == FlightStatus.CLOSED) {
      throw new IllegalStateException("Flight %s is %s.".formatted(id, status));
    }
    return in(next);
  }

  private Flight in(FlightStatus next) {
    if (!status.isAhead()) {
      throw new IllegalStateException("Flight %s is %s.".formatted(id, status));
    }
    return with(next, limitsVersion, version);
  }

  private Flight with(FlightStatus newStatus, long newLimitsVersion, long newVersion) {
    return new Flight(
        id,
        origin,
        destination,
        departureDate,
        departsAt,
        arrivesAt,
        departureZone,
        arrivalZone,
        localDeparture,
        localArrival,
        miles,
        aircraft,
        configuration,
        newStatus,
        newLimitsVersion,
        newVersion);
  }
}
