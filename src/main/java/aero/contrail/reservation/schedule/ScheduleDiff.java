package aero.contrail.reservation.schedule;

import aero.contrail.events.ReservationEvent.Severity;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule means for one flight.
 *
 * @param wanted as it is to fly
 * @param stored as it flies; null when it is new
 * @param changes none when it flies so already, or is new
 * @param severity of a retiming; null when its times stay
 * @param refusal why it cannot be changed; null when it can
 */
public record ScheduleDiff(
    ScheduledFlight wanted,
    @Nullable Flight stored,
    Set<Change> changes,
    @Nullable Severity severity,
    @Nullable Refusal refusal) {

  /** What becomes of a flight that is there. */
  public enum Change {
    RETIMED,
    RE_EQUIPPED
  }

  /** Why a flight stays as it is. */
  public record Refusal(String code, String message) {

    static Refusal closed(Flight stored) {
      return new Refusal(
          "flight_" + stored.status().name().toLowerCase(Locale.ROOT),
          stored.id() + " cannot be changed any more");
    }

    /** Who booked it wants to go where it went: another destination is another flight. */
    static Refusal redirected(Flight stored, String destination) {
      return new Refusal(
          "flight_has_bookings",
          "%s goes to %s and has bookings: cancel it, or give the flight to %s another number"
              .formatted(stored.id(), stored.destination(), destination));
    }
  }

  public ScheduleDiff {
    changes = Set.copyOf(changes);
  }

  /**
   * What a schedule means for a flight.
   *
   * @param stored null when there is no such flight yet
   * @param hasBookings whether space on it is sold or held
   * @param minor up to this a change of times is minor
   */
  static ScheduleDiff of(
      ScheduledFlight row, @Nullable Flight stored, boolean hasBookings, Duration minor) {
    if (stored == null) {
      return new ScheduleDiff(row, null, Set.of(), null, null);
    }
    var wanted = row.onto(stored);
    var changes = EnumSet.noneOf(Change.class);
    if (!wanted.sameTimes(stored)) {
      changes.add(Change.RETIMED);
    }
    if (!wanted.sameEquipment(stored)) {
      changes.add(Change.RE_EQUIPPED);
    }
    var refusal =
        changes.isEmpty()
            ? null
            : !stored.status().isAhead()
                ? Refusal.closed(stored)
                : hasBookings && !wanted.goesWhere(stored)
                    ? Refusal.redirected(stored, wanted.leg().destination())
                    : null;
    var severity =
        changes.contains(Change.RETIMED)
            ? RetimingRules.severity(stored.leg(), wanted.leg(), minor)
            : null;
    return new ScheduleDiff(wanted, stored, changes, severity, refusal);
  }

  /** The flight as it is to fly. */
  public Flight after() {
    return stored == null ? Flight.scheduled(wanted) : stored.rescheduled(wanted);
  }

  /** Whether the flight is put on sale. */
  public boolean isNew() {
    return stored == null;
  }

  /** Whether a flight that was taken off the schedule is in it again. */
  public boolean isBack() {
    return stored != null && stored.status() == FlightStatus.SALES_CLOSED && refusal == null;
  }

  /** Whether the flight is in the schedule and was cancelled: it stays so. */
  public boolean isCancelled() {
    return stored != null && stored.status() == FlightStatus.CANCELLED && refusal == null;
  }

  /** Whether something is otherwise for those who booked the flight, or want to. */
  public boolean isFelt() {
    return isChange() || isBack();
  }

  /** Whether a flight that is there flies otherwise from now on. */
  public boolean isChange() {
    return stored != null && !changes.isEmpty() && refusal == null;
  }
}
