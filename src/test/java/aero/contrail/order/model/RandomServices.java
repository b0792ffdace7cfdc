package aero.contrail.order.model;

import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OTHER;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.ORDER;
import static aero.contrail.order.model.OrderDeciderTests.usd;

import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What customers, reservation and the bank can do about services, at random. */
final class RandomServices {

  private static final SpaceRefusal TAKEN =
      new SpaceRefusal(OUT, SpaceRefusal.Kind.SEAT, "12C: taken");

  private static final List<ServiceKind> KINDS = List.of(ServiceKind.values());

  private final Random random;

  RandomServices(Random random) {
    this.random = random;
  }

  /** Null when nothing can be done. */
  @Nullable OrderCommand next(Details details, long serial, Instant now) {
    var open = details.sales().underWay().stream().findFirst();
    if (open.isPresent() && random.nextInt(6) > 0) {
      return step(details, open.get(), serial, now);
    }
    var sold = details.sales().live();
    return sold.isEmpty() || random.nextInt(3) > 0
        ? order(now)
        : new OrderCommand.GiveUpServices(
            UUID.randomUUID(),
            List.of(sold.get(random.nextInt(sold.size())).id()),
            random.nextBoolean(),
            now);
  }

  /** What comes with an order. */
  OrderEvent wanted() {
    var services = some();
    return new OrderEvent.ServicesWanted(ORDER, services, price(services), NOON);
  }

  private List<Ancillary> some() {
    var services = new ArrayList<Ancillary>();
    for (var i = 0; i <= random.nextInt(2); i++) {
      services.add(service());
    }
    return services;
  }

  private static Money price(List<Ancillary> services) {
    return services.stream().map(Ancillary::price).reduce(usd("0.00"), Money::plus);
  }

  private OrderCommand order(Instant now) {
    var services = some();
    var due = price(services);
    var payment = due.isZero() ? null : new PaymentId(UUID.randomUUID());
    return new OrderCommand.OrderServices(UUID.randomUUID(), services, payment, due, now);
  }

  private Ancillary service() {
    var kind = KINDS.get(random.nextInt(KINDS.size()));
    return new Ancillary(
        UUID.randomUUID(),
        Family.ALL.get(random.nextInt(Family.ALL.size())),
        List.of(OUT, BACK, BACK, OTHER).get(random.nextInt(4)),
        kind,
        "CODE" + random.nextInt(3),
        "Something",
        1 + random.nextInt(2),
        kind == ServiceKind.SEAT ? "12C" : null,
        usd("%d.%02d".formatted(random.nextInt(40), random.nextInt(2) * 35)),
        random.nextBoolean());
  }

  private @Nullable OrderCommand step(Details details, ServiceSale sale, long serial, Instant now) {
    var goesWell = random.nextInt(8) > 0;
    var asked = details.payment(sale).filter(Payment::isUndecided);
    if (sale.status() == ServiceSale.Status.ORDERED && (asked.isEmpty() || random.nextBoolean())) {
      return goesWell
          ? new OrderCommand.RecordServices(sale.id(), serial, now)
          : new OrderCommand.RecordServicesRefusal(sale.id(), TAKEN, now);
    }
    return details.payment(sale).map(payment -> pay(payment, goesWell, now)).orElse(null);
  }

  private static @Nullable OrderCommand pay(Payment payment, boolean goesWell, Instant now) {
    if (payment.isUndecided()) {
      return goesWell
          ? new OrderCommand.RecordAuthorization(payment.id(), payment.amount(), now)
          : new OrderCommand.RecordDecline(payment.id(), "no", Duration.ofMinutes(45), now);
    }
    return goesWell || payment.status() != PaymentStatus.AUTHORIZED
        ? null
        : new OrderCommand.RecordCaptureRefusal(payment.id(), "no", now);
  }
}
