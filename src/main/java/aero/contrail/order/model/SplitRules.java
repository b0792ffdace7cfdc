package aero.contrail.order.model;

import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.ChangeEnd;
import aero.contrail.events.OrderEvent.PaymentShare;
import aero.contrail.events.OrderEvent.SplitDocument;
import aero.contrail.events.OrderEvent.SplitFlight;
import aero.contrail.events.OrderEvent.Terms;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Price;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.Traveller;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.order.amendment.Amendments;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.amendment.ServiceSales;
import aero.contrail.order.amendment.SplitFacts;
import aero.contrail.order.itinerary.Itinerary;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.itinerary.ItinerarySegment.Standing;
import aero.contrail.order.model.OrderCommand.RecordSplit;
import aero.contrail.order.model.OrderState.BoardingPass;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Ticketed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.joda.money.Money;

/**
 * Passengers who get an order of their own. What is booked for them becomes theirs first; until
 * then the order waits with all that somebody may want of it, and what is told of them is still
 * told to it. Then their documents go along, and what was paid for these.
 */
public final class SplitRules {

  private SplitRules() {}

  /**
   * @throws OrderRefused when the order cannot be split now
   */
  static List<OrderEvent> request(OrderCommand.Split split, Known state) {
    if (!(state instanceof Ticketed)) {
      throw new OrderRefused(ILLEGAL_STATE, "The order is " + state.status() + ".");
    }
    var details = state.details();
    objection(details, split.passengers())
        .ifPresent(
            objection -> {
              throw new OrderRefused(ILLEGAL_STATE, objection);
            });
    var facts = new ArrayList<>(ChangeRules.abandoned(state, ChangeEnd.WITHDRAWN, split.at()));
    facts.add(
        new OrderEvent.SplitRequested(
            details.placed().order(),
            split.into(),
            split.passengers(),
            details.placed().travellers(),
            split.at()));
    return facts;
  }

  private static Optional<String> objection(Details details, List<PassengerId> leaving) {
    ChangeRules.requireNoneUnderWay(details);
    if (details.undecidedPayment().isPresent() || !details.sales().underWay().isEmpty()) {
      return Optional.of("Something is being bought for it: wait for its outcome.");
    }
    if (details.tender() != null && details.tender().isTaken()) {
      return Optional.of("It was paid with points, which are one member's.");
    }
    var staying =
        travellers(details, id -> !leaving.contains(id)).stream().map(Traveller::id).toList();
    if (staying.size() + leaving.size() != details.placed().travellers().size()
        || !haveSomethingLeft(details, leaving)
        || !haveSomethingLeft(details, staying)) {
      return Optional.of("Both orders need a passenger who has something left to fly.");
    }
    return areChildrenAlone(details, leaving) || areChildrenAlone(details, staying)
        ? Optional.of("Children would have an order without an adult: take one along.")
        : Optional.empty();
  }

  private static boolean haveSomethingLeft(Details details, Collection<PassengerId> some) {
    return details.tickets().stream()
        .anyMatch(ticket -> some.contains(ticket.passenger()) && !ticket.open().isEmpty());
  }

  /** Booked alone, or alone with documents of which all flights are lost. */
  private static boolean areChildrenAlone(Details details, Collection<PassengerId> some) {
    var left =
        some.stream()
            .filter(passenger -> haveSomethingLeft(details, List.of(passenger)))
            .map(details::type)
            .toList();
    return CancellationRules.childrenAlone(details, details.itinerary().only(some))
        || CancellationRules.areChildrenAlone(details, left);
  }

  /** What customers and staff may want of an order waits until it is split. */
  static void requireNone(OrderCommand command, Known state) {
    if (state.details().amendments().split() != null && isWanted(command)) {
      throw new OrderRefused(
          ILLEGAL_STATE, "The order is being split: ask again when it is, in a moment.");
    }
  }

  private static boolean isWanted(OrderCommand command) {
    return command instanceof OrderCommand.Cancel
        || command instanceof OrderCommand.Split
        || command instanceof OrderCommand.QuoteChange
        || command instanceof OrderCommand.ConfirmChange
        || command instanceof OrderCommand.AnswerAirlineChange
        || command instanceof OrderCommand.OrderServices
        || command instanceof OrderCommand.GiveUpServices;
  }

  /** What is booked for them is theirs; told again it is known. */
  static List<OrderEvent> record(RecordSplit split, Known state) {
    var details = state.details();
    var requested = details.amendments().split();
    if (requested == null || !requested.into().equals(split.into())) {
      return List.of();
    }
    var order = details.placed().order();
    var leaving = requested.passengers();
    var fact =
        new OrderEvent.Split(order, split.into(), leaving, shares(details, leaving), split.at());
    return state instanceof Ticketed && split(fact, details).openCoupons().isEmpty()
        ? List.of(fact, new OrderEvent.Completed(order, split.at()))
        : List.of(fact);
  }

  /** Of what was paid what the documents of passengers are worth, the first payment first. */
  private static List<PaymentShare> shares(Details details, List<PassengerId> leaving) {
    var left = worth(details, leaving);
    var shares = new ArrayList<PaymentShare>();
    for (var payment : details.payments()) {
      var rest = payment.amount().minus(details.account().refunded(payment));
      var share = left.isLessThan(rest) ? left : rest;
      if (payment.status() == PaymentStatus.CAPTURED && share.isPositive()) {
        shares.add(new PaymentShare(payment.id(), share));
        left = left.minus(share);
      }
    }
    return shares;
  }

  private static Money worth(Details details, Collection<PassengerId> some) {
    return worth(details.documents().only(some), details)
        .plus(details.sales().only(some).worth(details.zero().getCurrencyUnit()));
  }

  /** The order of those who stay. */
  static Details split(OrderEvent.Split split, Details details) {
    var leaving = split.passengers();
    var staying = travellers(details, id -> !leaving.contains(id));
    var ids = staying.stream().map(Traveller::id).toList();
    var documents = details.documents().only(ids);
    return new Details(
        SplitFacts.with(details.placed(), staying),
        new Details.Sale(
            price(details, leaving),
            details.total().minus(worth(details.documents().only(leaving), details)),
            details.conditions(),
            null,
            details.locator(),
            details.payBy()),
        details.itinerary().only(ids),
        details.account().without(split.payments(), documents),
        documents,
        new Amendments(
            details.airlineChanges().stream()
                .map(change -> change.isOpen() ? change.without(leaving) : change)
                .toList(),
            details.changes(),
            details.sales().staying(ids),
            null));
  }

  /**
   * The first facts of the order of those who leave.
   *
   * @param before the other order before they left it
   * @param locator by which what is booked for them is found
   */
  public static OrderEvent.SplitOff splitOff(
      OrderEvent.Split split, Details before, RecordLocator locator) {
    var leaving = split.passengers();
    var staying = travellers(before, id -> !leaving.contains(id));
    var order = split.into();
    var documents = before.documents().only(leaving);
    var numbers = documents.tickets().stream().map(IssuedTicket::number).toList();
    return new OrderEvent.SplitOff(
        order,
        before.placed().order(),
        before.placed().channel(),
        locator,
        travellers(before, leaving::contains),
        new Terms(
            price(before, staying.stream().map(Traveller::id).toList()),
            before.conditions(),
            null,
            before.payBy()),
        before.itinerary().only(leaving).segments().stream()
            .map(s -> new SplitFlight(s.segment(), s.passengers(), s.standing().name()))
            .toList(),
        documents.tickets().stream()
            .map(
                t ->
                    new SplitDocument(
                        t.ticket(), t.issuedAt(), t.conditions(), t.isExchange(), t.coupons()))
            .toList(),
        before.sales().only(leaving).all().stream()
            .filter(sale -> sale.status() == ServiceSale.Status.ISSUED)
            .map(SplitFacts::services)
            .toList(),
        split.payments(),
        before.account().penalties().stream()
            .filter(penalty -> numbers.contains(penalty.ticket()))
            .toList(),
        before.openChanges().stream()
            .filter(change -> !Collections.disjoint(change.passengers(), leaving))
            .map(change -> SplitFacts.opened(change, order, leaving, split.at()))
            .toList(),
        documents.boardingPasses().stream()
            .map(
                pass ->
                    new OrderEvent.BoardingPassIssued(
                        order, pass.coupon(), pass.seat(), pass.sequence(), split.at()))
            .toList(),
        split.at());
  }

  /** With it an order begins; it is over at once if all is flown. */
  public static List<OrderEvent> beginning(OrderEvent.SplitOff off) {
    return splitOff(off).openCoupons().isEmpty()
        ? List.of(off, new OrderEvent.Completed(off.order(), off.at()))
        : List.of(off);
  }

  /** The order of those who left. */
  static Details splitOff(OrderEvent.SplitOff off) {
    var tickets =
        off.documents().stream()
            .map(
                d ->
                    new IssuedTicket(
                        d.ticket(), d.issuedAt(), d.conditions(), d.isExchange(), d.coupons()))
            .toList();
    var itinerary =
        new Itinerary(
            off.flights().stream()
                .map(
                    f ->
                        new ItinerarySegment(
                            f.segment(), f.passengers(), Standing.valueOf(f.standing())))
                .toList());
    var documents =
        new Documents(
            tickets,
            List.of(),
            off.passes().stream()
                .map(pass -> new BoardingPass(pass.coupon(), pass.seat(), pass.sequence()))
                .toList());
    var sales = ServiceSales.NONE;
    for (var services : off.services()) {
      sales = sales.with(off.order(), services);
    }
    var details =
        new Details(
            SplitFacts.placed(off),
            Details.Sale.of(
                off.terms().price(),
                off.terms().conditions(),
                null,
                off.locator(),
                off.terms().payBy()),
            itinerary,
            new Account(
                off.payments().stream()
                    .map(p -> new Payment(p.payment(), p.amount(), PaymentStatus.CAPTURED))
                    .toList(),
                List.of(),
                off.penalties(),
                off.order(),
                null),
            documents,
            new Amendments(
                off.changes().stream().map(AirlineChange::of).toList(), List.of(), sales, null));
    return details.with(details.sale().with(worth(documents, details)));
  }

  private static Money worth(Documents documents, Details details) {
    return Quotes.worth(details.with(documents));
  }

  private static List<Traveller> travellers(Details details, Predicate<PassengerId> which) {
    return details.placed().travellers().stream().filter(t -> which.test(t.id())).toList();
  }

  /** Of those who have documents: who gave up before they were paid for is not in the price. */
  private static Price price(Details details, Collection<PassengerId> without) {
    var priced = details.documents().only(without).tickets();
    return details
        .price()
        .without(
            priced.stream().map(IssuedTicket::passenger).distinct().map(details::type).toList());
  }
}
