package aero.contrail.loyalty.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.events.LoyaltyEvent.PointsExpired;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.LedgerAudit;
import aero.contrail.loyalty.MemberPoints;
import aero.contrail.loyalty.ledger.Entry.Kind;
import aero.contrail.loyalty.ledger.Ledger;
import aero.contrail.loyalty.ledger.Statements;
import aero.contrail.loyalty.ledger.Statements.Line;
import aero.contrail.loyalty.member.Member;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

/** Points that nobody spends in time. */
@ModuleTest
class ExpiryTests {

  @Autowired ExpiryJob job;
  @Autowired Expiry expiry;
  @Autowired Ledger ledger;
  @Autowired Statements statements;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private MemberNumber member = new MemberNumber("4000000010");
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  @BeforeEach
  void join() {
    member = Member.numberOf(ThreadLocalRandom.current().nextLong(500_000_000, 999_000_000));
    transaction.executeWithoutResult(_ -> ledger.open(member));
  }

  @AfterEach
  void allAddsUp() {
    LedgerAudit.check(jdbc);
  }

  private long available() {
    return statements.balance(member).available();
  }

  private List<Kind> kinds() {
    return statements.lines(member, 0, 10).stream().map(Line::kind).toList();
  }

  private void activeOn(LocalDate day) {
    jdbc.sql("update loyalty.account set active_on = :day where member_number = :member")
        .param("day", day)
        .param("member", member.value())
        .update();
  }

  @Test
  void onTheirDayPointsExpireAndOnce(AssertablePublishedEvents events) {
    MemberPoints.grant(jdbc, member.value(), 100, today);
    MemberPoints.grant(jdbc, member.value(), 30, today.minusDays(3));
    MemberPoints.grant(jdbc, member.value(), 500, today.plusDays(1));
    MemberPoints.grant(jdbc, member.value(), 700, null);
    job.run();
    job.run();
    assertThat(available()).isEqualTo(1_200);
    assertThat(kinds()).endsWith(Kind.POSTED, Kind.EXPIRED).containsOnlyOnce(Kind.EXPIRED);
    assertThat(events.ofType(PointsExpired.class).matching(f -> f.member().equals(member)))
        .hasSize(1)
        .allSatisfy(expired -> assertThat(expired.points()).isEqualTo(130));
  }

  /** Two instances at the same time: each point expires once. */
  @Test
  void manyMayRunAtTheSameTime() throws Exception {
    MemberPoints.grant(jdbc, member.value(), 100, today);
    try (var threads = Executors.newFixedThreadPool(6)) {
      var runs =
          IntStream.range(0, 6)
              .<Callable<Object>>mapToObj(_ -> Executors.callable(job::run))
              .toList();
      for (var run : threads.invokeAll(runs)) {
        run.get();
      }
    }
    assertThat(available()).isZero();
    assertThat(kinds()).containsOnlyOnce(Kind.EXPIRED);
  }

  @Test
  void whoDoesNothingForTooLongLosesAll() {
    MemberPoints.grant(jdbc, member.value(), 100, null);
    MemberPoints.grant(jdbc, member.value(), 50, today.plusYears(1));
    activeOn(today.minusMonths(18));
    var since = today.minusMonths(18);
    assertThat(expiry.inactive(since.minusDays(1), List.of(), 1_000)).doesNotContain(member);
    assertThat(expiry.inactive(since, List.of(), 1_000)).contains(member);
    transaction.executeWithoutResult(_ -> expiry.expireInactive(List.of(member), since));
    assertThat(available()).isZero();
    assertThat(expiry.inactive(since, List.of(), 1_000)).doesNotContain(member);
  }

  /** He flew after he was looked up, and before his account was locked. */
  @Test
  void whoWasActiveMeanwhileLosesNothing() {
    MemberPoints.grant(jdbc, member.value(), 100, null);
    activeOn(today);
    transaction.executeWithoutResult(
        _ -> expiry.expireInactive(List.of(member), today.minusMonths(18)));
    assertThat(available()).isEqualTo(100);
  }
}
