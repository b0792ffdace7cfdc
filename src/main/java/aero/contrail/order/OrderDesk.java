package aero.contrail.order;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.EventJson;
import aero.contrail.events.Offer;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.order.ancillary.OfferedServices;
import aero.contrail.order.holding.HoldRenewals;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.OrderEvolution;
import aero.contrail.order.model.OrderRefused;
import aero.contrail.order.model.OrderState;
import aero.contrail.order.model.PointsRules;
import aero.contrail.order.payment.PaymentInstructions;
import aero.contrail.order.payment.PaymentInstructions.Draft;
import aero.contrail.order.tender.TenderChecks;
import aero.contrail.web.ETags;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import aero.contrail.web.security.SignedTokens;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What a customer can do with an order: takes requests, makes commands of them, and says why not in
 * the words of the API. The changing methods need the caller's transaction.
 */
@Component
public class OrderDesk {

  private final Orders orders;
  private final PaymentInstructions instructions;
  private final SignedTokens tokens;
  private final OfferedServices offeredServices;
  private final HoldRenewals renewals;
  private final Clock clock;
  private final Duration holdTime;
  private final Duration salesCutOff;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  OrderDesk(
      Orders orders,
      PaymentInstructions instructions,
      SignedTokens tokens,
      OfferedServices offeredServices,
      HoldRenewals renewals,
      Clock clock,
      @Value("${contrail.order.hold-time:PT15M}") Duration holdTime,
      @Value("${contrail.sales-cut-off:PT45M}") Duration salesCutOff) {
    this.orders = orders;
    this.instructions = instructions;
    this.tokens = tokens;
    this.offeredServices = offeredServices;
    this.renewals = renewals;
    this.clock = clock;
    this.holdTime = holdTime;
    this.salesCutOff = salesCutOff;
  }

  /** The id that a new order will have; known before it is placed, so that it can be watched. */
  public OrderId nextId() {
    return new OrderId(ids.generate());
  }

  public PaymentId nextPayment() {
    return new PaymentId(ids.generate());
  }

  /**
   * Decides a new order, without writing anything.
   *
   * @throws Problem when the offer is none of ours or has expired, or the party is another one
   */
  Placement prepare(OrderId id, PlaceRequest request, Caller caller) {
    var now = clock.instant();
    var offer = offer(request.offerId(), caller.channel(), now);
    var travellers = request.travellers(offer);
    var payBy = heldUntil(offer, now);
    var payment = request.payment();
    var means = payment == null ? null : payment.means("/payment");
    var waitlist =
        request.waitlist(offer, token -> offer(token, caller.channel(), now), salesCutOff, now);
    if (payment == null) {
      var segments = new ArrayList<>(offer.segments());
      if (waitlist != null) {
        waitlist.anyOf().forEach(choice -> segments.addAll(choice.segments()));
      }
      renewals.check(caller.channel(), request.contact().email(), segments, now);
    }
    var order =
        new OrderCommand.Place(
            id,
            caller.channel(),
            offer.segments(),
            travellers,
            new OrderEvent.Terms(offer.price(), offer.conditions(), offer.points(), payBy),
            means == null ? null : nextPayment(),
            means == null ? null : means.points(nextPayment()),
            request.groupId(),
            waitlist,
            List.of(),
            now);
    if (means != null) {
      TenderChecks.points(means, offer.pointsOfAll(), "/payment");
    }
    var token = means == null ? null : means.token();
    var placement = Placement.of(order, request.people(), request.externalReference(), token);
    if (!request.wantedServices().isEmpty()) {
      var details = placement.state().details();
      placement =
          placement.with(
              order.with(offeredServices.services(details, request.wantedServices(), caller, now)));
    }
    if (means != null) {
      TenderChecks.amount(means, placement.state().details(), "/payment");
    }
    return placement;
  }

  /**
   * Holds a command to the version of the order that the caller has seen, if he says which.
   *
   * @param seen the header If-Match
   * @throws Problem when the order is not the caller's, or has changed since
   */
  public void requireSeen(OrderId id, @Nullable String seen, Caller caller) {
    if (seen != null) {
      ETags.check(seen, require(orders.lock(id), id, caller).version());
    }
  }

  /**
   * @throws Problem when the order is not the caller's, or cannot be paid now
   */
  void pay(OrderId id, PaymentId payment, PaymentRequest request, Caller caller) {
    var order = require(id, caller);
    var details = order.state().details();
    var means = request.means("");
    var points = means.points(nextPayment());
    if (order.state() instanceof OrderState.Held) {
      TenderChecks.points(means, PointsRules.due(details), "");
    }
    TenderChecks.amount(means, details, "");
    refusing(
        () ->
            orders.pay(
                id,
                new OrderCommand.RequestPayment(payment, details.due(), points, clock.instant()),
                Draft.toAuthorise(payment, id, TenderChecks.byCard(means, details), means.token()),
                points != null));
  }

  /**
   * Whoever has to confirm a payment himself must be told where.
   *
   * @throws Problem when a payment of the order waits for the customer
   */
  public void requireNoAction(Details details) {
    details
        .payment(OrderState.PaymentStatus.ACTION_REQUIRED)
        .flatMap(payment -> instructions.action(payment.id()))
        .ifPresent(
            address -> {
              throw Problem.actionRequired(
                  "A payment of order %s waits for the customer to confirm it."
                      .formatted(details.placed().order()),
                  new Problem.Action(address, URI.create("/orders/" + details.placed().order())));
            });
  }

  /** An order of the caller's, which may not be there yet. */
  public Optional<Loaded> find(OrderId id, Caller caller) {
    return orders.find(id).map(order -> require(Optional.of(order), id, caller));
  }

  /**
   * An order of the caller's.
   *
   * @throws Problem when there is no such order, or it belongs to another channel: both answer
   *     alike
   */
  public Loaded require(OrderId id, Caller caller) {
    return require(orders.find(id), id, caller);
  }

  /**
   * What became of an order that somebody has watched from its beginning; empty if not all of it.
   */
  Optional<Loaded> seen(List<Recorded<DomainEvent>> facts) {
    var state = OrderEvolution.INITIAL;
    for (var fact : facts) {
      state = OrderEvolution.evolve(state, (OrderEvent) fact.event());
    }
    return state instanceof OrderState.Known known
        ? Optional.of(new Loaded(known, facts.getLast()))
        : Optional.empty();
  }

  /**
   * All facts of an order that the caller may see, oldest first.
   *
   * @throws Problem when it is not the caller's
   */
  public List<Recorded<OrderEvent>> history(OrderId id, Caller caller) {
    return orders.history(require(id, caller).order());
  }

  public static Loaded require(Optional<Loaded> found, OrderId id, Caller caller) {
    return found
        .filter(order -> caller.mayKnow(order.state().details().placed().channel()))
        .orElseThrow(() -> Problem.notFound("order", id));
  }

  /**
   * What an offer says.
   *
   * @throws Problem when it is none of ours, or has expired
   */
  public Offer offer(String token, String channel, Instant now) {
    var offer =
        tokens
            .verify(SignedTokens.Kind.OFFER, token, channel)
            .map(document -> EventJson.mapper().readValue(document, Offer.class))
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemCode.OFFER_INVALID,
                        "The offerId is not one of ours.",
                        List.of(
                            new Problem.FieldError(
                                "/offerId", "offer_invalid", "Not an offer of ours."))));
    if (!offer.expiresAt().isAfter(now)) {
      throw new Problem(
          ProblemCode.OFFER_EXPIRED, "The offer expired at " + offer.expiresAt() + ".");
    }
    return offer;
  }

  /**
   * Until when space is held for who accepts an offer now: at the most until its sales end.
   *
   * @throws Problem when they have ended
   */
  public Instant heldUntil(Offer offer, Instant now) {
    var departure = offer.segments().getFirst().leg().departure().toInstant();
    var salesEnd = departure.minus(salesCutOff);
    var until = now.plus(holdTime).isBefore(salesEnd) ? now.plus(holdTime) : salesEnd;
    if (!until.isAfter(now)) {
      throw new Problem(ProblemCode.OFFER_EXPIRED, "Sales ended at " + salesEnd + ".");
    }
    return until;
  }

  /** Why there is no space, in the words of the API; {@code then}: what follows. */
  public static Problem problem(SpaceRefusal refusal, String then) {
    return new Problem(
        code(refusal.kind()),
        "Flight %s cannot take the party: %s. %s"
            .formatted(refusal.flight(), refusal.words(), then));
  }

  /** By which programs tell such a refusal. */
  public static ProblemCode code(SpaceRefusal.Kind kind) {
    return switch (kind) {
      case SCHEDULE_CHANGED -> ProblemCode.SCHEDULE_CHANGED;
      case HOLD_LIMIT -> ProblemCode.HOLD_LIMIT;
      case SEAT -> ProblemCode.SEAT_TAKEN;
      case SPECIAL_SERVICE -> ProblemCode.SPECIAL_SERVICE_UNAVAILABLE;
      case FLIGHT_UNKNOWN,
          FLIGHT_NOT_OPEN,
          CLASS_UNKNOWN,
          CABIN_FULL,
          CLASS_FULL,
          GUARANTEED,
          GROUP,
          HOLD_LOST,
          OTHER ->
          ProblemCode.SPACE_UNAVAILABLE;
    };
  }

  /** Runs commands; what the rules refuse is said in the words of the API. */
  public static void refusing(Runnable change) {
    try {
      change.run();
    } catch (OrderRefused refused) {
      throw new Problem(
          switch (refused.reason()) {
            case ILLEGAL_STATE -> ProblemCode.ILLEGAL_STATE;
            case NOT_CHANGEABLE -> ProblemCode.NOT_CHANGEABLE;
            case ALREADY_PAID -> ProblemCode.ALREADY_PAID;
            case EXPIRED -> ProblemCode.ORDER_EXPIRED;
            case WRONG_AMOUNT -> ProblemCode.PRICE_CHANGED;
            case NOT_FOR_POINTS -> ProblemCode.NOT_FOR_POINTS;
          },
          String.valueOf(refused.getMessage()));
    }
  }
}
