package aero.contrail.shopping;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Segment;
import aero.contrail.events.Tax;
import aero.contrail.shopping.FlightIndex.Route;
import aero.contrail.web.Page;
import aero.contrail.web.Refuses;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Offers: what can be flown, priced and signed. */
@RestController
@RequestMapping("/offers")
class OfferController {

  private static final String OFFERS = "offers";

  private static final int MOST_SEATS_SHOWN = 9;
  private static final int MOST_PASSENGERS = 9;

  private final Offers offers;

  OfferController(Offers offers) {
    this.offers = offers;
  }

  /** A priced proposal; {@code offerId} is what to order with. */
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
      List<OfferedFlight> flights) {

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
          parts.stream()
              .map(part -> part.fare().multipliedBy(part.count()))
              .reduce(Money::plus)
              .orElseThrow(),
          taxes(parts),
          parts,
          offer.conditions(),
          Math.min(signed.seatsLeft(), MOST_SEATS_SHOWN),
          new Earns(signed.points()),
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
  }

  /** Points of a member without a tier. */
  record Earns(int points) {}

  record OfferedFlight(
      FlightId flightId,
      String designator,
      String origin,
      String destination,
      OffsetDateTime departure,
      String departureZone,
      OffsetDateTime arrival,
      String arrivalZone,
      String aircraft) {

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
          segment.aircraft());
    }
  }

  record PriceRequest(@NotNull @Size(min = 1, max = 20_000) String offerId) {}

  @Operation(summary = "Search offers for a trip")
  @GetMapping
  Page<OfferView> search(
      @RequestParam @Pattern(regexp = "[A-Z]{3}") String origin,
      @RequestParam @Pattern(regexp = "[A-Z]{3}") String destination,
      @RequestParam LocalDate date,
      @RequestParam @Min(1) @Max(MOST_PASSENGERS) int adults,
      @RequestParam(defaultValue = "0") @Min(0) @Max(MOST_PASSENGERS) int children,
      @RequestParam(defaultValue = "0") @Min(0) @Max(MOST_PASSENGERS) int infants,
      @RequestParam(required = false) @Nullable @Pattern(regexp = "[FJWY]") String cabin,
      @RequestParam(required = false) @Nullable LocalDate returnDate,
      @RequestParam(defaultValue = "1") @Min(0) @Max(1) int maxStops,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      Caller caller) {
    if (adults + children + infants > MOST_PASSENGERS) {
      throw Problem.invalidParameter("adults", "At most 9 passengers travel on one order.");
    }
    if (infants > adults) {
      throw Problem.invalidParameter("infants", "Each infant needs the lap of an adult.");
    }
    if (origin.equals(destination)) {
      throw Problem.invalidParameter("destination", "destination is the origin.");
    }
    if (returnDate != null && returnDate.isBefore(date)) {
      throw Problem.invalidParameter("returnDate", "returnDate is before date.");
    }
    var party =
        Map.of(
            PassengerType.ADULT, adults,
            PassengerType.CHILD, children,
            PassengerType.INFANT, infants);
    var wish =
        new Offers.Wish(new Route(origin, destination, date), returnDate, party, cabin, maxStops);
    var after = Page.after(OFFERS, cursor, "", Function.identity());
    return Page.of(
        OFFERS,
        offers.search(wish, after, limit + 1, caller.channel()),
        limit,
        signed -> Offers.key(signed.offer()),
        OfferView::of);
  }

  @Operation(summary = "Price an offer anew")
  @PostMapping("/price")
  @Refuses({ProblemCode.OFFER_INVALID, ProblemCode.OFFER_EXPIRED, ProblemCode.SPACE_UNAVAILABLE})
  OfferView price(@Valid @RequestBody PriceRequest request, Caller caller) {
    return OfferView.of(offers.reprice(request.offerId(), caller.channel()));
  }
}
