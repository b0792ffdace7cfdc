package aero.contrail.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to an order. Written by the order context alone; its stream is the order. Stored
 * for ever and read by every context: add, never change.
 */
public sealed interface OrderEvent extends DomainEvent {

  OrderId order();

  @Override
  default String stream() {
    return "order-" + order();
  }

  /** What reservation has to answer with space. */
  sealed interface OfSpace extends OrderEvent {}

  /** About what passengers get beside their flights. */
  sealed interface AboutServices extends OrderEvent {}

  /** What reservation has to answer with seats, and with what a flight has few of. */
  sealed interface OfServices extends AboutServices {}

  /** Moves money, or what documents are worth. */
  sealed interface OfMoney extends OrderEvent {}

  /** Coupons that somebody has now, has flown, or has no more, and what becomes of them. */
  sealed interface OfCoupons extends OrderEvent {}

  /** Somebody has coupons that he did not have. */
  sealed interface OfIssue extends OfCoupons {

    /** That sold them; empty when that was not recorded. */
    String channel();

    List<Ticket> tickets();
  }

  /** A member's points that are to pay for it. */
  sealed interface AboutPoints extends OrderEvent {}

  /** What loyalty has to do with a member's points. */
  sealed interface OfPoints extends AboutPoints {

    /** Which payment it is about. */
    PaymentId payment();
  }

  /** The order needs its space no longer: whatever is held or booked for it is free again. */
  sealed interface SpaceGivenUp extends OfSpace {}

  /**
   * What the customer accepted, and until when it has to be paid.
   *
   * @param points for which a passenger with a seat can have the flights instead of for their fare;
   *     null when they are not to be had for points
   */
  record Terms(Price price, FareConditions conditions, @Nullable Integer points, Instant payBy) {}

  /**
   * The customer accepted an offer; no space is held yet.
   *
   * @param prepayment the payment that came with the order; null when it is to be paid later
   * @param group whose block of seats is drawn from; null for seats that everybody can have
   * @param waitlist null when the customer does not wait for space that is not there
   */
  @EventType("order.OrderPlaced.v4")
  record Placed(
      OrderId order,
      String channel,
      List<Segment> segments,
      List<Traveller> travellers,
      Terms terms,
      @Nullable PaymentId prepayment,
      @Nullable UUID group,
      @Nullable Waitlist waitlist,
      Instant at)
      implements OfSpace {

    public Placed {
      segments = List.copyOf(segments);
      travellers = List.copyOf(travellers);
    }

    /** The itineraries that will do: the one that was ordered, then those that were named. */
    public List<List<Segment>> choices() {
      var choices = new ArrayList<List<Segment>>();
      choices.add(segments);
      if (waitlist != null) {
        waitlist.anyOf.forEach(choice -> choices.add(choice.segments));
      }
      return List.copyOf(choices);
    }
  }

  /**
   * For what a customer waits.
   *
   * @param until when he waits no longer
   * @param anyOf what will do instead, each as a whole
   */
  record Waitlist(Instant until, List<Choice> anyOf) {

    public Waitlist {
      anyOf = List.copyOf(anyOf);
    }
  }

  /** An itinerary that will do, and what it costs; points as in {@link Terms}. */
  record Choice(
      List<Segment> segments, Price price, FareConditions conditions, @Nullable Integer points) {

    public Choice {
      segments = List.copyOf(segments);
    }
  }

  /** There is no space now; the party waits for it until {@code until}. */
  @EventType("order.OrderWaitlisted.v1")
  record Waitlisted(OrderId order, Instant until, Instant at) implements OrderEvent {}

  /**
   * Space came free for one of the customer's choices: it is held until {@code payBy}.
   *
   * @param choice its number; 0 is what was ordered first
   */
  @EventType("order.WaitlistCleared.v1")
  record WaitlistCleared(
      OrderId order, int choice, RecordLocator locator, Instant payBy, Instant at)
      implements OrderEvent {}

  /** There was no space for the whole party on all flights; an end. */
  @EventType("order.OrderRejected.v2")
  record Rejected(OrderId order, SpaceRefusal refusal, Instant at) implements OrderEvent {}

  /** Space is held until {@code payBy}. */
  @EventType("order.OrderHeld.v1")
  record Held(OrderId order, RecordLocator locator, Instant payBy, Instant at)
      implements OrderEvent {}

  /** The customer asked to pay; the provider's answer is not known yet. */
  @EventType("order.PaymentRequested.v1")
  record PaymentRequested(OrderId order, PaymentId payment, Money amount, Instant at)
      implements OrderEvent {}

  /**
   * The customer asked to pay the fares with a member's points, and the rest by card. The card is
   * asked when the points are held.
   *
   * @param channel that asked: it has to know the member
   * @param worth the fares, which the points pay
   * @param card the payment of the rest
   */
  @EventType("order.PointsTenderRequested.v1")
  record PointsTenderRequested(
      OrderId order,
      PaymentId payment,
      String channel,
      MemberNumber member,
      int points,
      Money worth,
      PaymentId card,
      Money rest,
      Instant at)
      implements OfPoints {}

  /** The points are held for the order. */
  @EventType("order.PointsTenderAccepted.v1")
  record PointsTenderAccepted(OrderId order, PaymentId payment, Instant at)
      implements AboutPoints {}

  /** The points could not be held; nothing is asked of the card. */
  @EventType("order.PointsTenderRefused.v1")
  record PointsTenderRefused(
      OrderId order, PaymentId payment, PaymentId card, LoyaltyEvent.HoldRefusal reason, Instant at)
      implements AboutPoints {}

  /** The order needs the points no longer, which it has not taken. */
  @EventType("order.PointsTenderReleased.v1")
  record PointsTenderReleased(OrderId order, PaymentId payment, Instant at) implements OfPoints {}

  /**
   * The points are spent.
   *
   * @param points so many, which may have been let go meanwhile
   */
  @EventType("order.PointsTenderTaken.v1")
  record PointsTenderTaken(
      OrderId order, PaymentId payment, MemberNumber member, int points, Money amount, Instant at)
      implements OfPoints, OfMoney {}

  /**
   * Points go back for what will not be flown.
   *
   * @param refund which of the refunds of the payment
   * @param amount what they paid
   */
  @EventType("order.PointsTenderRefunded.v1")
  record PointsTenderRefunded(
      OrderId order, PaymentId payment, UUID refund, int points, Money amount, Instant at)
      implements OfPoints, OfMoney {}

  /** The money is reserved, not taken. */
  @EventType("order.PaymentAuthorized.v1")
  record PaymentAuthorized(OrderId order, PaymentId payment, Money amount, Instant at)
      implements OfSpace {}

  /** The provider refused; {@code reason} is the provider's code. */
  @EventType("order.PaymentDeclined.v1")
  record PaymentDeclined(OrderId order, PaymentId payment, String reason, Instant at)
      implements OfSpace {}

  /** The customer has to do something at the provider's before the payment goes on. */
  @EventType("order.PaymentActionRequired.v1")
  record PaymentActionRequired(OrderId order, PaymentId payment, Instant at)
      implements OrderEvent {}

  /** A declined payment bought a little time; happens once at most. */
  @EventType("order.PaymentTimeLimitExtended.v1")
  record PaymentTimeLimitExtended(OrderId order, Instant payBy, Instant at) implements OrderEvent {}

  /** Nobody paid in time. */
  @EventType("order.OrderExpired.v1")
  record Expired(OrderId order, Instant at) implements SpaceGivenUp {}

  /** A payment succeeded after the order had expired; the same space is asked for again. */
  @EventType("order.LatePaymentReceived.v1")
  record LatePaymentReceived(
      OrderId order,
      PaymentId payment,
      Money amount,
      List<Segment> segments,
      List<Traveller> travellers,
      Instant at)
      implements OfSpace {

    public LatePaymentReceived {
      segments = List.copyOf(segments);
      travellers = List.copyOf(travellers);
    }
  }

  /** The order could not be fulfilled after it was paid for; the money goes back. An end. */
  @EventType("order.OrderFailed.v1")
  record Failed(OrderId order, String reason, Instant at) implements SpaceGivenUp {}

  /** The money is taken. */
  @EventType("order.PaymentCaptured.v1")
  record PaymentCaptured(OrderId order, PaymentId payment, Money amount, Instant at)
      implements OfMoney {}

  /** An authorisation was given back before any money moved. */
  @EventType("order.PaymentVoided.v1")
  record PaymentVoided(OrderId order, PaymentId payment, Money amount, Instant at)
      implements OrderEvent {}

  /**
   * Documents are issued: the order can be flown.
   *
   * @param channel that sold them; empty for what was sold before this was recorded
   */
  @EventType("order.OrderTicketed.v4")
  record Ticketed(OrderId order, String channel, List<Ticket> tickets, Instant at)
      implements OfIssue, OfMoney {

    public Ticketed {
      tickets = List.copyOf(tickets);
    }
  }

  /** Who ended an order. */
  enum CancellationCause {
    CUSTOMER,
    FLIGHT_CANCELLED,
    /** He did not come, and his fare leaves him nothing of what comes after. */
    NO_SHOW
  }

  /**
   * The order will not be flown.
   *
   * @param refund what goes back to the customer; zero when nothing was paid or the fare keeps it
   */
  @EventType("order.CancellationConfirmed.v1")
  record CancellationConfirmed(
      OrderId order,
      UUID cancellation,
      CancellationCause cause,
      Money refund,
      Money penalty,
      Instant at)
      implements SpaceGivenUp, OfMoney {}

  /** A flight, and who does not take it any more. */
  record Part(FlightId flight, List<PassengerId> passengers) {

    public Part {
      passengers = List.copyOf(passengers);
    }
  }

  /** What the fare keeps of a ticket when coupons of it are given up. */
  record Penalty(TicketNumber ticket, Money amount) {}

  /**
   * Some passengers will not fly, or some flights will not be flown; the rest of the order stays.
   *
   * @param refund what goes back to the customer; zero when nothing was paid or the fare keeps it
   * @param price what the order costs without them; null when it was paid for before
   */
  @EventType("order.PartCancelled.v1")
  record PartCancelled(
      OrderId order,
      UUID cancellation,
      CancellationCause cause,
      List<Part> parts,
      Money refund,
      List<Penalty> penalties,
      @Nullable Price price,
      Instant at)
      implements OfSpace, OfMoney {

    public PartCancelled {
      parts = List.copyOf(parts);
      penalties = List.copyOf(penalties);
    }
  }

  /**
   * Passengers are to have an order of their own: what is booked for them has to be theirs first.
   *
   * @param travellers all of the order
   */
  @EventType("order.SplitRequested.v1")
  record SplitRequested(
      OrderId order,
      OrderId into,
      List<PassengerId> passengers,
      List<Traveller> travellers,
      Instant at)
      implements OfSpace {

    public SplitRequested {
      travellers = List.copyOf(travellers);
      passengers = List.copyOf(passengers);
    }
  }

  /** What of a payment was for some of the passengers. */
  record PaymentShare(PaymentId payment, Money amount) {}

  /** Passengers left for an order of their own, with their documents and what was paid for them. */
  @EventType("order.OrderSplit.v1")
  record Split(
      OrderId order,
      OrderId into,
      List<PassengerId> passengers,
      List<PaymentShare> payments,
      Instant at)
      implements OfMoney {

    public Split {
      passengers = List.copyOf(passengers);
      payments = List.copyOf(payments);
    }
  }

  /** A flight of passengers who left an order; {@code standing} as the itinerary has it. */
  record SplitFlight(Segment segment, List<PassengerId> passengers, String standing) {

    public SplitFlight {
      passengers = List.copyOf(passengers);
    }
  }

  /** A document that went along. */
  record SplitDocument(
      Ticket ticket,
      Instant issuedAt,
      FareConditions conditions,
      boolean isExchange,
      List<CouponStatus> coupons) {

    public SplitDocument {
      coupons = List.copyOf(coupons);
    }
  }

  /** Services that went along, of one sale. */
  record SplitServices(
      UUID sale, List<Ancillary> services, List<ServiceDocument> documents, Instant issuedAt) {

    public SplitServices {
      services = List.copyOf(services);
      documents = List.copyOf(documents);
    }
  }

  /**
   * The order of passengers who were part of another: all that came along, so that nobody has to
   * read the other one.
   *
   * @param terms under which they were sold to
   * @param payments what was paid for them; it can be refunded from here
   * @param penalties what the fare kept of their documents before
   * @param changes of the airline that they are asked about
   * @param passes with which they go aboard
   */
  @EventType("order.OrderSplitOff.v3")
  record SplitOff(
      OrderId order,
      OrderId from,
      String channel,
      RecordLocator locator,
      List<Traveller> travellers,
      Terms terms,
      List<SplitFlight> flights,
      List<SplitDocument> documents,
      List<SplitServices> services,
      List<PaymentShare> payments,
      List<Penalty> penalties,
      List<AirlineChangeOpened> changes,
      List<BoardingPassIssued> passes,
      Instant at)
      implements OfMoney {

    public SplitOff {
      travellers = List.copyOf(travellers);
      flights = List.copyOf(flights);
      documents = List.copyOf(documents);
      services = List.copyOf(services);
      payments = List.copyOf(payments);
      penalties = List.copyOf(penalties);
      changes = List.copyOf(changes);
      passes = List.copyOf(passes);
    }
  }

  /** What the airline changes of a trip. */
  enum AirlineChangeKind {
    /** It does not fly, and offers other flights if it has any. */
    CANCELLED,
    /** It flies at other times. */
    RETIMED,
    /** A flight has other times: the one after it is not reached any more. */
    CONNECTION_MISSED,
    /** Another aircraft flies it, which does not have the cabin. */
    CABIN_GONE
  }

  /**
   * The airline cannot fly what was bought as it was bought; the customer may accept or decline
   * until {@code respondBy}.
   *
   * @param removed flights that the passengers are not on any more
   * @param added flights on which they have space instead; none when there was none to be had
   */
  @EventType("order.AirlineChangeOpened.v1")
  record AirlineChangeOpened(
      OrderId order,
      UUID change,
      AirlineChangeKind kind,
      ReservationEvent.Severity severity,
      List<PassengerId> passengers,
      List<FlightId> removed,
      List<Segment> added,
      Instant respondBy,
      Instant at)
      implements OrderEvent {

    public AirlineChangeOpened {
      passengers = List.copyOf(passengers);
      removed = List.copyOf(removed);
      added = List.copyOf(added);
    }
  }

  /** The customer takes what the airline offers. */
  @EventType("order.AirlineChangeAccepted.v1")
  record AirlineChangeAccepted(OrderId order, UUID change, Instant at) implements OrderEvent {}

  /** The customer does not take it: what is unflown goes back. */
  @EventType("order.AirlineChangeDeclined.v1")
  record AirlineChangeDeclined(OrderId order, UUID change, Instant at) implements OrderEvent {}

  /**
   * The customer did not answer in time: taken as accepted, or refunded where nothing is offered.
   */
  @EventType("order.AirlineChangeLapsed.v1")
  record AirlineChangeLapsed(OrderId order, UUID change, Instant at) implements OrderEvent {}

  /** Other documents take the place of coupons. */
  sealed interface OfExchange extends OfIssue {

    List<CouponRef> exchanged();
  }

  /** Other documents take the place of coupons, for what the airline changed; costs nothing. */
  @EventType("order.TicketsReissued.v2")
  record TicketsReissued(
      OrderId order,
      UUID change,
      String channel,
      List<CouponRef> exchanged,
      List<Ticket> tickets,
      Instant at)
      implements OfExchange {

    public TicketsReissued {
      exchanged = List.copyOf(exchanged);
      tickets = List.copyOf(tickets);
    }
  }

  /** A coupon of an order: a ticket and a flight. */
  record CouponRef(TicketNumber ticket, FlightId flight) {}

  /** Of what a line of a change tells. */
  enum ChangeLineKind {
    FARE,
    TAX,
    /** What the fare takes for a change. */
    PENALTY,
    /** What the fare does not give back of what the new flights cost less. */
    FORFEITED
  }

  /**
   * What a passenger paid for what he gives up, and what he pays for what he gets instead.
   *
   * @param code of the tax; null for all else
   */
  record ChangeLine(
      PassengerId passenger,
      ChangeLineKind kind,
      @Nullable String code,
      Money before,
      Money after) {}

  /**
   * What a change costs: no amount is below zero, and of the last two one is zero.
   *
   * @param newTotal what the documents of the order are worth after it
   * @param penalty what the fare keeps
   * @param addCollect what the customer has to pay in addition, the penalty included
   * @param refund what he gets back, less the penalty
   */
  record ChangeCost(
      Money newTotal, Money penalty, Money addCollect, Money refund, List<ChangeLine> lines) {

    public ChangeCost {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The customer wants other flights. He was told what it costs; space is to be held for it.
   *
   * @param parts what he gives up for it
   * @param travellers who change
   * @param price of the new flights, for those who change
   */
  @EventType("order.ChangeQuoted.v2")
  record ChangeQuoted(
      OrderId order,
      UUID change,
      List<Part> parts,
      List<Traveller> travellers,
      List<Segment> added,
      Price price,
      FareConditions conditions,
      ChangeCost cost,
      Instant expiresAt,
      Instant at)
      implements OfSpace {

    public ChangeQuoted {
      parts = List.copyOf(parts);
      travellers = List.copyOf(travellers);
      added = List.copyOf(added);
    }
  }

  /** Space is held for a change until its quote expires. */
  @EventType("order.ChangeHeld.v1")
  record ChangeHeld(OrderId order, UUID change, Instant at) implements OrderEvent {}

  /** There is no space for a change: its quote is worth nothing. */
  @EventType("order.ChangeRefused.v1")
  record ChangeRefused(OrderId order, UUID change, SpaceRefusal refusal, Instant at)
      implements OrderEvent {}

  /** The customer confirmed a change, and pays for it. */
  @EventType("order.ChangePaymentRequested.v1")
  record ChangePaymentRequested(
      OrderId order, UUID change, PaymentId payment, Money amount, Instant at)
      implements OrderEvent {}

  /**
   * What a change costs is paid: the space of the order is to be moved.
   *
   * @param parts whose space is given back
   * @param missed what is changed, too, but has no space any more: they did not come for it
   */
  @EventType("order.ChangeConfirmed.v2")
  record ChangeConfirmed(
      OrderId order,
      UUID change,
      List<Part> parts,
      List<Part> missed,
      List<Segment> added,
      Instant at)
      implements OfSpace {

    public ChangeConfirmed {
      parts = List.copyOf(parts);
      missed = List.copyOf(missed);
      added = List.copyOf(added);
    }
  }

  /** Why nothing became of a change. */
  enum ChangeEnd {
    /** Its quote expired. */
    LAPSED,
    /** There is a newer one. */
    SUPERSEDED,
    /** The customer gave up what was to be changed. */
    WITHDRAWN,
    /** Its flights, or the money for it, could not be had after all. */
    FAILED
  }

  /**
   * Nothing becomes of a change; the order stays as it is, and what was paid for it goes back.
   *
   * @param refusal why its space could not be had; null unless that was it
   * @param reason what else failed; null when nothing did
   */
  @EventType("order.ChangeAbandoned.v1")
  record ChangeAbandoned(
      OrderId order,
      UUID change,
      ChangeEnd cause,
      @Nullable SpaceRefusal refusal,
      @Nullable String reason,
      Instant at)
      implements OfSpace, OfMoney {}

  /**
   * Other documents take the place of coupons, for what the customer changed.
   *
   * @param conditions of each of the tickets
   * @param penalty what the fare kept
   * @param refund what goes back to the customer
   */
  @EventType("order.CouponsExchanged.v3")
  record CouponsExchanged(
      OrderId order,
      UUID change,
      String channel,
      List<CouponRef> exchanged,
      List<Ticket> tickets,
      List<FareConditions> conditions,
      Money penalty,
      Money refund,
      Instant at)
      implements OfExchange, OfMoney {

    public CouponsExchanged {
      exchanged = List.copyOf(exchanged);
      tickets = List.copyOf(tickets);
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * What a passenger gets beside his flight.
   *
   * @param code as IATA has it, or as the seller files it
   * @param seat null for what is not a seat
   * @param price of all of them
   * @param refundable whether the customer gets the price back when he gives it up
   */
  record Ancillary(
      UUID id,
      PassengerId passenger,
      FlightId flight,
      Offer.ServiceKind kind,
      String code,
      String name,
      int quantity,
      @Nullable String seat,
      Money price,
      boolean refundable) {

    /** Whether it is a passenger's on a flight. */
    public boolean isFor(PassengerId somebody, FlightId one) {
      return passenger.equals(somebody) && flight.equals(one);
    }
  }

  /** The customer wants services with the flights: to be ordered when these have space. */
  @EventType("order.ServicesWanted.v1")
  record ServicesWanted(OrderId order, List<Ancillary> services, Money amount, Instant at)
      implements AboutServices {

    public ServicesWanted {
      services = List.copyOf(services);
    }
  }

  /**
   * The customer wants services for flights that he has space on; all of them or none.
   *
   * @param sale by which they can be named together; of those that came with the order its own id
   * @param payment null when they cost nothing, or are paid for with the order
   */
  @EventType("order.ServicesOrdered.v1")
  record ServicesOrdered(
      OrderId order,
      UUID sale,
      List<Ancillary> services,
      @Nullable PaymentId payment,
      Money amount,
      Instant at)
      implements OfServices {

    public ServicesOrdered {
      services = List.copyOf(services);
    }
  }

  /** The flights have what was ordered, and keep it: it can be paid for. */
  @EventType("order.ServicesReserved.v1")
  record ServicesReserved(OrderId order, UUID sale, Instant at) implements AboutServices {}

  /** The document of a service: an EMD-A with one coupon (IATA Resolution 725). */
  record ServiceDocument(TicketNumber number, UUID service) {}

  /**
   * Services are sold.
   *
   * @param documents of what costs something
   */
  @EventType("order.ServicesIssued.v1")
  record ServicesIssued(OrderId order, UUID sale, List<ServiceDocument> documents, Instant at)
      implements AboutServices, OfMoney {

    public ServicesIssued {
      documents = List.copyOf(documents);
    }
  }

  /**
   * Nothing becomes of services that were ordered; what was paid for them goes back.
   *
   * @param refusal what the flight has no more of; null unless that was it
   * @param reason what else failed; null when nothing did
   */
  @EventType("order.ServicesAbandoned.v1")
  record ServicesAbandoned(
      OrderId order,
      UUID sale,
      List<Ancillary> services,
      @Nullable SpaceRefusal refusal,
      @Nullable String reason,
      Instant at)
      implements OfServices, OfMoney {

    public ServicesAbandoned {
      services = List.copyOf(services);
    }
  }

  /**
   * Services are not delivered any more: the customer gave them up, or does not fly.
   *
   * @param cause the key under which their money goes back
   * @param refund what goes back to the customer
   * @param kept what does not
   */
  @EventType("order.ServicesGivenUp.v1")
  record ServicesGivenUp(
      OrderId order, UUID cause, List<Ancillary> services, Money refund, Money kept, Instant at)
      implements OfServices, OfMoney {

    public ServicesGivenUp {
      services = List.copyOf(services);
    }
  }

  /** Documents were cancelled within their void window, as if never sold. */
  @EventType("order.CouponsVoided.v1")
  record CouponsVoided(OrderId order, List<CouponRef> coupons, Instant at)
      implements OfCoupons, OfMoney {

    public CouponsVoided {
      coupons = List.copyOf(coupons);
    }
  }

  /** Coupons were given up against the refund of the fare's conditions. */
  @EventType("order.CouponsRefunded.v1")
  record CouponsRefunded(OrderId order, List<CouponRef> coupons, Instant at)
      implements OfCoupons, OfMoney {

    public CouponsRefunded {
      coupons = List.copyOf(coupons);
    }
  }

  /**
   * The money is on its way back to where it came from.
   *
   * @param refund which of the refunds of the payment
   */
  @EventType("order.RefundIssued.v2")
  record RefundIssued(OrderId order, UUID refund, PaymentId payment, Money amount, Instant at)
      implements OfMoney {}

  /** The provider refused the refund for good; staff must settle it. */
  @EventType("order.RefundFailed.v2")
  record RefundFailed(
      OrderId order, UUID refund, PaymentId payment, Money amount, String reason, Instant at)
      implements OfMoney {}

  /** A refund that was refused is tried again, under another key. */
  @EventType("order.RefundRetried.v1")
  record RefundRetried(OrderId order, UUID refund, UUID retry, Instant at) implements OfMoney {}

  /** How a refund that the provider refused was settled by people. */
  enum RefundSettlement {
    /** The customer has his money, but not by the provider: by a transfer, for example. */
    PAID_OTHERWISE,
    /** He does not get it. */
    WRITTEN_OFF
  }

  /** A refund that was refused is settled otherwise. */
  @EventType("order.RefundSettled.v1")
  record RefundSettled(OrderId order, UUID refund, RefundSettlement how, Instant at)
      implements OfMoney {}

  /**
   * A flight was flown before its documents could be issued; they are flown when they are.
   *
   * @param passengers who flew; null when that was not recorded: then all
   */
  @EventType("order.FlownAwaitingTicket.v2")
  record FlownAwaitingTicket(
      OrderId order, FlightId flight, @Nullable List<PassengerId> passengers, Instant at)
      implements OrderEvent {

    public FlownAwaitingTicket {
      passengers = passengers == null ? null : List.copyOf(passengers);
    }
  }

  /** The states of a coupon, by the letters of the trade. */
  enum CouponStatus {
    /** Open for use. */
    O,
    /** Under the control of an airport. */
    A,
    /** Checked in. */
    C,
    /** Lifted: the passenger is aboard. */
    L,
    /** Flown. */
    F,
    /** Exchanged for another one. */
    E,
    /** Refunded. */
    R,
    /** Void, as if never issued. */
    V,
    /** Suspended: the passenger did not come. */
    S;

    /** Whether nothing can become of it any more. */
    public boolean isFinal() {
      return this == F || this == E || this == R || this == V;
    }
  }

  /** What becomes of a coupon at the airport. */
  @EventType("order.CouponStatusChanged.v1")
  record CouponStatusChanged(
      OrderId order, CouponRef coupon, CouponStatus from, CouponStatus to, Instant at)
      implements OfMoney, OfCoupons {}

  /**
   * A passenger may go aboard; a later one takes the place of an earlier one.
   *
   * @param seat null when he has none: then at the gate, if at all, or on a lap
   * @param sequence his place in the order of check-in, from 1
   */
  @EventType("order.BoardingPassIssued.v1")
  record BoardingPassIssued(
      OrderId order, CouponRef coupon, @Nullable String seat, int sequence, Instant at)
      implements OrderEvent {}

  /**
   * The spelling of names, the contact or the seller's own reference was corrected. What they are
   * now stands where personal data stands, not here.
   *
   * @param passengers whose names are spelled otherwise now
   */
  @EventType("order.DetailsCorrected.v1")
  record DetailsCorrected(
      OrderId order,
      List<PassengerId> passengers,
      boolean contact,
      boolean externalReference,
      Instant at)
      implements OrderEvent {

    public DetailsCorrected {
      passengers = List.copyOf(passengers);
    }
  }

  /** Names, contact and the seller's reference are gone; ids and codes of the history stay. */
  @EventType("order.PersonalDataErased.v1")
  record PersonalDataErased(OrderId order, Instant at) implements OrderEvent {}

  /** Coupons were flown. */
  @EventType("order.CouponsFlown.v1")
  record CouponsFlown(OrderId order, FlightId flight, List<TicketNumber> tickets, Instant at)
      implements OfCoupons, OfMoney {

    public CouponsFlown {
      tickets = List.copyOf(tickets);
    }
  }

  /** Every coupon has reached its end. */
  @EventType("order.OrderCompleted.v1")
  record Completed(OrderId order, Instant at) implements OrderEvent {}
}
