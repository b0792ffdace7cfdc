package aero.contrail.order.model;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Price;
import aero.contrail.events.RecordLocator;
import aero.contrail.order.model.OrderState.BoardingPass;
import aero.contrail.order.model.OrderState.FlownEarly;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Refund;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What an order consists of, whatever its status.
 *
 * @param price what it costs, or cost when it was paid for
 */
public record Details(
    OrderEvent.Placed placed,
    Price price,
    FareConditions conditions,
    Itinerary itinerary,
    @Nullable RecordLocator locator,
    Instant payBy,
    Account account,
    List<IssuedTicket> tickets,
    List<FlownEarly> flownEarly,
    List<BoardingPass> boardingPasses,
    List<AirlineChange> airlineChanges) {

  public Details {
    tickets = List.copyOf(tickets);
    flownEarly = List.copyOf(flownEarly);
    boardingPasses = List.copyOf(boardingPasses);
    airlineChanges = List.copyOf(airlineChanges);
  }

  static Details of(OrderEvent.Placed placed, List<Payment> payments) {
    return new Details(
        placed,
        placed.terms().price(),
        placed.terms().conditions(),
        Itinerary.of(placed.segments(), placed.travellers()),
        null,
        placed.terms().payBy(),
        Account.of(payments),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  public List<Payment> payments() {
    return account.payments();
  }

  public Optional<Payment> payment(PaymentId id) {
    return account.payment(id);
  }

  public Optional<Payment> payment(PaymentStatus status) {
    return account.payment(status);
  }

  public List<Refund> refunds() {
    return account.refunds();
  }

  public Optional<BoardingPass> boardingPass(CouponRef coupon) {
    return boardingPasses.stream().filter(pass -> pass.coupon().equals(coupon)).findFirst();
  }

  public Optional<AirlineChange> airlineChange(UUID id) {
    return airlineChanges.stream().filter(change -> change.id().equals(id)).findFirst();
  }

  /** What the airline changed and the customer is asked about. */
  public List<AirlineChange> openChanges() {
    return airlineChanges.stream().filter(AirlineChange::isOpen).toList();
  }

  public PassengerType type(PassengerId passenger) {
    return placed.travellers().stream()
        .filter(traveller -> traveller.id().equals(passenger))
        .findFirst()
        .orElseThrow()
        .type();
  }

  /** The document of a passenger for a flight; of several the last, which replaced the others. */
  public Optional<IssuedTicket> ticket(PassengerId passenger, FlightId flight) {
    return tickets.stream()
        .filter(ticket -> ticket.passenger().equals(passenger) && ticket.status(flight) != null)
        .reduce((_, last) -> last);
  }

  /** What of some passengers on some flights can still become something. */
  List<CouponRef> openCoupons(Collection<OrderEvent.Part> parts) {
    return tickets.stream()
        .flatMap(
            ticket ->
                ticket.open().stream()
                    .filter(
                        coupon ->
                            parts.stream()
                                .anyMatch(
                                    part ->
                                        part.flight().equals(coupon.flight())
                                            && part.passengers().contains(ticket.passenger()))))
        .toList();
  }

  /** Those of a segment whose coupon for it can still become something. */
  List<PassengerId> open(ItinerarySegment segment) {
    return segment.standing() == ItinerarySegment.Standing.CANCELLED
        ? List.of()
        : segment.passengers().stream()
            .filter(p -> !openCoupons(List.of(part(segment.flight(), p))).isEmpty())
            .toList();
  }

  private static OrderEvent.Part part(FlightId flight, PassengerId passenger) {
    return new OrderEvent.Part(flight, List.of(passenger));
  }

  /** Whether somebody is checked in or aboard: the airport has to let him go first. */
  public boolean isAtAirport() {
    return openCoupons().stream().anyMatch(this::isAtAirport);
  }

  /** Whether its passenger is checked in or aboard. */
  boolean isAtAirport(CouponRef coupon) {
    return tickets.stream()
        .filter(ticket -> ticket.number().equals(coupon.ticket()))
        .map(ticket -> ticket.status(coupon.flight()))
        .anyMatch(status -> status == CouponStatus.C || status == CouponStatus.L);
  }

  /** Whether a coupon is a passenger's who is checked in with it. */
  public boolean goesAboard(CouponRef coupon, String passenger) {
    return isAtAirport(coupon)
        && tickets.stream()
            .filter(ticket -> ticket.number().equals(coupon.ticket()))
            .anyMatch(ticket -> ticket.passenger().value().equals(passenger));
  }

  /** The coupons of which something can still become. */
  public List<CouponRef> openCoupons() {
    return tickets.stream().flatMap(ticket -> ticket.open().stream()).toList();
  }

  public Money total() {
    return price.total();
  }

  Money zero() {
    return Money.zero(total().getCurrencyUnit());
  }

  Details held(@Nullable RecordLocator newLocator, Instant newPayBy) {
    return new Details(
        placed,
        price,
        conditions,
        itinerary,
        newLocator,
        newPayBy,
        account,
        tickets,
        flownEarly,
        boardingPasses,
        airlineChanges);
  }

  /** With another itinerary than was ordered first. */
  Details chosen(int choice) {
    var waitlist = placed.waitlist();
    if (choice == 0 || waitlist == null) {
      return this;
    }
    var chosen = waitlist.anyOf().get(choice - 1);
    return new Details(
        placed,
        chosen.price(),
        chosen.conditions(),
        Itinerary.of(chosen.segments(), placed.travellers()),
        locator,
        payBy,
        account,
        tickets,
        flownEarly,
        boardingPasses,
        airlineChanges);
  }

  Details with(Price newPrice) {
    return new Details(
        placed,
        newPrice,
        conditions,
        itinerary,
        locator,
        payBy,
        account,
        tickets,
        flownEarly,
        boardingPasses,
        airlineChanges);
  }

  Details with(Itinerary changed) {
    return new Details(
        placed,
        price,
        conditions,
        changed,
        locator,
        payBy,
        account,
        tickets,
        flownEarly,
        boardingPasses,
        airlineChanges);
  }

  Details with(Account changed) {
    return new Details(
        placed,
        price,
        conditions,
        itinerary,
        locator,
        payBy,
        changed,
        tickets,
        flownEarly,
        boardingPasses,
        airlineChanges);
  }

  Details withTickets(List<IssuedTicket> changed) {
    return new Details(
        placed,
        price,
        conditions,
        itinerary,
        locator,
        payBy,
        account,
        changed,
        flownEarly,
        boardingPasses,
        airlineChanges);
  }

  Details withFlownEarly(List<FlownEarly> changed) {
    return new Details(
        placed,
        price,
        conditions,
        itinerary,
        locator,
        payBy,
        account,
        tickets,
        changed,
        boardingPasses,
        airlineChanges);
  }

  Details withBoardingPasses(List<BoardingPass> changed) {
    return new Details(
        placed,
        price,
        conditions,
        itinerary,
        locator,
        payBy,
        account,
        tickets,
        flownEarly,
        changed,
        airlineChanges);
  }

  Details withAirlineChanges(List<AirlineChange> changed) {
    return new Details(
        placed,
        price,
        conditions,
        itinerary,
        locator,
        payBy,
        account,
        tickets,
        flownEarly,
        boardingPasses,
        changed);
  }
}
