package aero.contrail.order.model;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What has become of an order: the sum of its facts. */
public sealed interface OrderState {

  /** Nothing has happened yet. */
  record Unknown() implements OrderState {}

  /** An order, and all that is known of it. */
  sealed interface Known extends OrderState {
    Details details();

    OrderStatus status();

    /** Why it ended, when the customer did not ask for it. */
    default @Nullable String reason() {
      return null;
    }

    Known with(Details details);
  }

  record Placed(Details details) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.PLACED;
    }

    @Override
    public Known with(Details changed) {
      return new Placed(changed);
    }
  }

  /** No space for now; {@code details.payBy} is until when the customer waits. */
  record Waitlisted(Details details) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.WAITLISTED;
    }

    @Override
    public Known with(Details changed) {
      return new Waitlisted(changed);
    }
  }

  record Rejected(Details details, SpaceRefusal refusal) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.REJECTED;
    }

    @Override
    public String reason() {
      return "%s: %s".formatted(refusal.flight(), refusal.words());
    }

    @Override
    public Known with(Details changed) {
      return new Rejected(changed, refusal);
    }
  }

  /** Space is held until {@code details.payBy}; {@code extended}: it has been moved once. */
  record Held(Details details, boolean extended) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.HELD;
    }

    @Override
    public Known with(Details changed) {
      return new Held(changed, extended);
    }
  }

  /** Money is reserved, space is being confirmed; {@code late}: the order had expired before. */
  record Confirming(Details details, PaymentId payment, boolean late) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.CONFIRMING;
    }

    @Override
    public Known with(Details changed) {
      return new Confirming(changed, payment, late);
    }
  }

  record Ticketed(Details details) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.TICKETED;
    }

    @Override
    public Known with(Details changed) {
      return new Ticketed(changed);
    }
  }

  record Completed(Details details) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.COMPLETED;
    }

    @Override
    public Known with(Details changed) {
      return new Completed(changed);
    }
  }

  record Expired(Details details) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.EXPIRED;
    }

    @Override
    public String reason() {
      return details.placed().waitlist() != null && details.locator() == null
          ? "no space came free in time"
          : "not paid in time";
    }

    @Override
    public Known with(Details changed) {
      return new Expired(changed);
    }
  }

  record Failed(Details details, String reason) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.FAILED;
    }

    @Override
    public Known with(Details changed) {
      return new Failed(changed, reason);
    }
  }

  record Cancelled(Details details, OrderEvent.CancellationConfirmed how) implements Known {
    @Override
    public OrderStatus status() {
      return OrderStatus.CANCELLED;
    }

    @Override
    public @Nullable String reason() {
      return switch (how.cause()) {
        case CUSTOMER, NO_SHOW -> null;
        case FLIGHT_CANCELLED -> "flight cancelled";
      };
    }

    @Override
    public Known with(Details changed) {
      return new Cancelled(changed, how);
    }
  }

  enum PaymentStatus {
    PENDING,
    /** The customer has to act at the provider's before it goes on. */
    ACTION_REQUIRED,
    AUTHORIZED,
    DECLINED,
    CAPTURED,
    VOIDED
  }

  record Payment(PaymentId id, Money amount, PaymentStatus status) {

    /** Whether nobody knows yet what becomes of it. */
    public boolean isUndecided() {
      return status == PaymentStatus.PENDING || status == PaymentStatus.ACTION_REQUIRED;
    }
  }

  enum RefundStatus {
    DUE,
    DONE,
    /** The provider refused it for good: somebody has to settle it. */
    FAILED,
    /** It was refused, and another took its place. */
    RETRIED,
    PAID_OTHERWISE,
    WRITTEN_OFF
  }

  /** Money on its way back; {@code id} is the key under which the provider is asked for it. */
  record Refund(UUID id, PaymentId payment, Money amount, RefundStatus status) {}

  /**
   * Who flew before there were documents.
   *
   * @param passengers null: all
   */
  record FlownEarly(FlightId flight, @Nullable List<PassengerId> passengers) {}

  /** What a passenger goes aboard with. */
  record BoardingPass(CouponRef coupon, @Nullable String seat, int sequence) {}
}
