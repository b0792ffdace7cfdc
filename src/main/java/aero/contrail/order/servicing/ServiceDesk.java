package aero.contrail.order.servicing;

import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.ChannelZones;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.Orders;
import aero.contrail.order.PaymentRequest;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.ancillary.OfferedServices;
import aero.contrail.order.ancillary.WantedAncillary;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.Quotes;
import aero.contrail.order.model.ServiceLossRules;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a customer can do who wants a bag, a seat or the like, or does not want it any more. The
 * changing methods need the caller's transaction.
 */
@Component
class ServiceDesk {

  private final Orders orders;
  private final OrderCommands commands;
  private final OfferedServices offers;
  private final ChannelZones zones;
  private final Clock clock;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  ServiceDesk(
      Orders orders,
      OrderCommands commands,
      OfferedServices offers,
      ChannelZones zones,
      Clock clock) {
    this.orders = orders;
    this.commands = commands;
    this.offers = offers;
    this.zones = zones;
    this.clock = clock;
  }

  /**
   * Orders services, all or none.
   *
   * @param sale the id that the sale will have
   * @param payment and its payment, if it costs something
   * @throws Problem when the order is not the caller's, or cannot have them
   */
  void order(
      OrderId id,
      UUID sale,
      PaymentId payment,
      List<WantedAncillary> wanted,
      @Nullable PaymentRequest request,
      Caller caller) {
    var now = clock.instant();
    var details = OrderDesk.require(orders.lock(id), id, caller).state().details();
    var services = offers.services(details, wanted, caller, now);
    var due = services.stream().map(Ancillary::price).reduce(details.zero(), Money::plus);
    commands.decide(
        id,
        due,
        request,
        payment,
        by -> new OrderCommand.OrderServices(sale, services, by, due, now));
  }

  /** A service that was given up: what goes back, and what does not. */
  record GivenUp(UUID id, OrderId orderId, Money refund, Money penalty) {}

  /**
   * Gives a service up. Until midnight of the day on which it was sold, in the time of the channel,
   * all of its price goes back; then as its conditions say. What is still being paid for is not
   * bought then, with all that was ordered with it.
   *
   * @throws Problem when it is not there, or was used
   */
  GivenUp giveUp(OrderId id, UUID serviceId, Caller caller) {
    var now = clock.instant();
    var details = OrderDesk.require(orders.lock(id), id, caller).state().details();
    var sale =
        details.sales().of(serviceId).orElseThrow(() -> Problem.notFound("service", serviceId));
    var isVoidable = isVoidable(sale, zones.of(details.placed().channel()), now);
    commands.decide(
        id, new OrderCommand.GiveUpServices(ids.generate(), List.of(serviceId), isVoidable, now));
    var service = sale.service(serviceId).orElseThrow();
    if (sale.isUnderWay()) { // it is not taken, or goes back whole
      return new GivenUp(serviceId, id, details.zero(), details.zero());
    }
    var refund = ServiceLossRules.refund(details, service, isVoidable);
    return new GivenUp(serviceId, id, refund, service.price().minus(refund));
  }

  private static boolean isVoidable(ServiceSale sale, ZoneId zone, Instant now) {
    var issuedAt = sale.issuedAt();
    return issuedAt != null && now.isBefore(Quotes.voidDeadline(issuedAt, zone));
  }

  /**
   * A sale of an order.
   *
   * @throws Problem when there is none of that id
   */
  static ServiceSale sale(Details details, UUID id) {
    return details.sales().find(id).orElseThrow(() -> Problem.notFound("sale", id));
  }
}
