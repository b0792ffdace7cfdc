package aero.contrail.shopping.search;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.Offer;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.Segment;
import aero.contrail.events.Tax;
import aero.contrail.shopping.tariff.Brand;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A priced proposal; {@code offerId} is what to order with. Class and cabin are those of the first
 * bound; each has its own.
 */
record OfferView(
    String offerId,
    Instant expiresAt,
    String fareClass,
    String cabin,
    Money total,
    Money fare,
    List<Tax> taxes,
    List<PassengerPrice> passengers,
    FareConditions conditions,
    int seatsLeft,
    Earns earns,
    @Nullable Costs costs,
    List<OfferedBound> bounds,
    List<OfferedFlight> flights) {

  private static final int MOST_SEATS_SHOWN = 9;

  static OfferView of(Offers.Signed signed) {
    var offer = signed.offer();
    var first = offer.segments().getFirst();
    var parts = offer.price().parts();
    return new OfferView(
        signed.token(),
        offer.expiresAt(),
        first.fareClass(),
        first.cabin(),
        offer.price().total(),
        offer.price().fares(),
        taxes(parts),
        parts,
        offer.conditions(),
        Math.clamp(signed.seatsLeft(), 0, MOST_SEATS_SHOWN),
        new Earns(signed.earned()),
        Costs.of(offer),
        IntStream.range(0, offer.bounds().size())
            .mapToObj(i -> OfferedBound.of(offer.bounds().get(i), signed.brands().get(i)))
            .toList(),
        offer.segments().stream().map(OfferedFlight::of).toList());
  }

  /** Each tax once, for the whole party. */
  private static List<Tax> taxes(List<PassengerPrice> parts) {
    var totals = new TreeMap<String, Money>();
    for (var part : parts) {
      part.taxes()
          .forEach(
              tax ->
                  totals.merge(tax.code(), tax.amount().multipliedBy(part.count()), Money::plus));
    }
    return totals.entrySet().stream()
        .map(entry -> new Tax(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Points of a member without a tier. */
  record Earns(int points) {}

  /** Points of a member for which the party can have the flights, instead of for the fare. */
  record Costs(int points) {

    static @Nullable Costs of(Offer offer) {
      var points = offer.pointsOfAll();
      return points == null ? null : new Costs(points);
    }
  }

  /** A flight; times with the offset of the place, the zone beside it. */
  record OfferedFlight(
      FlightId flightId,
      String designator,
      String origin,
      String destination,
      OffsetDateTime departure,
      String departureZone,
      OffsetDateTime arrival,
      String arrivalZone,
      String aircraft,
      String fareClass) {

    static OfferedFlight of(Segment segment) {
      var leg = segment.leg();
      return new OfferedFlight(
          segment.flight(),
          segment.flight().designator(),
          leg.origin(),
          leg.destination(),
          leg.departure().toOffsetDateTime(),
          leg.departure().getZone().getId(),
          leg.arrival().toOffsetDateTime(),
          leg.arrival().getZone().getId(),
          segment.aircraft(),
          segment.fareClass());
    }
  }

  /** One direction of travel, in one class, and what goes with it. */
  record OfferedBound(
      String origin,
      String destination,
      String fareClass,
      String cabin,
      OfferedBrand brand,
      List<FlightId> flightIds) {

    static OfferedBound of(Offer.Bound bound, Brand brand) {
      var first = bound.segments().getFirst();
      return new OfferedBound(
          first.leg().origin(),
          bound.segments().getLast().leg().destination(),
          first.fareClass(),
          first.cabin(),
          new OfferedBrand(
              bound.brand(), brand.name(), brand.bags(), brand.bagKilograms(), brand.seatChoice()),
          bound.segments().stream().map(Segment::flight).toList());
    }
  }

  /** Under which name it is sold: pieces of luggage that are included, whether seats are chosen. */
  record OfferedBrand(
      String code, String name, int bags, int bagKilograms, Brand.SeatChoice seatChoice) {}
}
