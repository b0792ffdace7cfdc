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
import aero.contrail.reservation.passenger.BoughtServices;
import aero.contrail.reservation.passenger.BoughtServices.Given;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.passenger.PassengerStatus;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.reservation.seating.SeatMaps;
import aero.contrail.reservation.seating.Seating;
import aero.contrail.reservation.specialservice.SoldServices;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  private final BoughtServices bought;
  private final EventLog log;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  ServiceAllocation(
      Inventory inventory,
      Flights flights,
      SeatMaps maps,
      FlightPassengers passengers,
      SoldServices specialServices,
      BoughtServices bought,
      EventLog log,
      ApplicationEventPublisher events,
      Clock clock) {
    this.inventory = inventory;
    this.flights = flights;
    this.maps = maps;
    this.passengers = passengers;
    this.specialServices = specialServices;
    this.bought = bought;
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
          takeBack(services(event));
    }
  }

  /** What a sale is given, while its services are looked at one after the other. */
  private record Giving(
      OrderId order, Map<FlightId, Seating> seatings, Map<String, Integer> specials) {

    int others(Ancillary service) {
      return specials.getOrDefault(key(service), 0);
    }

    void give(Ancillary service) {
      specials.merge(key(service), 1, Integer::sum);
    }

    private static String key(Ancillary service) {
      return service.flight() + " " + service.code();
    }
  }

  private ReservationEvent answer(OrderEvent.ServicesOrdered ordered) {
    var now = clock.instant();
    var order = ordered.order();
    var giving = new Giving(order, new LinkedHashMap<>(), new HashMap<>());
    var given = new LinkedHashMap<Ancillary, Given>();
    for (var service : ordered.services()) {
      var before = seat(giving, service);
      var refusal = refusal(service, giving);
      if (refusal.isPresent()) {
        return new ReservationEvent.ServicesRefused(order, ordered.sale(), refusal.get(), now);
      }
      given.put(service, new Given(service.seat(), before, null));
    }
    giving.seatings().values().forEach(this::save);
    given.forEach((service, what) -> keep(order, service, what));
    return new ReservationEvent.ServicesConfirmed(order, ordered.sale(), now);
  }

  private @Nullable String seat(Giving giving, Ancillary service) {
    return seating(giving, service.flight())
        .flatMap(seating -> seating.find(giving.order(), service.passenger()))
        .map(FlightPassenger::seat)
        .orElse(null);
  }

  private Optional<Seating> seating(Giving giving, FlightId id) {
    return flights
        .findById(id)
        .map(flight -> giving.seatings().computeIfAbsent(id, _ -> maps.seating(flight)));
  }

  private void keep(OrderId order, Ancillary service, Given what) {
    if (service.kind() == ServiceKind.SEAT) {
      bought.give(service.id(), order, service.flight(), service.passenger(), what);
    } else if (isSpecial(service)) {
      specialServices
          .confirm(order, service.flight(), service.passenger(), service.code())
          .ifPresent(
              promised ->
                  bought.give(
                      service.id(),
                      order,
                      service.flight(),
                      service.passenger(),
                      new Given(null, null, promised)));
    }
  }

  private static boolean isSpecial(Ancillary service) {
    return service.kind() == ServiceKind.MEAL || service.kind() == ServiceKind.SPECIAL;
  }

  /** Why it cannot be had; a seat that can is given in the seating. */
  private Optional<SpaceRefusal> refusal(Ancillary service, Giving giving) {
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
    return seating(giving, id)
        .flatMap(seating -> seating.find(giving.order(), service.passenger()))
        .filter(passenger -> isExpected(passenger.status()))
        .map(passenger -> refusal(service, passenger, flight, giving))
        .orElseGet(
            () ->
                Optional.of(
                    new SpaceRefusal(id, Kind.OTHER, service.passenger() + " is not on it")));
  }

  private Optional<SpaceRefusal> refusal(
      Ancillary service, FlightPassenger passenger, Flight flight, Giving giving) {
    return switch (service.kind()) {
      case BAG -> Optional.empty();
      case SEAT -> {
        var seat = Objects.requireNonNull(service.seat());
        yield Objects.requireNonNull(giving.seatings().get(flight.id()))
            .choose(passenger, seat)
            .map(why -> new SpaceRefusal(flight.id(), Kind.SEAT, seat + ": " + why));
      }
      case MEAL, SPECIAL -> {
        var obstacle =
            specialServices.obstacle(flight, passenger, service.code(), giving.others(service));
        giving.give(service);
        yield obstacle.map(why -> new SpaceRefusal(flight.id(), Kind.SPECIAL_SERVICE, why));
      }
    };
  }

  private static boolean isExpected(PassengerStatus status) {
    return status == PassengerStatus.HELD || status == PassengerStatus.BOOKED;
  }

  private void save(Seating seating) {
    passengers.save(seating.changed());
    seating.moves(SeatingReason.CHOSEN, clock.instant()).forEach(events::publishEvent);
  }

  /** What was given for them, and nothing else. */
  private void takeBack(List<Ancillary> services) {
    for (var service : services) {
      bought
          .takeBack(service.id())
          .ifPresent(
              taken -> {
                var given = taken.given();
                if (given.specialService() != null) {
                  specialServices.giveUp(given.specialService());
                }
                flights
                    .findById(service.flight())
                    .filter(_ -> given.seat() != null)
                    .ifPresent(flight -> unseat(taken.order(), service, given, flight));
              });
    }
  }

  /** Who sits elsewhere by now, or has checked in, stays there. */
  private void unseat(OrderId order, Ancillary service, Given given, Flight flight) {
    var seating = maps.seating(flight);
    seating
        .find(order, service.passenger())
        .filter(p -> isExpected(p.status()) && Objects.equals(p.seat(), given.seat()))
        .ifPresent(
            passenger -> {
              var before = given.before();
              if (before == null || seating.choose(passenger, before).isPresent()) {
                seating.put(passenger.in((String) null));
              }
              save(seating);
            });
  }
}
