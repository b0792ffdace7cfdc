package aero.contrail.reservation.specialservice;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.specialservice.ServiceRequest.Status;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Special services that were bought: they count against the same limits as what is asked for free.
 * To be used under the locks of the flights' cabins. A code of the seller's own has no limit here.
 */
@Component
public class SoldServices {

  private final SpecialServices services;
  private final Clock clock;

  SoldServices(SpecialServices services, Clock clock) {
    this.services = services;
    this.clock = clock;
  }

  /**
   * Why a passenger cannot have it; empty when he can, or has it.
   *
   * @param others how many others are to get the same on the flight beside what is stored
   */
  public Optional<String> obstacle(
      Flight flight, FlightPassenger passenger, String name, int others) {
    return ServiceCode.find(name)
        .flatMap(
            code -> {
              if (!code.isFor(passenger.type())) {
                return Optional.of("%s: not for %s".formatted(code, passenger.type()));
              }
              var until = flight.departsAt().minus(code.askedBefore());
              if (!clock.instant().isBefore(until)) {
                return Optional.of("%s: ordered until %s".formatted(code, until));
              }
              var aboard = services.aboard(flight.id());
              var has = aboard.stream().anyMatch(is(passenger.order(), passenger.id(), code));
              return has || services.hasRoom(flight.id(), code, aboard, others)
                  ? Optional.empty()
                  : Optional.of("%s: no more".formatted(code));
            });
  }

  private static Predicate<ServiceRequest> is(
      OrderId order, PassengerId passenger, ServiceCode code) {
    return service ->
        service.order().equals(order)
            && service.passenger().equals(passenger)
            && service.code() == code;
  }

  /** Promises it; empty when it is promised already, or has no limit. */
  public Optional<UUID> confirm(
      OrderId order, FlightId flight, PassengerId passenger, String name) {
    return ServiceCode.find(name)
        .filter(code -> services.aboard(flight).stream().noneMatch(is(order, passenger, code)))
        .map(
            code -> {
              var id = UUID.randomUUID();
              services.insert(new ServiceRequest(id, order, flight, passenger, code, Status.HK));
              return id;
            });
  }

  /** Takes it back. */
  public void giveUp(UUID service) {
    services.giveUp(service);
  }
}
