package aero.contrail.reservation.operations;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.departure.Departure;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.FlightStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A flight as operations see it; times with the offset of the place, the zone beside it.
 *
 * @param closedAt from when on nobody could go aboard
 * @param departedAt when it left, not when it was to
 * @param diverted whether it came down elsewhere than planned
 */
record FlightView(
    FlightId flightId,
    String designator,
    String origin,
    String destination,
    OffsetDateTime departure,
    String departureZone,
    OffsetDateTime arrival,
    String arrivalZone,
    int miles,
    String aircraft,
    String configuration,
    FlightStatus status,
    @Nullable Instant closedAt,
    @Nullable Instant departedAt,
    @Nullable Instant arrivedAt,
    boolean diverted,
    long version) {

  static FlightView of(Flight flight, @Nullable Departure known) {
    var leg = flight.leg();
    return new FlightView(
        flight.id(),
        flight.id().designator(),
        flight.origin(),
        flight.destination(),
        leg.departure().toOffsetDateTime(),
        flight.departureZone(),
        leg.arrival().toOffsetDateTime(),
        flight.arrivalZone(),
        flight.miles(),
        flight.aircraft(),
        flight.configuration(),
        flight.status(),
        known == null ? null : known.closedAt(),
        known == null ? null : known.departedAt(),
        known == null ? null : known.arrivedAt(),
        known != null && known.isDiverted(),
        flight.version());
  }
}
