package aero.contrail.order;

import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.PaymentId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.TicketNumber;
import aero.contrail.events.Traveller;
import aero.contrail.order.ancillary.ServiceView;
import aero.contrail.order.document.TicketRules;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.CancellationRules;
import aero.contrail.order.model.ChangeQuotes;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.IssuedTicket;
import aero.contrail.order.model.OrderState;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.RefundStatus;
import aero.contrail.order.model.OrderStatus;
import aero.contrail.order.model.Quotes;
import aero.contrail.order.person.PersonalData.Contact;
import aero.contrail.order.person.PersonalData.People;
import aero.contrail.order.tender.PaymentView;
import aero.contrail.web.ETags;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** An order as the API shows it. */
public record OrderView(
    OrderId id,
    OrderStatus status,
    @Nullable String statusReason,
    int version,
    @Nullable RecordLocator recordLocator,
    Instant placedAt,
    @Nullable Instant payBy,
    @Nullable Instant waitsUntil,
    Money total,
    List<OrderedFlight> flights,
    List<PassengerView> passengers,
    List<ServiceView> services,
    @Nullable Contact contact,
    List<PaymentView> payments,
    List<RefundView> refunds,
    boolean actionRequired,
    List<ActionView> availableActions,
    List<ObstacleView> unavailableActions,
    @JsonIgnore String tag) {

  /** The same with where the customer has to act. */
  OrderView withActions(Function<PaymentId, Optional<String>> addresses) {
    return payments.stream().noneMatch(p -> p.status() == PaymentStatus.ACTION_REQUIRED)
        ? this
        : with(
            payments.stream().map(p -> p.at(addresses.apply(p.id()))).toList(),
            availableActions,
            unavailableActions,
            tag);
  }

  /** The same without actions: nothing can be done with what is past. */
  OrderView asOfThen() {
    return with(payments, List.of(), List.of(), ETags.of(version, "as of then"));
  }

  private OrderView with(
      List<PaymentView> paid,
      List<ActionView> actions,
      List<ObstacleView> obstacles,
      String newTag) {
    return new OrderView(
        id,
        status,
        statusReason,
        version,
        recordLocator,
        placedAt,
        payBy,
        waitsUntil,
        total,
        flights,
        passengers,
        services,
        contact,
        paid,
        refunds,
        actionRequired,
        actions,
        obstacles,
        newTag);
  }

  /**
   * Segment status: HK confirmed or held, HL waitlisted, TK changed by the airline, UN unable, XX
   * cancelled; null before it is decided.
   *
   * @param passengerIds whom it concerns
   */
  record OrderedFlight(
      FlightId flightId,
      String fareClass,
      @Nullable String status,
      String origin,
      String destination,
      OffsetDateTime departure,
      OffsetDateTime arrival,
      List<PassengerId> passengerIds) {}

  record PassengerView(
      PassengerId id,
      PassengerType type,
      @Nullable String givenName,
      @Nullable String familyName,
      @Nullable LocalDate bornOn,
      @Nullable MemberNumber memberNumber,
      List<TicketView> tickets) {}

  public record TicketView(TicketNumber number, int checkDigit, List<CouponView> coupons) {

    public static TicketView of(IssuedTicket ticket) {
      return new TicketView(
          ticket.number(),
          TicketRules.checkDigit(ticket.number()),
          IntStream.range(0, ticket.coupons().size())
              .mapToObj(
                  i ->
                      new CouponView(
                          i + 1,
                          ticket.ticket().coupons().get(i).flight(),
                          ticket.ticket().coupons().get(i).fareClass(),
                          ticket.coupons().get(i)))
              .toList());
    }
  }

  public record CouponView(int number, FlightId flightId, String fareClass, CouponStatus status) {}

  record RefundView(UUID id, PaymentId paymentId, RefundStatus status, Money amount) {}

  /** Something that can be done now, until when, and what it costs. */
  record ActionView(String action, @Nullable Instant deadline, @Nullable Money cost) {}

  /** What customers ask for and cannot be done now, and why. */
  record ObstacleView(String action, String reason) {}

  /**
   * @param people null when they were erased
   * @param now for the actions that are possible; they are in the tag, too
   */
  static OrderView of(
      Known state, int version, @Nullable People people, Instant now, ZoneId channelZone) {
    var details = state.details();
    var placed = details.placed();
    var actions = actions(state, now, channelZone);
    return new OrderView(
        placed.order(),
        state.status(),
        state.reason(),
        version,
        details.locator(),
        placed.at(),
        state instanceof OrderState.Held || state instanceof OrderState.Placed
            ? details.payBy()
            : null,
        state instanceof OrderState.Waitlisted ? details.payBy() : null,
        details.due(),
        details.itinerary().segments().stream().map(segment -> flight(segment, state)).toList(),
        placed.travellers().stream().map(t -> passenger(t, details, people)).toList(),
        ServiceView.all(details),
        people == null ? null : people.contact(),
        PaymentView.all(details),
        details.refunds().stream()
            .map(r -> new RefundView(r.id(), r.payment(), r.status(), r.amount()))
            .toList(),
        state instanceof OrderState.Ticketed && !details.openChanges().isEmpty(),
        actions,
        obstacles(state, actions, now),
        actions.equals(actions(state, placed.at(), channelZone))
            ? ETags.of(version)
            : ETags.of(version, actions)); // time alone has changed what can be done
  }

  private static OrderedFlight flight(ItinerarySegment flown, Known state) {
    var segment = flown.segment();
    return new OrderedFlight(
        segment.flight(),
        segment.fareClass(),
        isFlown(flown, state)
            ? "HK"
            : switch (flown.standing()) {
              case BOOKED -> segmentStatus(state);
              case CHANGED -> "HK".equals(segmentStatus(state)) ? "TK" : segmentStatus(state);
              case UNABLE -> "UN";
              case CANCELLED, FORFEITED -> "XX";
            },
        segment.leg().origin(),
        segment.leg().destination(),
        segment.leg().departure().toOffsetDateTime(),
        segment.leg().arrival().toOffsetDateTime(),
        flown.passengers());
  }

  /** What was flown stays confirmed, whatever becomes of the rest. */
  private static boolean isFlown(ItinerarySegment segment, Known state) {
    return state.details().tickets().stream()
        .filter(ticket -> segment.passengers().contains(ticket.passenger()))
        .anyMatch(ticket -> ticket.status(segment.flight()) == CouponStatus.F);
  }

  private static @Nullable String segmentStatus(Known state) {
    return switch (state) {
      case OrderState.Placed _ -> null;
      case OrderState.Waitlisted _ -> "HL";
      case OrderState.Held _,
          OrderState.Confirming _,
          OrderState.Ticketed _,
          OrderState.Completed _ ->
          "HK";
      case OrderState.Rejected _, OrderState.Failed _ -> "UN";
      case OrderState.Expired _ -> "XX";
      case OrderState.Cancelled(_, var how) ->
          switch (how.cause()) {
            case CUSTOMER, NO_SHOW -> "XX";
            case FLIGHT_CANCELLED -> "UN";
          };
    };
  }

  private static PassengerView passenger(
      Traveller traveller, Details details, @Nullable People people) {
    var person = people == null ? null : people.passenger(traveller.id());
    return new PassengerView(
        traveller.id(),
        traveller.type(),
        person == null ? null : person.givenName(),
        person == null ? null : person.familyName(),
        person == null ? null : person.bornOn(),
        traveller.member(),
        details.tickets().stream()
            .filter(ticket -> ticket.passenger().equals(traveller.id()))
            .map(TicketView::of)
            .toList());
  }

  private static List<ActionView> actions(Known state, Instant now, ZoneId channelZone) {
    var details = state.details();
    var actions = new ArrayList<ActionView>();
    var free = Money.zero(details.total().getCurrencyUnit());
    var isToBePaid = state instanceof OrderState.Held && now.isBefore(details.payBy());
    if (isToBePaid) {
      actions.add(new ActionView("PAY", details.payBy(), details.due()));
    }
    if (isToBePaid || state instanceof OrderState.Waitlisted) {
      actions.add(new ActionView("CANCEL", details.payBy(), free));
    }
    if (!(state instanceof OrderState.Ticketed) || details.amendments().split() != null) {
      return actions;
    }
    if (!details.openCoupons().isEmpty() && !details.isAtAirport()) {
      var quote = Quotes.voluntary(details, null, now, channelZone);
      actions.add(
          new ActionView(
              "CANCEL",
              quote.voided() ? Quotes.voidDeadline(details, channelZone) : null,
              quote.cost()));
    }
    ChangeQuotes.penalty(details, now)
        .ifPresent(penalty -> actions.add(new ActionView("CHANGE", null, penalty)));
    for (var change : details.openChanges()) {
      actions.add(new ActionView("ACCEPT_AIRLINE_CHANGE", change.respondBy(), free));
      if (change.canBeDeclined()) {
        actions.add(new ActionView("DECLINE_AIRLINE_CHANGE", change.respondBy(), free));
      }
    }
    return actions;
  }

  private static List<ObstacleView> obstacles(Known state, List<ActionView> actions, Instant now) {
    return Stream.of("PAY", "CANCEL", "CHANGE")
        .filter(asked -> actions.stream().noneMatch(a -> a.action().equals(asked)))
        .map(asked -> new ObstacleView(asked, obstacle(asked, state, now)))
        .toList();
  }

  private static String obstacle(String action, Known state, Instant now) {
    var details = state.details();
    return switch (state) {
      case OrderState.Ticketed _ when action.equals("PAY") -> "The order is paid.";
      case OrderState.Ticketed _ when details.amendments().split() != null ->
          "The order is being split: ask again in a moment.";
      case OrderState.Ticketed _ when details.isAtAirport() -> CancellationRules.AT_AIRPORT;
      case OrderState.Ticketed _ when action.equals("CHANGE") ->
          ChangeQuotes.obstacle(details, now);
      case OrderState.Held _ when action.equals("CHANGE") ->
          "It has no documents yet: cancel it, and place another.";
      case OrderState.Held _ -> "It had to be paid by %s.".formatted(details.payBy());
      case Known _ -> "The order is %s.".formatted(state.status());
    };
  }
}
