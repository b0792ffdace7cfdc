package aero.contrail.order.ancillary;

import aero.contrail.events.FlightId;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.events.TicketNumber;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.document.TicketRules;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.ServiceLossRules;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A bag, a seat or the like of an order, as the API shows it.
 *
 * @param seat null for what is not a seat
 * @param price of all of them
 * @param refundable whether the price goes back when it is given up
 * @param reason why nothing came of it; null otherwise
 * @param document null while it is not sold, and for what costs nothing
 */
public record ServiceView(
    UUID id,
    PassengerId passengerId,
    FlightId flightId,
    ServiceKind kind,
    String code,
    String name,
    int quantity,
    @Nullable String seat,
    Money price,
    boolean refundable,
    Status status,
    @Nullable String reason,
    @Nullable DocumentView document) {

  /** How it stands. */
  public enum Status {
    /** The flight is asked for it, or it is being paid for. */
    REQUESTED,
    CONFIRMED,
    /** Nothing came of it. */
    REFUSED,
    /** Given up, or not delivered by the airline. */
    GIVEN_UP
  }

  /** An EMD; its one coupon goes with that of the ticket. */
  public record DocumentView(TicketNumber number, int checkDigit, CouponStatus status) {}

  /** All of an order that anything became of, or may, and all that came with it. */
  public static List<ServiceView> all(Details details) {
    return details.sales().all().stream()
        .filter(sale -> sale.status() != ServiceSale.Status.ABANDONED || sale.isWithOrder())
        .flatMap(sale -> of(sale, details).stream())
        .toList();
  }

  /** Those that were ordered together. */
  public static List<ServiceView> of(ServiceSale sale, Details details) {
    return sale.ordered().services().stream()
        .map(
            service ->
                new ServiceView(
                    service.id(),
                    service.passenger(),
                    service.flight(),
                    service.kind(),
                    service.code(),
                    service.name(),
                    service.quantity(),
                    service.seat(),
                    service.price(),
                    service.refundable(),
                    status(sale, service.id()),
                    sale.refusal() == null ? sale.reason() : sale.refusal().words(),
                    sale.document(service.id())
                        .map(
                            number ->
                                new DocumentView(
                                    number,
                                    TicketRules.checkDigit(number),
                                    ServiceLossRules.status(details, sale, service)))
                        .orElse(null)))
        .toList();
  }

  private static Status status(ServiceSale sale, UUID service) {
    return switch (sale.status()) {
      case WANTED, ORDERED, RESERVED ->
          sale.givenUp().contains(service) ? Status.GIVEN_UP : Status.REQUESTED;
      case ABANDONED -> Status.REFUSED;
      case ISSUED -> sale.givenUp().contains(service) ? Status.GIVEN_UP : Status.CONFIRMED;
    };
  }
}
