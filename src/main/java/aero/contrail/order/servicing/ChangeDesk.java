package aero.contrail.order.servicing;

import aero.contrail.events.FlightId;
import aero.contrail.events.Offer;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Traveller;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.Orders;
import aero.contrail.order.PaymentRequest;
import aero.contrail.order.amendment.VoluntaryChange;
import aero.contrail.order.model.CancellationRules;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.OrderCommand.ConfirmChange;
import aero.contrail.order.model.OrderCommand.QuoteChange;
import aero.contrail.order.model.Rerouting;
import aero.contrail.order.person.AgeRules;
import aero.contrail.order.person.PersonalData;
import aero.contrail.order.person.PersonalData.People;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a customer can do who wants other flights: have the new ones held and be told what they
 * cost, and then take them. The changing methods need the caller's transaction.
 */
@Component
class ChangeDesk {

  private final Orders orders;
  private final OrderCommands commands;
  private final OrderDesk desk;
  private final PersonalData people;
  private final Clock clock;

  ChangeDesk(
      Orders orders, OrderCommands commands, OrderDesk desk, PersonalData people, Clock clock) {
    this.orders = orders;
    this.commands = commands;
    this.desk = desk;
    this.people = people;
    this.clock = clock;
  }

  /**
   * Says what it costs to fly something else, and asks for its space.
   *
   * @param passengers none: all who are on the flights
   * @param removed flights that are given up
   * @throws Problem when the order is not the caller's, or cannot be changed so
   */
  void quote(
      OrderId id,
      UUID change,
      List<String> passengers,
      List<String> removed,
      String offerId,
      Caller caller) {
    var now = clock.instant();
    var details = OrderDesk.require(orders.lock(id), id, caller).state().details();
    var offer = desk.offer(offerId, caller.channel(), now);
    var parts = parts(details, passengers, removed.stream().distinct().toList());
    var travellers = travellers(details, parts);
    requireFit(details, offer, travellers);
    requireAges(details, parts, offer, travellers, people.find(List.of(id)).get(id));
    requireFlyable(details, parts, travellers, offer);
    commands.decide(
        id,
        new QuoteChange(
            change,
            parts,
            travellers,
            offer.segments(),
            offer.price(),
            offer.conditions(),
            desk.heldUntil(offer, now),
            now));
  }

  /** Each flight with the same passengers: they give up all of these together. */
  private static List<Part> parts(Details details, List<String> passengers, List<String> removed) {
    var left = CancellationRules.left(details);
    var parts = new ArrayList<Part>();
    for (var i = 0; i < removed.size(); i++) {
      var flight = removed.get(i);
      var on =
          left.stream()
              .filter(part -> part.flight().value().equals(flight))
              .flatMap(part -> part.passengers().stream())
              .toList();
      if (on.isEmpty()) {
        throw Problem.invalid(
            "/remove/" + i, "unknown", "The order has no flight %s now.".formatted(flight));
      }
      parts.add(new Part(new FlightId(flight), passengers.isEmpty() ? on : ids(passengers)));
      requireOn(flight, on, parts.getLast().passengers());
    }
    if (parts.stream().anyMatch(p -> !sameParty(p.passengers(), parts.getFirst().passengers()))) {
      throw Problem.invalid(
          "/remove", "not_travelling", "Not the same passengers are on all of them: name them.");
    }
    return parts;
  }

  private static boolean sameParty(Collection<PassengerId> one, Collection<PassengerId> other) {
    return one.size() == other.size() && one.containsAll(other);
  }

  private static List<PassengerId> ids(List<String> passengers) {
    return passengers.stream().distinct().map(PassengerId::new).toList();
  }

  private static void requireOn(String flight, List<PassengerId> known, List<PassengerId> named) {
    for (var i = 0; i < named.size(); i++) {
      if (!known.contains(named.get(i))) {
        throw Problem.invalid(
            "/passengerIds/" + i,
            "not_travelling",
            "%s is not on %s.".formatted(named.get(i), flight));
      }
    }
  }

  private static List<Traveller> travellers(Details details, List<Part> parts) {
    var changing = parts.getFirst().passengers();
    return details.placed().travellers().stream().filter(t -> changing.contains(t.id())).toList();
  }

  private static void requireFit(Details details, Offer offer, List<Traveller> travellers) {
    for (var type : PassengerType.values()) {
      var count = travellers.stream().filter(t -> t.type() == type).count();
      if (count != offer.count(type)) {
        throw Problem.invalid(
            "/offerId",
            "party_mismatch",
            "The offer is for %d %s, not %d.".formatted(offer.count(type), type, count));
      }
    }
    if (!offer.price().total().getCurrencyUnit().equals(details.total().getCurrencyUnit())) {
      throw Problem.invalid(
          "/offerId",
          "other_currency",
          "The order was sold in %s.".formatted(details.total().getCurrencyUnit()));
    }
  }

  /** By the journey that it makes together with what is kept, or was flown. */
  private static void requireAges(
      Details details,
      List<Part> parts,
      Offer offer,
      List<Traveller> travellers,
      @Nullable People people) {
    var removed = parts.stream().map(Part::flight).toList();
    for (var traveller : travellers) {
      var person = people == null ? null : people.passenger(traveller.id());
      var begins =
          Stream.concat(
                  offer.segments().stream(),
                  details.itinerary().of(traveller.id()).stream()
                      .filter(segment -> !removed.contains(segment.flight())))
              .map(AgeRules::day)
              .min(LocalDate::compareTo)
              .orElseThrow();
      if (person != null
          && person.bornOn() != null
          && !AgeRules.allow(
              traveller.type(), AgeRules.type(person.bornOn(), begins, offer.segments()))) {
        throw Problem.invalid(
            "/offerId",
            "age_mismatch",
            "On these flights %s is too old for %s.".formatted(traveller.id(), traveller.type()));
      }
    }
  }

  private static void requireFlyable(
      Details details, List<Part> parts, List<Traveller> travellers, Offer offer) {
    var passengers = travellers.stream().map(Traveller::id).toList();
    Rerouting.objection(details, parts, passengers, offer.segments())
        .ifPresent(
            objection -> {
              throw switch (objection) {
                case OVERLAPPING ->
                    Problem.invalid(
                        "/offerId",
                        "overlapping",
                        "A passenger would be on two flights at the same time: remove one.");
                case CHILD_ALONE ->
                    Problem.invalid(
                        "/passengerIds",
                        "child_alone",
                        "Children would fly without an adult: change them together.");
                case MIXED_CLASSES ->
                    Problem.invalid(
                        "/offerId",
                        "mixed_classes",
                        "Others of the order stay on the flight in another class: change all.");
              };
            });
  }

  /**
   * Takes what was quoted.
   *
   * @param payment the id of the payment, if one is due
   * @throws Problem when there is no such quote, or it cannot be taken any more
   */
  void confirm(
      OrderId id,
      UUID changeId,
      PaymentId payment,
      @Nullable PaymentRequest request,
      Caller caller) {
    var now = clock.instant();
    var details = OrderDesk.require(orders.lock(id), id, caller).state().details();
    var change = change(details, changeId);
    requireQuoted(change, now);
    var due = change.quoted().cost().addCollect();
    commands.decide(id, due, request, payment, by -> new ConfirmChange(changeId, by, now));
  }

  private static void requireQuoted(VoluntaryChange change, Instant now) {
    switch (change.status()) {
      case QUOTED, LAPSED -> {
        if (!now.isBefore(change.quoted().expiresAt())) {
          throw new Problem(
              ProblemCode.QUOTE_EXPIRED, "It expired at " + change.quoted().expiresAt() + ".");
        }
      }
      case SUPERSEDED -> throw new Problem(ProblemCode.QUOTE_SUPERSEDED, "There is a newer quote.");
      case REQUESTED, PAYING, CONFIRMING, CONFIRMED, REFUSED, WITHDRAWN, FAILED ->
          throw new Problem(ProblemCode.ILLEGAL_STATE, "The change is " + change.status() + ".");
    }
  }

  /**
   * A change of an order.
   *
   * @throws Problem when there is none of that id
   */
  static VoluntaryChange change(Details details, UUID id) {
    return details.change(id).orElseThrow(() -> Problem.notFound("change", id));
  }
}
