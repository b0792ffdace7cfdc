package aero.contrail.shopping;

import aero.contrail.events.EventJson;
import aero.contrail.events.Offer;
import aero.contrail.events.PassengerType;
import aero.contrail.shopping.FlightIndex.Route;
import aero.contrail.shopping.Tariff.Bound;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.SignedTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Finds itineraries, prices them and signs what it offers. Writes nothing. */
@Component
class Offers {

  /** At one airport, between scheduled arrival and departure. */
  private static final Duration MINIMUM_CONNECTION = Duration.ofMinutes(45);

  private static final Duration LONGEST_CONNECTION = Duration.ofHours(6);
  private static final int MOST_ITINERARIES = 60;
  private static final int MOST_PER_DIRECTION = 15;

  private final FlightIndex index;
  private final Tariffs tariffs;
  private final SignedTokens tokens;
  private final Clock clock;
  private final Duration lifetime;
  private final Duration cutOff;

  Offers(
      FlightIndex index,
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
   * What somebody wants to fly.
   *
   * @param returnDate null for one way
   * @param party how many of each type travel
   * @param cabin null for any
   */
  record Wish(
      Route route,
      @Nullable LocalDate returnDate,
      Map<PassengerType, Integer> party,
      @Nullable String cabin,
      int maxStops) {

    Wish {
      party = Map.copyOf(party);
    }

    int seats() {
      return party.entrySet().stream()
          .filter(entry -> entry.getKey().takesSeat())
          .mapToInt(Map.Entry::getValue)
          .sum();
    }
  }

  /**
   * An offer with its token.
   *
   * @param seatsLeft in the scarcest flight
   * @param points what a member without a tier earns
   */
  record Signed(String token, Offer offer, int seatsLeft, int points) {}

  /** An offer that is not signed yet. */
  private record Draft(Offer offer, int seatsLeft) {}

  /**
   * The cheapest offers; among equals the earliest departure first, then by flight and class.
   *
   * @param after the key of the last offer that the caller has seen; empty for none
   * @param channel the only one that can buy them
   */
  List<Signed> search(Wish wish, String after, int limit, String channel) {
    var now = clock.instant();
    var tariff = tariff(now);
    return itineraries(wish, now.plus(cutOff)).stream()
        .flatMap(directions -> drafts(directions, wish, tariff, now))
        .filter(draft -> key(draft.offer()).compareTo(after) > 0)
        .sorted(Comparator.comparing(draft -> key(draft.offer())))
        .limit(limit)
        .map(draft -> sign(draft, tariff, channel))
        .toList();
  }

  /** An offer's place among those for the same wish: it stays when others come or go. */
  static String key(Offer offer) {
    var first = offer.segments().getFirst();
    return "%012d %s %s %s"
        .formatted(
            offer.price().total().getAmountMinorLong(),
            first.leg().departure().toInstant(),
            flights(offer),
            first.fareClass());
  }

  private static String flights(Offer offer) {
    return offer.segments().stream()
        .map(segment -> segment.flight().value())
        .collect(Collectors.joining(" "));
  }

  /**
   * The same flights for the same party at today's price.
   *
   * @throws Problem when the token is none of ours, has expired, or the flights are sold out
   */
  Signed reprice(String token, String channel) {
    var now = clock.instant();
    var offer = read(token, channel);
    if (!offer.expiresAt().isAfter(now)) {
      throw new Problem(ProblemCode.OFFER_EXPIRED, "It expired at " + offer.expiresAt() + ".");
    }
    var tariff = tariff(now);
    var party = new HashMap<PassengerType, Integer>();
    offer.price().parts().forEach(part -> party.put(part.type(), part.count()));
    var first = offer.segments().getFirst();
    var wish =
        new Wish(
            new Route(first.leg().origin(), "", first.flight().departureDate()),
            null,
            party,
            first.cabin(),
            1);
    var flights = index.find(offer.segments().stream().map(s -> s.flight()).toList());
    var directions = directions(offer, flights);
    return drafts(directions, wish, tariff, now)
        .filter(d -> d.offer().segments().getFirst().fareClass().equals(first.fareClass()))
        .findFirst()
        .map(draft -> sign(draft, tariff, channel))
        .orElseThrow(
            () ->
                new Problem(
                    ProblemCode.SPACE_UNAVAILABLE, "The flights are sold out in this class."));
  }

  private Offer read(String token, String channel) {
    return tokens
        .verify(token, channel)
        .map(document -> EventJson.mapper().readValue(document, Offer.class))
        .orElseThrow(
            () -> new Problem(ProblemCode.OFFER_INVALID, "The offerId is not one of ours."));
  }

  /** The flights of an offer by direction: a new one starts where the traveller turns round. */
  private static List<List<IndexedFlight>> directions(Offer offer, Map<?, IndexedFlight> flights) {
    var directions = new ArrayList<List<IndexedFlight>>();
    var current = new ArrayList<IndexedFlight>();
    for (var segment : offer.segments()) {
      var flight = flights.get(segment.flight());
      if (flight == null) {
        throw new Problem(
            ProblemCode.SPACE_UNAVAILABLE, segment.flight() + " is not on sale any more.");
      }
      var previous = current.isEmpty() ? null : current.getLast();
      if (previous != null && turnsRound(previous, flight)) {
        directions.add(List.copyOf(current));
        current.clear();
      }
      current.add(flight);
    }
    directions.add(List.copyOf(current));
    return directions;
  }

  private static boolean turnsRound(IndexedFlight arriving, IndexedFlight departing) {
    return Duration.between(arriving.leg().arrival(), departing.leg().departure())
            .compareTo(LONGEST_CONNECTION)
        > 0;
  }

  /** Every way to fly, as one list of flights a direction. */
  private List<List<List<IndexedFlight>>> itineraries(Wish wish, Instant earliest) {
    var out = bounds(wish.route(), wish.maxStops(), earliest, MOST_ITINERARIES);
    var returnDate = wish.returnDate();
    if (returnDate == null) {
      return out.stream().map(List::of).toList();
    }
    var back = bounds(wish.route().back(returnDate), wish.maxStops(), earliest, MOST_PER_DIRECTION);
    return out.stream()
        .limit(MOST_PER_DIRECTION)
        .flatMap(there -> back.stream().map(home -> List.of(there, home)))
        .filter(trip -> turnsRound(trip.getFirst().getLast(), trip.getLast().getFirst()))
        .toList();
  }

  private List<List<IndexedFlight>> bounds(Route route, int maxStops, Instant earliest, int most) {
    var direct =
        index.direct(route.origin(), route.destination(), route.date(), earliest, most).stream()
            .map(List::of);
    return maxStops == 0
        ? direct.toList()
        : Stream.concat(direct, connections(route, earliest, most)).toList();
  }

  private Stream<List<IndexedFlight>> connections(Route route, Instant earliest, int most) {
    var pairs = index.connecting(route, earliest, MINIMUM_CONNECTION, LONGEST_CONNECTION, most);
    if (pairs.isEmpty()) {
      return Stream.empty();
    }
    var flights =
        index.find(pairs.stream().flatMap(p -> Stream.of(p.first(), p.second())).toList());
    return pairs.stream()
        .map(pair -> Stream.of(pair.first(), pair.second()).map(flights::get))
        .map(pair -> pair.filter(flight -> flight != null).toList())
        .filter(pair -> pair.size() == 2);
  }

  /** One draft for each class that the whole party can have on all flights. */
  private Stream<Draft> drafts(
      List<List<IndexedFlight>> directions, Wish wish, Tariff tariff, Instant now) {
    var flights = directions.stream().flatMap(List::stream).toList();
    return tariff.classes().stream()
        .filter(fare -> wish.cabin() == null || wish.cabin().equals(fare.cabin()))
        .flatMap(
            fare -> {
              var left =
                  flights.stream()
                      .mapToInt(flight -> flight.seats(fare.cabin(), fare.fareClass()))
                      .min()
                      .orElse(0);
              return left < wish.seats()
                  ? Stream.empty()
                  : draft(directions, fare, wish, tariff, now)
                      .map(offer -> new Draft(offer, left))
                      .stream();
            });
  }

  private Optional<Offer> draft(
      List<List<IndexedFlight>> directions,
      Tariff.Fare fare,
      Wish wish,
      Tariff tariff,
      Instant now) {
    var bounds =
        directions.stream()
            .map(
                flights ->
                    new Bound(
                        flights.stream()
                            .map(flight -> flight.in(fare.cabin(), fare.fareClass()))
                            .toList()))
            .toList();
    return tariff
        .price(bounds, wish.party())
        .map(
            priced ->
                new Offer(
                    bounds.stream().flatMap(bound -> bound.segments().stream()).toList(),
                    priced.price(),
                    priced.conditions(),
                    now.plus(lifetime)));
  }

  private Signed sign(Draft draft, Tariff tariff, String channel) {
    return new Signed(
        tokens.sign(EventJson.mapper().writeValueAsString(draft.offer()), channel),
        draft.offer(),
        draft.seatsLeft(),
        tariff.points(draft.offer().segments()));
  }

  private Tariff tariff(Instant now) {
    return tariffs.inForce(LocalDate.ofInstant(now, ZoneOffset.UTC));
  }
}
