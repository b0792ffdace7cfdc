package aero.contrail.order.model;

import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.PassengerId;
import aero.contrail.order.model.OrderCommand.CorrectDetails;
import aero.contrail.order.model.OrderCommand.ErasePersonalData;
import aero.contrail.order.model.OrderCommand.OfPeople;
import aero.contrail.order.model.OrderState.Cancelled;
import aero.contrail.order.model.OrderState.Completed;
import aero.contrail.order.model.OrderState.Confirming;
import aero.contrail.order.model.OrderState.Expired;
import aero.contrail.order.model.OrderState.Failed;
import aero.contrail.order.model.OrderState.Held;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.Placed;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.model.OrderState.Rejected;
import aero.contrail.order.model.OrderState.Ticketed;
import aero.contrail.order.model.OrderState.Waitlisted;
import java.time.Instant;
import java.util.List;

/** When names may be corrected, and when they may be forgotten. */
final class PersonalDataRules {

  private PersonalDataRules() {}

  static List<OrderEvent> decide(OfPeople command, Known state) {
    var order = state.details().placed().order();
    return switch (command) {
      case CorrectDetails(var passengers, var contact, var reference, var at) -> {
        requireNotAtAirport(state.details(), passengers);
        yield List.of(new OrderEvent.DetailsCorrected(order, passengers, contact, reference, at));
      }
      case ErasePersonalData(var at) -> {
        requireOver(state, at);
        yield List.of(new OrderEvent.PersonalDataErased(order, at));
      }
    };
  }

  /** His boarding pass shows his name, and the airport goes by it. */
  private static void requireNotAtAirport(Details details, List<PassengerId> passengers) {
    for (var coupon : details.openCoupons()) {
      for (var passenger : passengers) {
        if (details.goesAboard(coupon, passenger.value())) {
          throw new OrderRefused(
              ILLEGAL_STATE,
              "%s is checked in: the airport has to take him off first.".formatted(passenger));
        }
      }
    }
  }

  /** Whoever is still to fly, to pay or to be paid must be known by name. */
  private static void requireOver(Known state, Instant at) {
    var details = state.details();
    if (!isOver(state, at)
        || details.undecidedPayment().isPresent()
        || !PaymentRules.settle(state).isEmpty()
        || details.refunds().stream().anyMatch(PersonalDataRules::isUnsettled)) {
      throw new OrderRefused(
          ILLEGAL_STATE,
          "The order is %s: names are needed until it is flown or given up, and money is back."
              .formatted(state.status()));
    }
  }

  private static boolean isOver(Known state, Instant at) {
    return switch (state) {
      case Placed _, Waitlisted _, Held _, Confirming _ -> false;
      case Ticketed(var details) ->
          !details.isAtAirport()
              && details.itinerary().active().stream()
                  .allMatch(s -> s.segment().leg().arrival().toInstant().isBefore(at));
      case Completed _, Rejected _, Expired _, Failed _, Cancelled _ -> true;
    };
  }

  private static boolean isUnsettled(Refund refund) {
    return switch (refund.status()) {
      case DUE, FAILED -> true;
      case DONE, RETRIED, PAID_OTHERWISE, WRITTEN_OFF -> false;
    };
  }
}
