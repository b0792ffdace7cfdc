package aero.contrail.order.model;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.LoyaltyEvent.HoldRefusal;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderEvent.RefundSettlement;
import aero.contrail.events.OrderEvent.Terms;
import aero.contrail.events.OrderEvent.Waitlist;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Price;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.Traveller;
import aero.contrail.order.amendment.CancellationQuote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What may be asked of an order. Each carries the time at which it is asked. */
public sealed interface OrderCommand {

  Instant at();

  /** Points that shall pay the fares; the rest is paid by the payment beside which they stand. */
  record Points(PaymentId payment, MemberNumber member, int points) {}

  /**
   * Accepts an offer; {@code prepayment} is the payment that comes with it, if any.
   *
   * @param points that pay a part of it; null when none do
   */
  record Place(
      OrderId order,
      String channel,
      List<Segment> segments,
      List<Traveller> travellers,
      Terms terms,
      @Nullable PaymentId prepayment,
      @Nullable Points points,
      @Nullable UUID group,
      @Nullable Waitlist waitlist,
      List<Ancillary> services,
      Instant at)
      implements OrderCommand {

    public Place {
      services = List.copyOf(services);
    }

    /** The same with services. */
    public Place with(List<Ancillary> wanted) {
      return new Place(
          order,
          channel,
          segments,
          travellers,
          terms,
          prepayment,
          points,
          group,
          waitlist,
          wanted,
          at);
    }
  }

  record RecordHold(RecordLocator locator, Instant at) implements OrderCommand {}

  record RecordWaiting(Instant until, Instant at) implements OrderCommand {}

  /** {@code choice}: which of its itineraries has space now. */
  record RecordClearance(int choice, RecordLocator locator, Instant payBy, Instant at)
      implements OrderCommand {}

  record RecordRefusal(SpaceRefusal refusal, Instant at) implements OrderCommand {}

  /**
   * Asks for a payment.
   *
   * @param amount all that is due
   * @param points that pay a part of it; null when none do
   */
  record RequestPayment(PaymentId payment, Money amount, @Nullable Points points, Instant at)
      implements OrderCommand {}

  /** A member's points are held for it. */
  record RecordPointsHeld(PaymentId payment, Instant at) implements OrderCommand {}

  record RecordPointsRefusal(PaymentId payment, HoldRefusal reason, Instant at)
      implements OrderCommand {}

  record RecordAuthorization(PaymentId payment, Money amount, Instant at) implements OrderCommand {}

  /** The customer has to act at the provider's first. */
  record RecordActionRequired(PaymentId payment, Instant at) implements OrderCommand {}

  /** {@code salesCutOff}: how long before departure an order must be paid at the latest. */
  record RecordDecline(PaymentId payment, String reason, Duration salesCutOff, Instant at)
      implements OrderCommand {}

  record RecordConfirmationRefusal(SpaceRefusal refusal, Instant at) implements OrderCommand {}

  /** Space is confirmed: the money that was authorised may be taken. */
  record Capture(Instant at) implements OrderCommand {}

  /** {@code serial}: the first of twenty ticket serials that are the order's to use. */
  record RecordCapture(PaymentId payment, Money amount, long serial, Instant at)
      implements OrderCommand {}

  record RecordCaptureRefusal(PaymentId payment, String reason, Instant at)
      implements OrderCommand {}

  record RecordVoid(PaymentId payment, Money amount, Instant at) implements OrderCommand {}

  record RecordRefund(UUID refund, PaymentId payment, Money amount, Instant at)
      implements OrderCommand {}

  record RecordRefundRefusal(
      UUID refund, PaymentId payment, Money amount, String reason, Instant at)
      implements OrderCommand {}

  /** What people decided about a refund that was refused; {@code retry}: the key of another try. */
  record RetryRefund(UUID refund, UUID retry, Instant at) implements OrderCommand {}

  record SettleRefund(UUID refund, RefundSettlement how, Instant at) implements OrderCommand {}

  record Expire(Instant at) implements OrderCommand {}

  /** Its hold was taken back: there is nothing left to be paid for. */
  record RecordLapse(Instant at) implements OrderCommand {}

  /** Confirms a quote. */
  record Cancel(UUID cancellation, CancellationQuote quote, Instant at) implements OrderCommand {}

  /** The airline does not fly one of the flights; for orders without documents. */
  record CancelForFlight(UUID cancellation, FlightId flight, Instant at) implements OrderCommand {}

  /** {@code passengers}: who flew; null: all. */
  record RecordFlown(FlightId flight, @Nullable List<PassengerId> passengers, Instant at)
      implements OrderCommand {}

  /** {@code seat}: null when he has none. */
  record RecordCheckIn(
      FlightId flight, PassengerId passenger, @Nullable String seat, int sequence, Instant at)
      implements OrderCommand {}

  /** {@code isChosen}: the passenger, or who sold to him, wanted it so. */
  record RecordSeat(
      FlightId flight, PassengerId passenger, @Nullable String seat, boolean isChosen, Instant at)
      implements OrderCommand {}

  /** What else became of a passenger at the airport. */
  record RecordCoupon(FlightId flight, PassengerId passenger, CouponStatus to, Instant at)
      implements OrderCommand {}

  /**
   * The airline changed what passengers fly.
   *
   * @param serial the first of twenty ticket serials that are the order's to use
   * @param respondWithin how long the customer is asked
   * @param beforeDeparture he is not asked later than this before the first of the flights
   */
  record OpenAirlineChange(
      UUID change,
      AirlineChangeKind kind,
      Severity severity,
      List<PassengerId> passengers,
      List<FlightId> removed,
      List<Segment> added,
      long serial,
      Duration respondWithin,
      Duration beforeDeparture,
      Instant at)
      implements OrderCommand {}

  /** A flight flies at other times; the rest as when something is lost. */
  record RetimeFlight(
      UUID change,
      FlightId flight,
      Leg leg,
      Severity severity,
      Duration respondWithin,
      Duration beforeDeparture,
      Instant at)
      implements OrderCommand {}

  /** {@code cancellation}: the id of what is cancelled if he does not accept. */
  record AnswerAirlineChange(UUID change, boolean accept, UUID cancellation, Instant at)
      implements OrderCommand {}

  /** Changes of the airline to which nobody answered in time, and the customer's own. */
  record LapseChanges(Instant at) implements OrderCommand {}

  /** About a change that the customer wants. */
  sealed interface OfChange extends OrderCommand {
    UUID change();
  }

  /**
   * Asks for other flights.
   *
   * @param parts what is given up for them
   * @param travellers who change
   * @param price of the new flights, for those who change
   */
  record QuoteChange(
      UUID change,
      List<Part> parts,
      List<Traveller> travellers,
      List<Segment> added,
      Price price,
      FareConditions conditions,
      Instant expiresAt,
      Instant at)
      implements OfChange {}

  record RecordChangeHold(UUID change, Instant at) implements OfChange {}

  record RecordChangeRefusal(UUID change, SpaceRefusal refusal, Instant at) implements OfChange {}

  /** Confirms a quote; {@code payment}: what it is paid by, null when nothing is. */
  record ConfirmChange(UUID change, @Nullable PaymentId payment, Instant at) implements OfChange {}

  /** {@code serial}: the first of twenty ticket serials that are the order's to use. */
  record RecordChangeOfSpace(UUID change, long serial, Instant at) implements OfChange {}

  record RecordChangeOfSpaceRefusal(UUID change, SpaceRefusal refusal, Instant at)
      implements OfChange {}

  /** A flight that it would add does not fly. */
  record RecordChangeLoss(UUID change, SpaceRefusal refusal, Instant at) implements OfChange {}

  /** Its hold was taken back. */
  record RecordChangeLapse(UUID change, Instant at) implements OfChange {}

  /** {@code into}: the id of the order that passengers are to have of their own. */
  record Split(OrderId into, List<PassengerId> passengers, Instant at) implements OrderCommand {

    public Split {
      passengers = List.copyOf(passengers);
    }
  }

  /** What is booked for them is theirs now. */
  record RecordSplit(OrderId into, Instant at) implements OrderCommand {}

  /** About what passengers get beside their flights. */
  sealed interface OfServices extends OrderCommand {}

  /** Orders services, all or none; {@code payment}: null when they cost nothing. */
  record OrderServices(
      UUID sale, List<Ancillary> services, @Nullable PaymentId payment, Money amount, Instant at)
      implements OfServices {

    public OrderServices {
      services = List.copyOf(services);
    }
  }

  /** {@code serial}: the first of twenty that are the order's to use. */
  record RecordServices(UUID sale, long serial, Instant at) implements OfServices {}

  record RecordServicesRefusal(UUID sale, SpaceRefusal refusal, Instant at) implements OfServices {}

  /** {@code voided}: within the void window, so that all goes back. */
  record GiveUpServices(UUID cause, List<UUID> services, boolean voided, Instant at)
      implements OfServices {

    public GiveUpServices {
      services = List.copyOf(services);
    }
  }

  /** About names and contacts, which are not part of an order's facts. */
  sealed interface OfPeople extends OrderCommand {}

  /** Somebody has seen to it that it is the same persons. */
  record CorrectDetails(
      List<PassengerId> passengers, boolean contact, boolean externalReference, Instant at)
      implements OfPeople {

    public CorrectDetails {
      passengers = List.copyOf(passengers);
    }
  }

  record ErasePersonalData(Instant at) implements OfPeople {}
}
