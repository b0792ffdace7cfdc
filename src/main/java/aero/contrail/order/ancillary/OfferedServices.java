package aero.contrail.order.ancillary;

import aero.contrail.events.EventJson;
import aero.contrail.events.FlightId;
import aero.contrail.events.Offer;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.PassengerId;
import aero.contrail.order.model.Details;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import aero.contrail.web.security.SignedTokens;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes offers of services for an order. Writes nothing. Thread-safe. */
@Component
public class OfferedServices {

  private final SignedTokens tokens;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  OfferedServices(SignedTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * What is wanted, as the offers say it.
   *
   * @param details of the order that is to have it
   * @throws Problem when one of the offers is none of ours or has expired, or is not for this order
   */
  public List<Ancillary> services(
      Details details, List<WantedAncillary> wanted, Caller caller, Instant now) {
    var services = new ArrayList<Ancillary>();
    var known = new HashSet<List<Object>>();
    for (var i = 0; i < wanted.size(); i++) {
      var where = "/services/" + i;
      var one = wanted.get(i);
      var offer = offer(one.serviceOfferId(), where + "/serviceOfferId", caller, now);
      check(details, one, offer, where);
      // Of seats a passenger has one on a flight, of all else any number of each.
      var what = offer.kind() == ServiceKind.SEAT ? ServiceKind.SEAT : offer.code();
      if (!known.add(List.of(one.passengerId(), offer.flight(), what))) {
        throw Problem.invalid(
            where, "duplicate", "It is wanted twice for one passenger: say how many.");
      }
      services.add(
          new Ancillary(
              ids.generate(),
              one.passengerId(),
              offer.flight(),
              offer.kind(),
              offer.code(),
              offer.name(),
              one.count(),
              one.seat(),
              offer.price().multipliedBy(one.count()),
              offer.refundable()));
    }
    return services;
  }

  private static void check(
      Details details, WantedAncillary one, Offer.Ancillary offer, String where) {
    var passenger = one.passengerId();
    if (details.placed().travellers().stream().noneMatch(t -> t.id().equals(passenger))) {
      throw Problem.invalid(
          where + "/passengerId", "unknown", "The order has no %s.".formatted(passenger));
    }
    if (one.flightId() != null && !one.flightId().equals(offer.flight().value())) {
      throw Problem.invalid(
          where + "/flightId", "other_flight", "The offer is for %s.".formatted(offer.flight()));
    }
    if (details.itinerary().of(passenger).stream()
        .noneMatch(
            segment ->
                segment.flight().equals(offer.flight())
                    && segment.fareClass().equals(offer.fareClass()))) {
      throw Problem.invalid(
          where + "/serviceOfferId",
          "not_travelling",
          "%s does not fly %s in class %s."
              .formatted(passenger, offer.flight(), offer.fareClass()));
    }
    if (!offer.price().getCurrencyUnit().equals(details.zero().getCurrencyUnit())) {
      throw Problem.invalid(
          where + "/serviceOfferId",
          "other_currency",
          "The order was sold in %s.".formatted(details.zero().getCurrencyUnit()));
    }
    if (!offer.passengerTypes().contains(details.type(passenger))) {
      throw Problem.invalid(
          where + "/passengerId",
          "not_for_passenger",
          "%s is not for %s.".formatted(offer.name(), details.type(passenger)));
    }
    var most = offer.maxQuantity() - count(details, passenger, offer.flight(), offer.code());
    if (one.count() > most) {
      throw Problem.invalid(
          where + "/quantity", "too_many", "%d more can be had.".formatted(Math.max(0, most)));
    }
    checkSeat(one, offer, where + "/seat");
  }

  private static void checkSeat(WantedAncillary one, Offer.Ancillary offer, String where) {
    var seat = one.seat();
    if ((offer.kind() == ServiceKind.SEAT) != (seat != null)) {
      throw seat == null
          ? Problem.invalid(where, "not_null", "Which seat? GET /flights/{id}/seat-map shows them.")
          : Problem.invalid(where, "not_a_seat", "It is no seat: leave it out.");
    }
    if (seat != null && !offer.hasRow(Integer.parseInt(seat, 0, seat.length() - 1, 10))) {
      throw Problem.invalid(
          where, "other_price", "Seats in this row have another price: take the offer for them.");
    }
  }

  /** How many a passenger has, or is buying. */
  private static int count(Details details, PassengerId passenger, FlightId flight, String code) {
    return details.sales().wanted().stream()
        .filter(s -> s.isFor(passenger, flight))
        .filter(s -> s.code().equals(code))
        .mapToInt(Ancillary::quantity)
        .sum();
  }

  private Offer.Ancillary offer(String token, String where, Caller caller, Instant now) {
    var offer =
        tokens
            .verify(SignedTokens.Kind.SERVICE, token, caller.channel())
            .map(document -> EventJson.mapper().readValue(document, Offer.Ancillary.class))
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemCode.OFFER_INVALID, "%s is not one of ours.".formatted(where)));
    if (!offer.expiresAt().isAfter(now)) {
      throw new Problem(
          ProblemCode.OFFER_EXPIRED, "%s expired at %s.".formatted(where, offer.expiresAt()));
    }
    return offer;
  }
}
