package aero.contrail.loyalty.adjustment;

import aero.contrail.events.LoyaltyEvent.PointsAdjusted;
import aero.contrail.events.LoyaltyEvent.PointsReinstated;
import aero.contrail.events.LoyaltyEvent.PointsTransferred;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.adjustment.Adjustment.Status;
import aero.contrail.loyalty.expiry.ExpiryPolicies;
import aero.contrail.loyalty.ledger.Books;
import aero.contrail.loyalty.ledger.Cause;
import aero.contrail.loyalty.ledger.Cause.Source;
import aero.contrail.loyalty.ledger.Entry;
import aero.contrail.loyalty.ledger.Entry.Kind;
import aero.contrail.loyalty.ledger.Ledger;
import aero.contrail.loyalty.ledger.Share;
import aero.contrail.loyalty.programme.ProgrammeDay;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Moves points as people want, within the caller's transaction. */
@Component
class PointsDesk {

  private final Ledger ledger;
  private final Adjustments adjustments;
  private final ExpiryPolicies policies;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final int limit;

  /**
   * @param limit so many points one person may give or take alone
   */
  PointsDesk(
      Ledger ledger,
      Adjustments adjustments,
      ExpiryPolicies policies,
      ApplicationEventPublisher events,
      Clock clock,
      @Value("${contrail.loyalty.adjustment-limit:10000}") int limit) {
    this.ledger = ledger;
    this.adjustments = adjustments;
    this.policies = policies;
    this.events = events;
    this.clock = clock;
    this.limit = limit;
  }

  /** Gives or takes points at once, or leaves it to a second person. */
  Adjustment request(MemberNumber member, int points, String reason, String by) {
    var small = Math.abs((long) points) <= limit;
    var fresh =
        new Adjustment(
            UUID.randomUUID(),
            member,
            points,
            reason,
            small ? Status.DONE : Status.PENDING,
            by,
            clock.instant(),
            null,
            null);
    adjustments.insert(fresh);
    if (small) {
      adjust(fresh);
    }
    return fresh;
  }

  /**
   * Decides one that waits.
   *
   * @throws Problem when there is none, it is decided, or the same person asked for it
   */
  Adjustment decide(MemberNumber member, UUID id, boolean approved, String by) {
    var waiting =
        adjustments.lock(member, id).orElseThrow(() -> Problem.notFound("adjustment", id));
    if (waiting.status() != Status.PENDING) {
      throw new Problem(
          ProblemCode.ILLEGAL_STATE, "Adjustment %s is %s.".formatted(id, waiting.status()));
    }
    if (waiting.requestedBy().equals(by)) {
      throw new Problem(
          ProblemCode.SECOND_PERSON_NEEDED, "%s asked for adjustment %s.".formatted(by, id));
    }
    adjustments.decide(id, approved ? Status.DONE : Status.REJECTED, by, clock.instant());
    if (approved) {
      adjust(waiting);
    }
    return adjustments.lock(member, id).orElseThrow();
  }

  private void adjust(Adjustment adjustment) {
    var member = adjustment.member();
    var now = clock.instant();
    var cause = Cause.of(Source.ADJUSTMENT, adjustment.id());
    var books = ledger.lock(List.of(member), List.of());
    if (adjustment.points() > 0) {
      var expiresOn = policies.rules().expiresOn(today());
      var _ = books.give(member, Kind.ADJUSTED, cause, adjustment.points(), expiresOn, now);
    } else {
      var points = -adjustment.points();
      ledger.fetchSpendable(books, Map.of(member, (long) points), today());
      var _ =
          books.take(member, cause, points, now).orElseThrow(() -> tooFew(books, member, points));
    }
    ledger.write(books, now);
    events.publishEvent(new PointsAdjusted(member, adjustment.points(), adjustment.reason(), now));
  }

  /**
   * Gives points of a member to another.
   *
   * @return under which it is found in both ledgers
   * @throws Problem when there are fewer, or nobody to have them
   */
  UUID transfer(MemberNumber from, MemberNumber to, int points) {
    if (from.equals(to)) {
      throw Problem.invalid(
          "/to", "same_member", "Points are given to somebody else: name another member.");
    }
    var now = clock.instant();
    var id = UUID.randomUUID();
    var books = ledger.lock(List.of(from, to), List.of());
    if (!books.has(to)) {
      throw new Problem(
          ProblemCode.MEMBER_UNKNOWN,
          "There is no member %s.".formatted(to),
          List.of(new Problem.FieldError("/to", "member_unknown", "Nobody has this number.")));
    }
    ledger.fetchSpendable(books, Map.of(from, (long) points), today());
    var _ =
        books
            .transfer(from, to, Cause.of(Source.TRANSFER, id), points, now)
            .orElseThrow(() -> tooFew(books, from, points));
    ledger.write(books, now);
    events.publishEvent(new PointsTransferred(from, to, points, now));
    return id;
  }

  private static Problem tooFew(Books books, MemberNumber member, int points) {
    return new Problem(
        ProblemCode.INSUFFICIENT_POINTS,
        "Member %s has %d points to spend, fewer than %d."
            .formatted(member, books.balance(member).available(), points));
  }

  /**
   * Gives back what expired.
   *
   * @param entry by which it did
   * @return the points
   * @throws Problem when nothing did by it, it is too long ago, or they came back already
   */
  long reinstate(MemberNumber member, UUID entry) {
    var now = clock.instant();
    var policy = policies.on(today());
    var books = ledger.lock(List.of(member), List.of());
    var expired =
        ledger.expired(member, entry).orElseThrow(() -> Problem.notFound("expiry", entry));
    var last = expired.at().plus(Duration.ofDays(policy.reinstateDays()));
    if (now.isAfter(last)) {
      throw new Problem(
          ProblemCode.ILLEGAL_STATE,
          "They expired at %s and could be given back until %s.".formatted(expired.at(), last));
    }
    ledger.fetch(books, expired.shares().stream().map(Share::lot).toList());
    var until = Objects.requireNonNullElse(policy.atLeastUntil(today()), today().plusDays(1));
    var cause = Cause.of(Source.EXPIRY, entry).part(UUID.randomUUID());
    var points =
        books
            .reinstate(member, cause, expired.shares(), until, now)
            .map(Entry::points)
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemCode.ILLEGAL_STATE,
                        "What they were for was taken back, or they were given back already."));
    ledger.write(books, now);
    events.publishEvent(new PointsReinstated(member, points, now));
    return points;
  }

  private LocalDate today() {
    return ProgrammeDay.of(clock.instant());
  }

  /** When something is done. */
  Instant now() {
    return clock.instant();
  }
}
