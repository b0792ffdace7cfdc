package aero.contrail.order.servicing;

import aero.contrail.events.FlightId;
import aero.contrail.events.Offer;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.ChannelZones;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.Orders;
import aero.contrail.order.PaymentRequest;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.ServiceRules;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
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

  private static final String SEAT = "([1-9][0-9]{0,2})[A-Z]";

  private final Orders orders;
  private final OrderDesk desk;
  private final ChannelZones zones;
  private final Clock clock;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  ServiceDesk(Orders orders, OrderDesk desk, ChannelZones zones, Clock clock) {
    this.orders = orders;
    this.desk = desk;
    this.zones = zones;
    this.clock = clock;
  }

  /**
   * A service that is wanted.
   *
   * @param flightId has to be that of the offer, if it is given
   * @param seat for seats, and for nothing else
   * @param quantity one, if it is not given
   */
  record Wanted(
      @NotBlank @Size(max = 20_000) String serviceOfferId,
      @NotNull PassengerId passengerId,
      @Nullable @Size(max = 40) String flightId,
      @Nullable @Pattern(regexp = SEAT) String seat,
      @Nullable @Min(1) @Max(9) Integer quantity) {

    int count() {
      return quantity == null ? 1 : quantity;
    }
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
      List<Wanted> wanted,
      @Nullable PaymentRequest request,
      Caller caller) {
    var now = clock.instant();
    var details = OrderDesk.require(orders.lock(id), id, caller).state().details();
    var services = services(details, wanted, caller, now);
    var due =
        services.stream()
            .map(Ancillary::price)
            .reduce(Money.zero(details.total().getCurrencyUnit()), Money::plus);
    if (request == null) {
      if (due.isPositive()) {
        throw Problem.invalid("/payment", "not_null", "It costs %s.".formatted(due));
      }
      decide(id, new OrderCommand.OrderServices(sale, services, null, due, now));
      return;
    }
    if (!due.isPositive()) {
      throw Problem.invalid("/payment", "not_due", "It costs nothing: leave the payment out.");
    }
    OrderDesk.checkAmount(request, due, "/payment");
    OrderDesk.refusing(
        () ->
            orders.pay(
                id,
                new OrderCommand.OrderServices(sale, services, payment, due, now),
                payment,
                due,
                request.tender().token()));
  }

  private List<Ancillary> services(
      Details details, List<Wanted> wanted, Caller caller, Instant now) {
    var services = new ArrayList<Ancillary>();
    var known = new HashSet<List<Object>>();
    for (var i = 0; i < wanted.size(); i++) {
      var where = "/services/" + i;
      var one = wanted.get(i);
      var offer = desk.service(one.serviceOfferId(), where + "/serviceOfferId", caller, now);
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

  private static void check(Details details, Wanted one, Offer.Ancillary offer, String where) {
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

  private static void checkSeat(Wanted one, Offer.Ancillary offer, String where) {
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
    return details.sales().all().stream()
        .flatMap(
            sale -> sale.isUnderWay() ? sale.ordered().services().stream() : sale.live().stream())
        .filter(s -> s.passenger().equals(passenger) && s.flight().equals(flight))
        .filter(s -> s.code().equals(code))
        .mapToInt(Ancillary::quantity)
        .sum();
  }

  /** A service that was given up: what goes back, and what does not. */
  record GivenUp(UUID id, OrderId orderId, Money refund, Money penalty) {}

  /**
   * Gives a service up. Until midnight of the day on which it was sold, in the time of the channel,
   * all of its price goes back; then as its conditions say.
   *
   * @throws Problem when it is not there, or was used
   */
  GivenUp giveUp(OrderId id, UUID serviceId, Caller caller) {
    var now = clock.instant();
    var details = OrderDesk.require(orders.lock(id), id, caller).state().details();
    var sale =
        details.sales().all().stream()
            .filter(s -> s.service(serviceId).isPresent())
            .findFirst()
            .orElseThrow(() -> Problem.notFound("service", serviceId));
    var isVoidable = isVoidable(sale, zones.of(details.placed().channel()), now);
    decide(
        id, new OrderCommand.GiveUpServices(ids.generate(), List.of(serviceId), isVoidable, now));
    var service = sale.service(serviceId).orElseThrow();
    var refund = ServiceRules.refund(details, service, isVoidable);
    return new GivenUp(serviceId, id, refund, service.price().minus(refund));
  }

  private static boolean isVoidable(ServiceSale sale, ZoneId zone, Instant now) {
    var issuedAt = sale.issuedAt();
    return issuedAt != null
        && now.isBefore(issuedAt.atZone(zone).plusDays(1).with(LocalTime.MIN).toInstant());
  }

  /**
   * A sale of an order.
   *
   * @throws Problem when there is none of that id
   */
  static ServiceSale sale(Details details, UUID id) {
    return details.sales().find(id).orElseThrow(() -> Problem.notFound("sale", id));
  }

  private void decide(OrderId id, OrderCommand command) {
    OrderDesk.refusing(() -> orders.handle(List.of(new Orders.Intent(id, command))));
  }
}
