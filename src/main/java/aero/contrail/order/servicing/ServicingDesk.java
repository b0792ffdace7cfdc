package aero.contrail.order.servicing;

import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderId;
import aero.contrail.order.ChannelZones;
import aero.contrail.order.Loaded;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.Orders;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.order.model.CancellationRules;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.OrderState;
import aero.contrail.order.model.Quotes;
import aero.contrail.order.servicing.Cancellations.Cancellation;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a customer can do with an order that he has: give up all of it or a part, and answer what
 * the airline changed. The changing methods need the caller's transaction.
 */
@Component
class ServicingDesk {

  private static final Duration QUOTE_LIFETIME = Duration.ofMinutes(15);

  private final Orders orders;
  private final OrderCommands commands;
  private final Cancellations cancellations;
  private final ChannelZones zones;
  private final Clock clock;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  ServicingDesk(
      Orders orders,
      OrderCommands commands,
      Cancellations cancellations,
      ChannelZones zones,
      Clock clock) {
    this.orders = orders;
    this.commands = commands;
    this.cancellations = cancellations;
    this.zones = zones;
    this.clock = clock;
  }

  /**
   * Says what it would give back to cancel passengers or flights.
   *
   * @param passengers none: all
   * @param flights none: all
   * @throws Problem when the order is not the caller's, or these cannot be cancelled now
   */
  Cancellation quote(OrderId id, List<String> passengers, List<String> flights, Caller caller) {
    var now = clock.instant();
    var order = OrderDesk.require(orders.lock(id), id, caller);
    var state = order.state();
    var parts = parts(state, passengers, flights);
    var details = state.details();
    var zone = zones.of(details.placed().channel());
    var quote = Quotes.voluntary(details, parts, now, zone);
    var expires = now.plus(QUOTE_LIFETIME);
    if (quote.voided()) {
      var deadline = Quotes.voidDeadline(details, zone);
      expires = deadline.isBefore(expires) ? deadline : expires;
    }
    OrderDesk.refusing(
        () -> {
          var _ =
              CancellationRules.cancel(new OrderCommand.Cancel(ids.generate(), quote, now), state);
        });
    var cancellation =
        new Cancellation(
            ids.generate(), id, order.version(), Cancellations.Status.QUOTED, quote, expires);
    cancellations.insert(cancellation, now);
    return cancellation;
  }

  private static @Nullable List<Part> parts(
      OrderState.Known state, List<String> passengers, List<String> flights) {
    var details = state.details();
    var all = CancellationRules.left(details);
    requireKnown(
        passengers,
        "/passengerIds/%d",
        id ->
            all.stream().flatMap(p -> p.passengers().stream()).anyMatch(p -> p.value().equals(id)));
    requireKnown(
        flights,
        "/flightIds/%d",
        id -> all.stream().anyMatch(part -> part.flight().value().equals(id)));
    var parts = CancellationRules.parts(state, passengers, flights);
    if (parts == null) {
      return null;
    }
    var where = passengers.isEmpty() ? "/flightIds" : "/passengerIds";
    if (parts.isEmpty()) {
      throw Problem.invalid(
          where, "not_travelling", "None of the passengers is on one of the flights.");
    }
    if (CancellationRules.leavesChildrenAlone(details, parts)) {
      throw Problem.invalid(
          where, "child_alone", "Children would be left without an adult: name them, too.");
    }
    if (details.tickets().isEmpty() && !flights.isEmpty()) {
      throw Problem.invalid(
          "/flightIds",
          "not_ticketed",
          "Single flights can be cancelled once there are tickets: place another order.");
    }
    return parts;
  }

  private static void requireKnown(
      List<String> ids, String pointer, Function<String, Boolean> isKnown) {
    for (var i = 0; i < ids.size(); i++) {
      if (!isKnown.apply(ids.get(i))) {
        throw Problem.invalid(
            pointer.formatted(i), "unknown", "The order has no %s now.".formatted(ids.get(i)));
      }
    }
  }

  /**
   * Does what was quoted.
   *
   * @throws Problem when the quote is unknown, superseded or expired, or the order has changed
   *     since
   */
  Cancellation confirm(OrderId id, UUID cancellationId, Caller caller) {
    var order = OrderDesk.require(orders.lock(id), id, caller);
    var cancellation = cancellation(id, cancellationId);
    switch (cancellation.status()) {
      case CONFIRMED ->
          throw new Problem(ProblemCode.ILLEGAL_STATE, "The cancellation was confirmed before.");
      case SUPERSEDED -> throw new Problem(ProblemCode.QUOTE_SUPERSEDED, "There is a newer quote.");
      case QUOTED -> {
        if (!clock.instant().isBefore(cancellation.expiresAt())) {
          throw new Problem(
              ProblemCode.QUOTE_EXPIRED, "It expired at " + cancellation.expiresAt() + ".");
        }
        if (order.version() != cancellation.orderVersion()) {
          throw new Problem(ProblemCode.QUOTE_SUPERSEDED, "The order has changed since the quote.");
        }
      }
    }
    commands.decide(
        id, new OrderCommand.Cancel(cancellationId, cancellation.quote(), clock.instant()));
    cancellations.confirm(cancellationId);
    return new Cancellation(
        cancellationId,
        id,
        cancellation.orderVersion(),
        Cancellations.Status.CONFIRMED,
        cancellation.quote(),
        cancellation.expiresAt());
  }

  /**
   * A quote of an order that the caller may see.
   *
   * @throws Problem when there is none
   */
  Cancellation cancellation(OrderId id, UUID cancellationId) {
    return cancellations
        .find(id, cancellationId)
        .orElseThrow(() -> Problem.notFound("cancellation", cancellationId));
  }

  /**
   * What the airline changed of an order.
   *
   * @throws Problem when it changed nothing of that id
   */
  static AirlineChange airlineChange(Loaded order, UUID change) {
    return order
        .state()
        .details()
        .airlineChange(change)
        .orElseThrow(() -> Problem.notFound("airline change", change));
  }

  /**
   * Takes what the airline offers instead, or gives up all that is unflown.
   *
   * @throws Problem when there is no such change, or it was answered before
   */
  AirlineChange answer(OrderId id, UUID change, boolean accept, Caller caller) {
    var open = airlineChange(OrderDesk.require(orders.lock(id), id, caller), change);
    commands.decide(
        id, new OrderCommand.AnswerAirlineChange(change, accept, ids.generate(), clock.instant()));
    return open.answered(accept);
  }
}
