package aero.contrail.order.servicing;

import aero.contrail.events.FlightId;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.ChangeLine;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Traveller;
import aero.contrail.order.amendment.VoluntaryChange;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.ServiceLossRules;
import aero.contrail.order.servicing.AirlineChangeController.AddedFlight;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A change. No amount is below zero.
 *
 * @param newTotal what the documents of the order are worth after it
 * @param penalty what the fare keeps
 * @param addCollect what is to be paid in addition, the penalty included
 * @param refund what goes back, less the penalty
 * @param services that go with the flights that are given up, and what goes back for each, beside
 *     the refund; none once it is decided
 * @param reason why nothing became of it
 */
record ChangeView(
    UUID id,
    OrderId orderId,
    VoluntaryChange.Status status,
    List<PassengerId> passengerIds,
    List<FlightId> removed,
    List<AddedFlight> added,
    Money newTotal,
    Money penalty,
    Money addCollect,
    Money refund,
    List<ChangeLine> lines,
    List<LostServiceView> services,
    Instant expiresAt,
    @Nullable PaymentId paymentId,
    @Nullable String reason) {

  /** A service that is not wanted any more when its flight is not. */
  record LostServiceView(
      UUID id,
      ServiceKind kind,
      String code,
      PassengerId passengerId,
      FlightId flightId,
      Money paid,
      Money refundable) {

    static LostServiceView of(Ancillary service, Details details) {
      return new LostServiceView(
          service.id(),
          service.kind(),
          service.code(),
          service.passenger(),
          service.flight(),
          service.price(),
          ServiceLossRules.refund(details, service, false));
    }
  }

  static ChangeView of(VoluntaryChange change, Details details) {
    var quoted = change.quoted();
    var cost = quoted.cost();
    var isAhead = change.isOpen() || change.isUnderWay();
    return new ChangeView(
        change.id(),
        quoted.order(),
        change.status(),
        quoted.travellers().stream().map(Traveller::id).toList(),
        quoted.parts().stream().map(Part::flight).toList(),
        quoted.added().stream().map(AddedFlight::of).toList(),
        cost.newTotal(),
        cost.penalty(),
        cost.addCollect(),
        cost.refund(),
        cost.lines(),
        isAhead
            ? ServiceLossRules.of(details, quoted.parts()).stream()
                .map(service -> LostServiceView.of(service, details))
                .toList()
            : List.of(),
        quoted.expiresAt(),
        change.payment(),
        change.refusal() == null ? change.reason() : change.refusal().words());
  }
}
