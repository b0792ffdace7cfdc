package aero.contrail.loyalty.award;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.OfPoints;
import aero.contrail.events.OrderEvent.PointsTenderRefunded;
import aero.contrail.events.OrderEvent.PointsTenderRequested;
import aero.contrail.events.OrderEvent.PointsTenderTaken;
import aero.contrail.events.PaymentId;
import aero.contrail.loyalty.expiry.ExpiryPolicies;
import aero.contrail.loyalty.ledger.Books;
import aero.contrail.loyalty.ledger.Ledger;
import aero.contrail.loyalty.ledger.Share;
import aero.contrail.loyalty.member.MemberChannels;
import aero.contrail.loyalty.member.MemberChannels.Acquaintance;
import aero.contrail.loyalty.programme.ProgrammeDay;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Hears what orders want of members' points: a batch of facts locks its members once, in order, and
 * writes each table once.
 */
@Component
class AwardPayments {

  static final String CONSUMER = "loyalty.awards";

  private final Ledger ledger;
  private final AwardHolds holds;
  private final MemberChannels channels;
  private final ExpiryPolicies expiry;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Duration holdTime;

  /**
   * @param holdTime for how long points are held at most: longer than an order waits for its card
   */
  AwardPayments(
      Ledger ledger,
      AwardHolds holds,
      MemberChannels channels,
      ExpiryPolicies expiry,
      ApplicationEventPublisher events,
      Clock clock,
      @Value("${contrail.loyalty.hold-time:PT2H}") Duration holdTime) {
    this.ledger = ledger;
    this.holds = holds;
    this.channels = channels;
    this.expiry = expiry;
    this.events = events;
    this.clock = clock;
    this.holdTime = holdTime;
  }

  @EventHandler(CONSUMER)
  void on(List<OfPoints> batch) {
    var payments = batch.stream().map(OfPoints::payment).distinct().toList();
    var books = lock(requests(batch).map(PointsTenderRequested::member), payments);
    var known = holds.find(payments);
    fetch(books, batch, known);
    var met =
        channels.enrolling(
            requests(batch)
                .map(asked -> new Acquaintance(asked.member(), asked.channel()))
                .toList());
    var accounts =
        new AwardAccounts(
            books,
            known,
            (channel, member) -> met.contains(new Acquaintance(member, channel)),
            holds.returned(refunds(batch, known)),
            clock.instant(),
            holdTime,
            expiry.on(today()).atLeastUntil(today()));
    batch.forEach(accounts::tell);
    write(books, accounts);
  }

  /**
   * Lets go of what was held for too long, within the caller's transaction.
   *
   * @return whether there may be more
   */
  boolean letGoLapsed(int limit) {
    var lapsed = holds.lapsed(clock.instant(), limit);
    if (!lapsed.isEmpty()) {
      var books = lock(Stream.of(), lapsed);
      var known = holds.find(lapsed);
      ledger.fetch(books, lots(known));
      var accounts =
          new AwardAccounts(
              books, known, (_, _) -> false, Set.of(), clock.instant(), holdTime, null);
      lapsed.forEach(accounts::let);
      write(books, accounts);
    }
    return lapsed.size() == limit;
  }

  /** Who asks, and whose points are held: a hold is read again when its member is locked. */
  private Books lock(Stream<MemberNumber> asking, Collection<PaymentId> payments) {
    var holders = holds.find(payments).stream().map(AwardHold::member);
    return ledger.lock(Stream.concat(asking, holders).distinct().toList(), List.of());
  }

  private void fetch(Books books, List<OfPoints> batch, List<AwardHold> known) {
    ledger.fetch(books, lots(known));
    var needed = new HashMap<MemberNumber, Long>();
    requests(batch)
        .forEach(asked -> needed.merge(asked.member(), (long) asked.points(), Long::sum));
    batch.stream()
        .filter(PointsTenderTaken.class::isInstance)
        .map(PointsTenderTaken.class::cast)
        .forEach(taken -> needed.merge(taken.member(), (long) taken.points(), Long::sum));
    ledger.fetchSpendable(books, needed, today());
  }

  private void write(Books books, AwardAccounts accounts) {
    holds.save(accounts.changed());
    ledger.write(books, clock.instant());
    accounts.facts().forEach(events::publishEvent);
  }

  private LocalDate today() {
    return ProgrammeDay.of(clock.instant());
  }

  private static Stream<PointsTenderRequested> requests(List<OfPoints> batch) {
    return batch.stream()
        .filter(PointsTenderRequested.class::isInstance)
        .map(PointsTenderRequested.class::cast);
  }

  private static Collection<UUID> lots(List<AwardHold> known) {
    return known.stream().flatMap(hold -> hold.shares().stream()).map(Share::lot).toList();
  }

  private static Set<String> refunds(List<OfPoints> batch, List<AwardHold> known) {
    var byPayment = known.stream().collect(Collectors.toMap(AwardHold::payment, hold -> hold));
    var keys = new HashSet<String>();
    for (var fact : batch) {
      if (fact instanceof PointsTenderRefunded refunded) {
        var hold = byPayment.get(refunded.payment());
        if (hold != null) {
          keys.add(hold.cause().part(refunded.refund()).key());
        }
      }
    }
    return keys;
  }
}
