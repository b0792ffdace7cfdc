package aero.contrail.order.model;

/** The state of an order forbids what was asked of it. */
public final class OrderRefused extends RuntimeException {

  public enum Reason {
    /** Space is not decided yet, or the order has ended. */
    ILLEGAL_STATE,
    /** The fare does not allow it. */
    NOT_CHANGEABLE,
    /** A payment succeeded or is under way. */
    ALREADY_PAID,
    /** The payment time limit is over. */
    EXPIRED,
    /** The amount is not what the order costs. */
    WRONG_AMOUNT,
    /** The flights are not to be had for points. */
    NOT_FOR_POINTS
  }

  private final Reason reason;

  OrderRefused(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
