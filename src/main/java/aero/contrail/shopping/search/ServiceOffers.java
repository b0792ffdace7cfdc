package aero.contrail.shopping.search;

import aero.contrail.events.EventJson;
import aero.contrail.events.FlightId;
import aero.contrail.events.Offer;
import aero.contrail.shopping.index.IndexFollower;
import aero.contrail.shopping.index.SellableFlight;
import aero.contrail.shopping.tariff.Ancillary;
import aero.contrail.shopping.tariff.Tariff;
import aero.contrail.shopping.tariff.Tariffs;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.SignedTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Offers what can be had beside the flights: priced and signed. Writes nothing. Thread-safe. */
@Component
class ServiceOffers {

  private final IndexFollower index;
  private final Tariffs tariffs;
  private final SignedTokens tokens;
  private final Clock clock;
  private final Duration lifetime;

  ServiceOffers(
      IndexFollower index,
      Tariffs tariffs,
      SignedTokens tokens,
      Clock clock,
      @Value("${contrail.shopping.offer-lifetime:PT15M}") Duration lifetime) {
    this.index = index;
    this.tariffs = tariffs;
    this.tokens = tokens;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /** A flight in a booking class. */
  record Flown(FlightId flight, String fareClass) {}

  /** An offer of a service with its token. */
  record Signed(String token, Offer.Ancillary offer) {}

  /**
   * All that goes with flights, in their order.
   *
   * @param channel the only one that can buy them
   * @throws Problem when a flight is not on sale, or has no such class
   */
  List<Signed> of(List<Flown> flights, String channel) {
    var now = clock.instant();
    var tariff = tariffs.inForce(now);
    var services = tariffs.services(now);
    return flights.stream()
        .flatMap(flown -> of(flown, services, tariff, now))
        .map(offer -> sign(offer, channel))
        .toList();
  }

  private Stream<Offer.Ancillary> of(
      Flown flown, List<Ancillary> services, Tariff tariff, Instant now) {
    var flight = flight(flown);
    var cabin = cabin(flight, flown);
    var brand = tariff.brand(flown.fareClass());
    var offered =
        services.stream()
            .filter(service -> service.goesWith(brand, cabin) && service.isOn(flight.aircraft()))
            .toList();
    return offered.stream()
        .map(
            service ->
                new Offer.Ancillary(
                    service.kind(),
                    service.code(),
                    service.name(),
                    flown.flight(),
                    flown.fareClass(),
                    service.passengerTypes(),
                    service.price(brand),
                    service.maxQuantity(),
                    service.rows().get(flight.aircraft()),
                    otherRows(service, offered, flight.aircraft()),
                    service.refundable(),
                    now.plus(lifetime)));
  }

  /** The rows that other seats name. */
  private static List<Integer> otherRows(
      Ancillary service, List<Ancillary> offered, String aircraft) {
    return service.kind() != Offer.ServiceKind.SEAT || !service.rows().isEmpty()
        ? List.of()
        : offered.stream()
            .flatMap(other -> other.rows().getOrDefault(aircraft, List.of()).stream())
            .distinct()
            .sorted()
            .toList();
  }

  private SellableFlight flight(Flown flown) {
    return index.flights().find(flown.flight().value()).orElseThrow(() -> notOnSale(flown));
  }

  private static String cabin(SellableFlight flight, Flown flown) {
    return flight.stock().cabin(flown.fareClass()).orElseThrow(() -> notOnSale(flown));
  }

  private static Problem notOnSale(Flown flown) {
    return new Problem(
        ProblemCode.SPACE_UNAVAILABLE,
        "%s is not on sale in class %s.".formatted(flown.flight(), flown.fareClass()));
  }

  private Signed sign(Offer.Ancillary offer, String channel) {
    return new Signed(
        tokens.sign(
            SignedTokens.Kind.SERVICE, EventJson.mapper().writeValueAsString(offer), channel),
        offer);
  }
}
