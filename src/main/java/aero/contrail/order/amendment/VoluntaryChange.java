package aero.contrail.order.amendment;

import aero.contrail.events.OrderEvent.ChangeEnd;
import aero.contrail.events.OrderEvent.ChangeQuoted;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change that the customer wants, and how far it has come.
 *
 * @param payment of what it costs; null when none was asked for, or the last one was declined
 * @param refusal null unless there was no space for it
 * @param reason null unless it failed
 */
public record VoluntaryChange(
    ChangeQuoted quoted,
    Status status,
    @Nullable PaymentId payment,
    @Nullable SpaceRefusal refusal,
    @Nullable String reason) {

  /** How it stands. */
  public enum Status {
    /** Space for it is looked for. */
    REQUESTED,
    /** Space is held: it can be confirmed. */
    QUOTED,
    /** Confirmed, and being paid for. */
    PAYING,
    /** Paid for: the space of the order is being moved. */
    CONFIRMING,
    CONFIRMED,
    /** There was no space. */
    REFUSED,
    LAPSED,
    SUPERSEDED,
    WITHDRAWN,
    FAILED;

    private static Status of(ChangeEnd end) {
      return switch (end) {
        case LAPSED -> LAPSED;
        case SUPERSEDED -> SUPERSEDED;
        case WITHDRAWN -> WITHDRAWN;
        case FAILED -> FAILED;
      };
    }
  }

  public static VoluntaryChange of(ChangeQuoted quoted) {
    return new VoluntaryChange(quoted, Status.REQUESTED, null, null, null);
  }

  public UUID id() {
    return quoted.change();
  }

  public boolean isRequested() {
    return status == Status.REQUESTED;
  }

  /** Whether nothing has been done about it yet but to hold space. */
  public boolean isOpen() {
    return status == Status.REQUESTED || status == Status.QUOTED;
  }

  /** Whether it is being done: neither it nor what it changes can be given up now. */
  public boolean isUnderWay() {
    return status == Status.PAYING || status == Status.CONFIRMING;
  }

  /** Whether the money that was paid for it is needed. */
  public boolean needsItsMoney() {
    return isUnderWay() || status == Status.CONFIRMED;
  }

  public VoluntaryChange in(Status next) {
    return new VoluntaryChange(quoted, next, payment, refusal, reason);
  }

  public VoluntaryChange paying(PaymentId by) {
    return new VoluntaryChange(quoted, Status.PAYING, by, null, null);
  }

  /** It may be paid for otherwise. */
  public VoluntaryChange declined() {
    return new VoluntaryChange(quoted, Status.QUOTED, null, null, null);
  }

  public VoluntaryChange refused(SpaceRefusal why) {
    return new VoluntaryChange(quoted, Status.REFUSED, payment, why, null);
  }

  public VoluntaryChange ended(ChangeEnd how, @Nullable SpaceRefusal space, @Nullable String why) {
    return new VoluntaryChange(quoted, Status.of(how), payment, space, why);
  }
}
