package aero.contrail.order.model;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Price;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.Segment;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.order.amendment.Amendments;
import aero.contrail.order.amendment.ServiceSale;
import aero.contrail.order.amendment.ServiceSales;
import aero.contrail.order.amendment.VoluntaryChange;
import aero.contrail.order.itinerary.Itinerary;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.OrderState.BoardingPass;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.payment.PointsTender;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What an order consists of, whatever its status. */
public record Details(
    OrderEvent.Placed placed,
    Sale sale,
    Itinerary itinerary,
    Account account,
    Documents documents,
    Amendments amendments) {

  /**
   * What was agreed.
   *
   * @param price what the order costs, or cost when it was paid for
   * @param total what its documents are worth, or will be: other than the price once it has changed
   * @param points for which each with a seat can have the flights instead of for the fare; null
   *     when they are not to be had so
   */
  record Sale(
      Price price,
      Money total,
      FareConditions conditions,
      @Nullable Integer points,
      @Nullable RecordLocator locator,
      Instant payBy) {

    static Sale of(
        Price price,
        FareConditions conditions,
        @Nullable Integer points,
        @Nullable RecordLocator locator,
        Instant payBy) {
      return new Sale(price, price.total(), conditions, points, locator, payBy);
    }

    Sale held(@Nullable RecordLocator newLocator, Instant newPayBy) {
      return new Sale(price, total, conditions, points, newLocator, newPayBy);
    }

    Sale with(Price newPrice) {
      return of(newPrice, conditions, points, locator, payBy);
    }

    Sale with(Money newTotal) {
      return new Sale(price, newTotal, conditions, points, locator, payBy);
    }
  }

  static Details of(OrderEvent.Placed placed, List<Payment> payments) {
    var terms = placed.terms();
    return new Details(
        placed,
        Sale.of(terms.price(), terms.conditions(), terms.points(), null, terms.payBy()),
        Itinerary.of(placed.segments(), placed.travellers()),
        Account.of(payments),
        Documents.NONE,
        Amendments.NONE);
  }

  public List<AirlineChange> airlineChanges() {
    return amendments.airlineChanges();
  }

  public List<VoluntaryChange> changes() {
    return amendments.changes();
  }

  public ServiceSales sales() {
    return amendments.sales();
  }

  /** What it costs, or cost when it was paid for. */
  public Price price() {
    return sale.price();
  }

  public FareConditions conditions() {
    return sale.conditions();
  }

  public @Nullable RecordLocator locator() {
    return sale.locator();
  }

  public Instant payBy() {
    return sale.payBy();
  }

  public List<IssuedTicket> tickets() {
    return documents.tickets();
  }

  public List<BoardingPass> boardingPasses() {
    return documents.boardingPasses();
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

  /** The one of which nobody knows yet what becomes of it. */
  public Optional<Payment> undecidedPayment() {
    return payments().stream().filter(Payment::isUndecided).findFirst();
  }

  /** The points that were asked for last; null when none were. */
  public @Nullable PointsTender tender() {
    return account.tender();
  }

  public List<Refund> refunds() {
    return account.refunds();
  }

  public Optional<BoardingPass> boardingPass(CouponRef coupon) {
    return documents.boardingPasses().stream()
        .filter(pass -> pass.coupon().equals(coupon))
        .findFirst();
  }

  public Optional<AirlineChange> airlineChange(UUID id) {
    return airlineChanges().stream().filter(change -> change.id().equals(id)).findFirst();
  }

  public Optional<VoluntaryChange> change(UUID id) {
    return changes().stream().filter(change -> change.id().equals(id)).findFirst();
  }

  /** All that is to be flown, or would be if a change is confirmed. */
  public Set<FlightId> flights() {
    return Stream.concat(
            itinerary.active().stream().map(ItinerarySegment::flight),
            changes().stream()
                .filter(change -> change.isOpen() || change.isUnderWay())
                .flatMap(change -> change.quoted().added().stream())
                .map(Segment::flight))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What the order costs now, services included. */
  public Money due() {
    var currency = total().getCurrencyUnit();
    return total().plus(sales().worth(currency)).plus(sales().dueWithOrder(currency));
  }

  /** What a sale was paid with, or is being paid with. */
  Optional<Payment> payment(ServiceSale sale) {
    return Optional.ofNullable(sale.ordered().payment()).flatMap(this::payment);
  }

  /** What a change was paid with, or is being paid with. */
  Optional<Payment> payment(VoluntaryChange change) {
    return change.payment() == null ? Optional.empty() : payment(change.payment());
  }

  /** The change that is being done now, if any. */
  public Optional<VoluntaryChange> changeUnderWay() {
    return changes().stream().filter(VoluntaryChange::isUnderWay).findFirst();
  }

  /** What the airline changed and the customer is asked about. */
  public List<AirlineChange> openChanges() {
    return airlineChanges().stream().filter(AirlineChange::isOpen).toList();
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
    return documents.ticket(passenger, flight);
  }

  /** What of some passengers on some flights can still become something. */
  List<CouponRef> openCoupons(Collection<OrderEvent.Part> parts) {
    return tickets().stream()
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
            .filter(
                p ->
                    !openCoupons(List.of(new OrderEvent.Part(segment.flight(), List.of(p))))
                        .isEmpty())
            .toList();
  }

  /** Whether somebody is checked in or aboard: the airport has to let him go first. */
  public boolean isAtAirport() {
    return openCoupons().stream().anyMatch(this::isAtAirport);
  }

  /** Whether its passenger is checked in or aboard. */
  boolean isAtAirport(CouponRef coupon) {
    return documents.isAtAirport(coupon);
  }

  /** Whether a coupon is a passenger's who is checked in with it. */
  public boolean goesAboard(CouponRef coupon, String passenger) {
    return isAtAirport(coupon) && documents.isOf(coupon, passenger);
  }

  /** The coupons of which something can still become. */
  public List<CouponRef> openCoupons() {
    return tickets().stream().flatMap(ticket -> ticket.open().stream()).toList();
  }

  public Money total() {
    return sale.total();
  }

  public Money zero() {
    return Money.zero(total().getCurrencyUnit());
  }

  Details held(@Nullable RecordLocator locator, Instant payBy) {
    return with(sale.held(locator, payBy));
  }

  /** With another itinerary than was ordered first. */
  Details chosen(int choice) {
    var waitlist = placed.waitlist();
    if (choice == 0 || waitlist == null) {
      return this;
    }
    var chosen = waitlist.anyOf().get(choice - 1);
    return with(Sale.of(chosen.price(), chosen.conditions(), chosen.points(), locator(), payBy()))
        .with(Itinerary.of(chosen.segments(), placed.travellers()));
  }

  Details with(Sale changed) {
    return new Details(placed, changed, itinerary, account, documents, amendments);
  }

  Details with(Itinerary changed) {
    return new Details(placed, sale, changed, account, documents, amendments);
  }

  Details with(Account changed) {
    return new Details(placed, sale, itinerary, changed, documents, amendments);
  }

  Details with(Documents changed) {
    return new Details(placed, sale, itinerary, account, changed, amendments);
  }

  Details with(Amendments changed) {
    return new Details(placed, sale, itinerary, account, documents, changed);
  }

  Details withAirlineChanges(List<AirlineChange> changed) {
    return with(amendments.withAirlineChanges(changed));
  }

  Details withChanges(List<VoluntaryChange> changed) {
    return with(amendments.withChanges(changed));
  }

  Details with(ServiceSales changed) {
    return with(amendments.with(changed));
  }

  /** With a change as it stands now. */
  Details with(VoluntaryChange changed) {
    return withChanges(
        changes().stream().map(c -> c.id().equals(changed.id()) ? changed : c).toList());
  }
}
