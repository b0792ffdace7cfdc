package aero.contrail.reservation.ancillary;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.SeatingReason;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.SpaceRefusal.Kind;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.passenger.PassengerStatus;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.reservation.seating.SeatMaps;
import aero.contrail.reservation.seating.Seating;
import aero.contrail.reservation.specialservice.SoldServices;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Answers orders with the seats and special services that they sell, and takes them back. Works
 * under the locks of the flights' cabins, as all do that seat somebody: a seat is never sold twice.
 */
@Component
class ServiceAllocation {

  static final String CONSUMER = "reservation.services";

  private final Inventory inventory;
  private final Flights flights;
  private final SeatMaps maps;
  private final FlightPassengers passengers;
  private final SoldServices specialServices;
  private final EventLog log;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  ServiceAllocation(
      Inventory inventory,
      Flights flights,
      SeatMaps maps,
      FlightPassengers passengers,
      SoldServices specialServices,
      EventLog log,
      ApplicationEventPublisher events,
      Clock clock) {
    this.inventory = inventory;
    this.flights = flights;
    this.maps = maps;
    this.passengers = passengers;
    this.specialServices = specialServices;
    this.log = log;
    this.events = events;
    this.clock = clock;
  }

  @EventHandler(CONSUMER)
  void on(List<Recorded<OrderEvent.OfServices>> batch) {
    var concerned =
        batch.stream()
            .flatMap(cause -> services(cause.event()).stream())
            .map(Ancillary::flight)
            .collect(Collectors.toSet());
    inventory.lock(concerned);
    batch.forEach(cause -> log.because(cause, () -> hear(cause.event())));
  }

  private static List<Ancillary> services(OrderEvent.OfServices event) {
    return switch (event) {
      case OrderEvent.ServicesOrdered ordered -> ordered.services();
      case OrderEvent.ServicesAbandoned abandoned -> abandoned.services();
      case OrderEvent.ServicesGivenUp givenUp -> givenUp.services();
    };
  }

  private void hear(OrderEvent.OfServices event) {
    switch (event) {
      case OrderEvent.ServicesOrdered ordered -> events.publishEvent(answer(ordered));
      case OrderEvent.ServicesAbandoned _, OrderEvent.ServicesGivenUp _ ->
          takeBack(event.order(), services(event));
    }
  }

  private ReservationEvent answer(OrderEvent.ServicesOrdered ordered) {
    var now = clock.instant();
    var order = ordered.order();
    var seatings = new LinkedHashMap<FlightId, Seating>();
    for (var service : ordered.services()) {
      var refusal = refusal(order, service, seatings);
      if (refusal.isPresent()) {
        return new ReservationEvent.ServicesRefused(order, ordered.sale(), refusal.get(), now);
      }
    }
    seatings.values().forEach(this::save);
    ordered.services().stream()
        .filter(ServiceAllocation::isSpecial)
        .forEach(s -> specialServices.confirm(order, s.flight(), s.passenger(), s.code()));
    return new ReservationEvent.ServicesConfirmed(order, ordered.sale(), now);
  }

  private static boolean isSpecial(Ancillary service) {
    return service.kind() == ServiceKind.MEAL || service.kind() == ServiceKind.SPECIAL;
  }

  /** Why it cannot be had; a seat that can is given in the seating. */
  private Optional<SpaceRefusal> refusal(
      OrderId order, Ancillary service, Map<FlightId, Seating> seatings) {
    var id = service.flight();
    var flight = flights.findById(id).orElse(null);
    if (flight == null) {
      return Optional.of(new SpaceRefusal(id, Kind.FLIGHT_UNKNOWN, null));
    }
    if (!flight.status().isAhead()) {
      return Optional.of(
          new SpaceRefusal(
              id, Kind.FLIGHT_NOT_OPEN, flight.status().name().toLowerCase(Locale.ROOT)));
    }
    var seating = seatings.computeIfAbsent(id, _ -> maps.seating(flight));
    return seating
        .find(order, service.passenger())
        .filter(passenger -> isExpected(passenger.status()))
        .map(passenger -> refusal(service, passenger, flight, seating))
        .orElseGet(
            () ->
                Optional.of(
                    new SpaceRefusal(id, Kind.OTHER, service.passenger() + " is not on it")));
  }

  private Optional<SpaceRefusal> refusal(
      Ancillary service, FlightPassenger passenger, Flight flight, Seating seating) {
    return switch (service.kind()) {
      case BAG -> Optional.empty();
      case SEAT -> {
        var seat = Objects.requireNonNull(service.seat());
        yield seating
            .choose(passenger, seat)
            .map(why -> new SpaceRefusal(flight.id(), Kind.SEAT, seat + ": " + why));
      }
      case MEAL, SPECIAL ->
          specialServices
              .obstacle(flight, passenger, service.code())
              .map(why -> new SpaceRefusal(flight.id(), Kind.SPECIAL_SERVICE, why));
    };
  }

  private static boolean isExpected(PassengerStatus status) {
    return status == PassengerStatus.HELD || status == PassengerStatus.BOOKED;
  }

  private void save(Seating seating) {
    passengers.save(seating.changed());
    seating.moves(SeatingReason.CHOSEN, clock.instant()).forEach(events::publishEvent);
  }

  /** Who sits elsewhere by now, or has checked in, stays there. */
  private void takeBack(OrderId order, List<Ancillary> services) {
    for (var service : services) {
      if (service.kind() == ServiceKind.SEAT) {
        flights.findById(service.flight()).ifPresent(flight -> unseat(order, service, flight));
      } else if (isSpecial(service)) {
        specialServices.giveUp(order, service.flight(), service.passenger(), service.code());
      }
    }
  }

  private void unseat(OrderId order, Ancillary service, Flight flight) {
    var seating = maps.seating(flight);
    seating
        .find(order, service.passenger())
        .filter(p -> isExpected(p.status()) && Objects.equals(p.seat(), service.seat()))
        .ifPresent(
            passenger -> {
              seating.put(passenger.in((String) null));
              save(seating);
            });
  }
}
