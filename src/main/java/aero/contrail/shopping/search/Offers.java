package aero.contrail.shopping.search;

import aero.contrail.events.EventJson;
import aero.contrail.events.Offer;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Segment;
import aero.contrail.shopping.index.IndexFollower;
import aero.contrail.shopping.index.SellableFlight;
import aero.contrail.shopping.index.Stock;
import aero.contrail.shopping.tariff.Brand;
import aero.contrail.shopping.tariff.Tariff;
import aero.contrail.shopping.tariff.Tariffs;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.SignedTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Finds trips, prices them and signs what it offers. Writes nothing. Thread-safe. */
@Component
class Offers {

  private final IndexFollower index;
  private final Tariffs tariffs;
  private final SignedTokens tokens;
  private final Clock clock;
  private final Duration lifetime;
  private final Duration cutOff;

  Offers(
      IndexFollower index,
      Tariffs tariffs,
      SignedTokens tokens,
      Clock clock,
      @Value("${contrail.shopping.offer-lifetime:PT15M}") Duration lifetime,
      @Value("${contrail.sales-cut-off:PT45M}") Duration cutOff) {
    this.index = index;
    this.tariffs = tariffs;
    this.tokens = tokens;
    this.clock = clock;
    this.lifetime = lifetime;
    tokens.requireGoodFor("contrail.shopping.offer-lifetime", lifetime);
    this.cutOff = cutOff;
  }

  /**
   * An offer with its token.
   *
   * @param brands of its bounds, in their order
   * @param key its place among the offers for the same wish; empty when it was made for none
   * @param seatsLeft in the scarcest flight
   * @param earned points of a member without a tier
   */
  record Signed(
      String token, Offer offer, List<Brand> brands, String key, int seatsLeft, int earned) {

    Signed {
      brands = List.copyOf(brands);
    }
  }

  /**
   * The cheapest offers; among equals the earliest departure first, then by flights and classes.
   *
   * @param after the key of the last offer that the caller has seen; empty for none
   * @param channel the only one that can buy them
   */
  List<Signed> search(Wish wish, String after, int limit, String channel) {
    var now = clock.instant();
    var tariff = tariffs.inForce(now);
    return trips(wish, tariff, now, after, limit).stream()
        .map(trip -> offer(trip, wish.party(), tariff, now, channel))
        .toList();
  }

  private List<Trip> trips(Wish wish, Tariff tariff, Instant now, String after, int limit) {
    var times = tariffs.connectingTimes(now);
    var cabin = wish.cabin() == null ? Stock.ANY_CABIN : wish.cabin().charAt(0);
    var itineraries =
        new Itineraries(index.flights(), times, now.plus(cutOff), wish.needed(), cabin);
    var options = new Options(tariff, wish.party(), wish.needed(), cabin);
    var there = options.of(itineraries.find(wish.route(), wish.maxStops()));
    var returnDate = wish.returnDate();
    if (returnDate == null) {
      return Ranking.oneWay(there, after, limit);
    }
    var home = options.of(itineraries.find(wish.route().back(returnDate), wish.maxStops()));
    var turnaround =
        times
            .at(wish.route().destination(), wish.route().origin(), wish.route().origin())
            .toSeconds();
    return Ranking.roundTrip(
        there,
        home,
        (out, back) -> back.first().departs() >= out.last().arrives() + turnaround,
        after,
        limit);
  }

  private Signed offer(
      Trip trip, Map<PassengerType, Integer> party, Tariff tariff, Instant now, String channel) {
    var bounds =
        trip.bounds().stream()
            .map(
                option ->
                    new Tariff.Bound(
                        option.flights().stream()
                            .map(flight -> flight.in(option.fareClass()))
                            .toList()))
            .toList();
    return offer(bounds, party, tariff, now, channel, trip.key(), trip.seatsLeft())
        .orElseThrow(() -> new IllegalStateException("no fare for what was ranked by it"));
  }

  private Optional<Signed> offer(
      List<Tariff.Bound> bounds,
      Map<PassengerType, Integer> party,
      Tariff tariff,
      Instant now,
      String channel,
      String key,
      int seatsLeft) {
    return tariff
        .price(bounds, party)
        .map(
            priced ->
                new Offer(
                    bounds.stream()
                        .map(b -> new Offer.Bound(brand(b, tariff).code(), b.segments()))
                        .toList(),
                    priced.price(),
                    priced.conditions(),
                    tariff.cost(bounds),
                    now.plus(lifetime)))
        .map(
            offer ->
                new Signed(
                    tokens.sign(
                        SignedTokens.Kind.OFFER,
                        EventJson.mapper().writeValueAsString(offer),
                        channel),
                    offer,
                    bounds.stream().map(bound -> brand(bound, tariff)).toList(),
                    key,
                    seatsLeft,
                    tariff.earned(offer.segments())));
  }

  private static Brand brand(Tariff.Bound bound, Tariff tariff) {
    return tariff.brand(bound.segments().getFirst().fareClass());
  }

  /**
   * The same flights for the same party at today's price.
   *
   * @throws Problem when the token is none of ours, has expired, or the flights are sold out or not
   *     any more what was offered
   */
  Signed reprice(String token, String channel) {
    var now = clock.instant();
    var offer = valid(token, channel);
    var tariff = tariffs.inForce(now);
    var party = new HashMap<PassengerType, Integer>();
    offer.price().parts().forEach(part -> party.put(part.type(), part.count()));
    var seatsLeft =
        offer.segments().stream()
            .mapToInt(s -> flight(s).stock().seats(s.fareClass().charAt(0)))
            .min()
            .orElse(0);
    if (seatsLeft < Wish.seats(party)) {
      throw soldOut();
    }
    var bounds = offer.bounds().stream().map(b -> new Tariff.Bound(b.segments())).toList();
    return offer(bounds, party, tariff, now, channel, "", seatsLeft).orElseThrow(Offers::soldOut);
  }

  private static Problem soldOut() {
    return new Problem(ProblemCode.SPACE_UNAVAILABLE, "The flights are sold out in this class.");
  }

  private SellableFlight flight(Segment offered) {
    var flight =
        index
            .flights()
            .find(offered.flight().value())
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemCode.SPACE_UNAVAILABLE,
                        offered.flight() + " is not on sale any more."));
    if (!flight.leg().equals(offered.leg()) || !flight.aircraft().equals(offered.aircraft())) {
      throw new Problem(
          ProblemCode.SCHEDULE_CHANGED,
          "%s leaves at %s with %s."
              .formatted(offered.flight(), flight.leg().departure(), flight.aircraft()));
    }
    return flight;
  }

  /**
   * What a token promises.
   *
   * @throws Problem when it is none of ours, or has expired
   */
  Offer valid(String token, String channel) {
    var offer =
        tokens
            .verify(SignedTokens.Kind.OFFER, token, channel)
            .map(document -> EventJson.mapper().readValue(document, Offer.class))
            .orElseThrow(
                () -> new Problem(ProblemCode.OFFER_INVALID, "The offerId is not one of ours."));
    if (!offer.expiresAt().isAfter(clock.instant())) {
      throw new Problem(ProblemCode.OFFER_EXPIRED, "It expired at " + offer.expiresAt() + ".");
    }
    return offer;
  }
}
