package aero.contrail.order.model;

import aero.contrail.events.FareConditions;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.ChangeQuoted;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Traveller;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.order.amendment.VoluntaryChange.Status;
import aero.contrail.order.document.TicketRules;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.OrderCommand.RecordChangeOfSpace;
import aero.contrail.order.model.OrderState.Known;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** How documents take the place of others when flights are changed. */
final class ExchangeRules {

  private ExchangeRules() {}

  /** Space is where it is wanted: the documents follow it. */
  static List<OrderEvent> exchange(RecordChangeOfSpace moved, Known state) {
    var details = state.details();
    var found = details.change(moved.change()).filter(c -> c.status() == Status.CONFIRMING);
    if (found.isEmpty()) {
      return List.of();
    }
    var quoted = found.get().quoted();
    var given = details.openCoupons(quoted.parts());
    var conditions = new ArrayList<FareConditions>();
    for (var traveller : quoted.travellers()) {
      var before = ChangeQuotes.conditions(details, Quotes.coupons(details, given, traveller.id()));
      conditions.add(quoted.conditions().inExchangeFor(before));
    }
    return List.of(
        new OrderEvent.CouponsExchanged(
            ChangeRules.order(state),
            quoted.change(),
            details.placed().channel(),
            given,
            TicketRules.issue(
                quoted.travellers(), quoted.price(), _ -> quoted.added(), moved.serial()),
            conditions,
            quoted.cost().penalty(),
            quoted.cost().refund(),
            moved.at()));
  }

  /** What became of the order once its documents are exchanged. */
  static Details exchanged(Details details, OrderEvent.CouponsExchanged exchanged) {
    var change = details.change(exchanged.change()).orElseThrow();
    var quoted = change.quoted();
    var issued = new ArrayList<IssuedTicket>();
    for (var i = 0; i < exchanged.tickets().size(); i++) {
      issued.add(
          IssuedTicket.of(
              exchanged.tickets().get(i), exchanged.at(), exchanged.conditions().get(i), true));
    }
    var passengers = quoted.travellers().stream().map(Traveller::id).toList();
    return details
        .with(details.documents().in(exchanged.exchanged(), CouponStatus.E).with(issued))
        .with(
            details
                .itinerary()
                .without(quoted.parts(), ItinerarySegment.Standing.CANCELLED)
                .with(quoted.added(), passengers, ItinerarySegment.Standing.BOOKED))
        .with(details.sale().with(quoted.cost().newTotal()))
        .with(
            details
                .account()
                .refunding(exchanged.refund(), details.account().keys(quoted.change())))
        .with(change.in(Status.CONFIRMED))
        .withAirlineChanges(answered(details, quoted, passengers));
  }

  /** What is given for a document is as good as it. */
  static Details reissued(Details details, OrderEvent.TicketsReissued reissued) {
    var documents = details.documents().in(reissued.exchanged(), CouponStatus.E);
    for (var ticket : reissued.tickets()) {
      var before =
          details.tickets().stream()
              .filter(t -> t.passenger().equals(ticket.passenger()))
              .filter(
                  t -> reissued.exchanged().stream().anyMatch(c -> c.ticket().equals(t.number())))
              .toList();
      documents =
          documents.with(
              List.of(
                  IssuedTicket.of(
                      ticket,
                      reissued.at(),
                      before.stream()
                          .map(IssuedTicket::conditions)
                          .reduce(FareConditions::strictest)
                          .orElse(details.conditions()),
                      before.stream().anyMatch(IssuedTicket::isExchange))));
    }
    return details.with(documents);
  }

  /** Who takes other flights of his own choice is not asked about these any more. */
  private static List<AirlineChange> answered(
      Details details, ChangeQuoted quoted, Collection<PassengerId> passengers) {
    var flights = quoted.parts().stream().map(Part::flight).toList();
    return details.airlineChanges().stream()
        .map(
            asked ->
                asked.isOpen()
                        && Stream.concat(
                                asked.removed().stream(),
                                asked.added().stream().map(s -> s.flight()))
                            .anyMatch(flights::contains)
                    ? asked.without(passengers)
                    : asked)
        .toList();
  }
}
