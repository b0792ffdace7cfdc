package aero.contrail.order.model;

import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.CancellationCause;
import aero.contrail.events.OrderEvent.ChangeEnd;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.Segment;
import aero.contrail.events.Traveller;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.order.document.TicketRules;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.OrderCommand.AnswerAirlineChange;
import aero.contrail.order.model.OrderCommand.LapseChanges;
import aero.contrail.order.model.OrderCommand.OpenAirlineChange;
import aero.contrail.order.model.OrderCommand.RetimeFlight;
import aero.contrail.order.model.OrderState.Confirming;
import aero.contrail.order.model.OrderState.Held;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Placed;
import aero.contrail.order.model.OrderState.Ticketed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What becomes of an order when the airline cannot fly what was bought. Whoever has space on other
 * flights gets documents for them at once, so that he can fly whether he answers or not; he can
 * decline as long as he is asked, and then all that is unflown goes back in full.
 */
final class AirlineChangeRules {

  /** However soon it leaves, there is time to read a message. */
  private static final Duration LEAST_TO_RESPOND = Duration.ofHours(1);

  private AirlineChangeRules() {}

  /** Passengers lost flights, and have others or none. */
  static List<OrderEvent> open(OpenAirlineChange open, Known state) {
    var details = state.details();
    if (details.airlineChange(open.change()).isPresent()) {
      return List.of();
    }
    // Where nobody was recorded it concerns all.
    var told =
        open.passengers().isEmpty()
            ? details.placed().travellers().stream().map(Traveller::id).toList()
            : open.passengers();
    var concerned =
        details.itinerary().active().stream()
            .filter(segment -> open.removed().contains(segment.flight()))
            .flatMap(
                segment ->
                    // Who has flown it has flown it.
                    (details.tickets().isEmpty() ? segment.passengers() : details.open(segment))
                        .stream())
            .filter(told::contains)
            .distinct()
            .toList();
    return switch (state) {
      case Ticketed _ -> {
        var facts = new ArrayList<OrderEvent>();
        if (!concerned.isEmpty()) {
          facts.addAll(ChangeRules.touched(state, open.removed(), concerned, open.at()));
          facts.addAll(opened(open, details, concerned));
        }
        facts.addAll(unwanted(open, details, concerned));
        yield facts;
      }
      case Confirming _ when concerned.isEmpty() -> List.of();
      case Confirming _ when open.added().isEmpty() ->
          List.of(
              new OrderEvent.Failed(
                  details.placed().order(), open.removed().getFirst() + ": cancelled", open.at()));
      case Confirming _ ->
          Stream.concat(
                  Stream.of(opened(open, details, concerned).getFirst()),
                  unwanted(open, details, concerned).stream())
              .toList();
      default -> List.of(); // its space is given back as a whole
    };
  }

  /** Their flight flies at other times; told again, or of times that are known, it is no news. */
  static List<OrderEvent> retime(RetimeFlight retime, Known state) {
    var details = state.details();
    var segments =
        details.itinerary().active().stream()
            .filter(s -> s.flight().equals(retime.flight()))
            .filter(s -> !s.segment().leg().equals(retime.leg()))
            .toList();
    var isConcerned =
        state instanceof Placed
            || state instanceof Held
            || state instanceof Confirming
            || state instanceof Ticketed;
    var quoted = ChangeRules.retimed(state, retime.flight(), retime.leg(), retime.at());
    if (segments.isEmpty() || !isConcerned) {
      return quoted;
    }
    var segment = segments.getFirst().segment();
    var passengers = segments.stream().flatMap(s -> s.passengers().stream()).toList();
    var open =
        new OpenAirlineChange(
            retime.change(),
            AirlineChangeKind.RETIMED,
            retime.severity(),
            passengers,
            List.of(retime.flight()),
            List.of(
                new Segment(
                    segment.flight(),
                    segment.cabin(),
                    segment.fareClass(),
                    retime.leg(),
                    segment.aircraft())),
            0, // no document is issued
            retime.respondWithin(),
            retime.beforeDeparture(),
            retime.at());
    return Stream.concat(quoted.stream(), opened(open, details, passengers).stream()).toList();
  }

  private static List<OrderEvent> opened(
      OpenAirlineChange open, Details details, List<PassengerId> concerned) {
    var order = details.placed().order();
    var opened =
        new OrderEvent.AirlineChangeOpened(
            order,
            open.change(),
            open.kind(),
            severity(open, details),
            concerned,
            open.removed(),
            open.added(),
            respondBy(open, details),
            open.at());
    var exchanged =
        open.added().isEmpty() || open.kind() == AirlineChangeKind.RETIMED
            ? List.<OrderEvent.CouponRef>of()
            : details.openCoupons(parts(open.removed(), concerned));
    return exchanged.isEmpty()
        ? List.of(opened)
        : List.of(
            opened,
            new OrderEvent.TicketsReissued(
                order,
                open.change(),
                details.placed().channel(),
                exchanged,
                TicketRules.reissue(Quotes.values(details, exchanged), open.added(), open.serial()),
                open.at()));
  }

  /** What could be declined still can, however little more is changed of it. */
  private static Severity severity(OpenAirlineChange open, Details details) {
    return details.airlineChanges().stream()
            .filter(AirlineChange::canBeDeclined)
            .flatMap(before -> before.added().stream())
            .anyMatch(offered -> open.removed().contains(offered.flight()))
        ? Severity.MAJOR
        : open.severity();
  }

  /** Until the first of the flights leaves, of those that are gone or those that are offered. */
  private static Instant respondBy(OpenAirlineChange open, Details details) {
    var soonest = open.at().plus(LEAST_TO_RESPOND);
    var leaves =
        Stream.concat(
                open.added().stream(),
                details.itinerary().segments().stream()
                    .map(ItinerarySegment::segment)
                    .filter(segment -> open.removed().contains(segment.flight())))
            .map(segment -> segment.leg().departure().toInstant())
            .min(Instant::compareTo)
            .orElse(soonest)
            .minus(open.beforeDeparture());
    var latest = open.at().plus(open.respondWithin());
    var respondBy = leaves.isBefore(latest) ? leaves : latest;
    return respondBy.isBefore(soonest) ? soonest : respondBy;
  }

  /** Space that was found for passengers who do not want it any more is given back. */
  private static List<OrderEvent> unwanted(
      OpenAirlineChange open, Details details, List<PassengerId> concerned) {
    var others = open.passengers().stream().filter(p -> !concerned.contains(p)).toList();
    return others.isEmpty() || open.added().isEmpty() || open.kind() == AirlineChangeKind.RETIMED
        ? List.of()
        : List.of(
            new OrderEvent.PartCancelled(
                details.placed().order(),
                open.change(),
                CancellationCause.FLIGHT_CANCELLED,
                parts(open.added().stream().map(Segment::flight).toList(), others),
                details.zero(),
                List.of(),
                null,
                open.at()));
  }

  private static List<Part> parts(Collection<FlightId> flights, List<PassengerId> passengers) {
    return flights.stream().map(flight -> new Part(flight, passengers)).toList();
  }

  /** The customer takes it, or has everything unflown refunded. */
  static List<OrderEvent> answer(AnswerAirlineChange answer, Known state) {
    var details = state.details();
    var change = details.airlineChange(answer.change()).orElseThrow();
    if (!(state instanceof Ticketed) || !change.isOpen()) {
      throw new OrderRefused(
          ILLEGAL_STATE,
          "The change is %s, the order %s.".formatted(change.status(), state.status()));
    }
    var order = details.placed().order();
    ChangeRules.requireNoneUnderWay(details);
    if (!answer.accept() && change.severity() == Severity.MINOR) {
      throw new OrderRefused(
          ILLEGAL_STATE, "So small a change cannot be declined: accept it, or cancel the order.");
    }
    var facts = new ArrayList<OrderEvent>();
    facts.addAll(ChangeRules.abandoned(state, ChangeEnd.WITHDRAWN, answer.at()));
    if (answer.accept()) {
      facts.add(new OrderEvent.AirlineChangeAccepted(order, change.id(), answer.at()));
      facts.addAll(gone(state, change, answer.cancellation(), answer.at()));
      return facts;
    }
    var parts = unflown(details, change.passengers());
    if (details.openCoupons(parts).stream()
        .filter(coupon -> !change.isGone(coupon.flight()))
        .anyMatch(details::isAtAirport)) {
      throw new OrderRefused(ILLEGAL_STATE, CancellationRules.AT_AIRPORT);
    }
    facts.add(new OrderEvent.AirlineChangeDeclined(order, change.id(), answer.at()));
    facts.addAll(refunded(state, parts, answer.cancellation(), answer.at()));
    return facts;
  }

  /** All that passengers could still fly, or could if it flew. */
  private static List<Part> unflown(Details details, List<PassengerId> passengers) {
    return details.itinerary().segments().stream()
        .filter(s -> s.standing() != ItinerarySegment.Standing.CANCELLED)
        .map(segment -> new Part(segment.flight(), segment.among(passengers)))
        .filter(part -> !details.openCoupons(List.of(part)).isEmpty())
        .toList();
  }

  /**
   * Nobody answered: what is offered is taken; where nothing is, what is gone is refunded. Quotes
   * of the customer's own changes lapse, too.
   */
  static List<OrderEvent> lapse(LapseChanges lapse, Known state) {
    if (state.details().amendments().split() != null) {
      return List.of(); // asked again in a moment
    }
    var facts = new ArrayList<>(ChangeRules.lapsed(state, lapse.at()));
    var after = OrderEvolution.evolve(state, facts);
    for (var change : state.details().openChanges()) {
      if (!(after instanceof Ticketed)
          || after.details().changeUnderWay().isPresent()
          || change.respondBy().isAfter(lapse.at())) {
        continue;
      }
      var some = new ArrayList<>(ChangeRules.abandoned(after, ChangeEnd.WITHDRAWN, lapse.at()));
      some.add(
          new OrderEvent.AirlineChangeLapsed(
              after.details().placed().order(), change.id(), lapse.at()));
      some.addAll(
          gone(
              after,
              change,
              UUID.nameUUIDFromBytes(change.id().toString().getBytes(StandardCharsets.UTF_8)),
              lapse.at()));
      facts.addAll(some);
      after = OrderEvolution.evolve(after, some);
    }
    return facts;
  }

  /** Where nothing is offered, what is gone is refunded; the rest of the trip stays. */
  private static List<OrderEvent> gone(
      Known state, AirlineChange change, UUID cancellation, Instant at) {
    return change.added().isEmpty()
        ? refunded(state, parts(change.removed(), change.passengers()), cancellation, at)
        : List.of();
  }

  private static List<OrderEvent> refunded(
      Known state, List<Part> parts, UUID cancellation, Instant at) {
    var details = state.details();
    var given = details.openCoupons(parts);
    if (given.isEmpty()) {
      return List.of();
    }
    var isAll = given.size() == details.openCoupons().size();
    return CancellationRules.cancelled(
        state,
        cancellation,
        CancellationCause.FLIGHT_CANCELLED,
        Quotes.involuntary(details, isAll ? null : parts),
        at);
  }
}
