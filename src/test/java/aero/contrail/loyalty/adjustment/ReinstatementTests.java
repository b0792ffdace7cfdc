package aero.contrail.loyalty.adjustment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aero.contrail.ModuleTest;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.LedgerAudit;
import aero.contrail.loyalty.MemberPoints;
import aero.contrail.loyalty.ledger.Cause;
import aero.contrail.loyalty.ledger.Cause.Source;
import aero.contrail.loyalty.ledger.Entry;
import aero.contrail.loyalty.ledger.Ledger;
import aero.contrail.loyalty.ledger.Statements;
import aero.contrail.loyalty.member.Member;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What expired not long ago comes back, once. */
@ModuleTest
class ReinstatementTests {

  @Autowired PointsDesk desk;
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

  private UUID expired(Instant at) {
    MemberPoints.grant(jdbc, member.value(), 100, today);
    MemberPoints.grant(jdbc, member.value(), 40, today.minusDays(1));
    return transaction.execute(
        _ -> {
          var books = ledger.lock(List.of(member), List.of());
          ledger.fetchExpired(books, List.of(member), today);
          var entry = books.expire(member, Cause.of(Source.EXPIRY, UUID.randomUUID()), today, at);
          ledger.write(books, at);
          return entry.map(Entry::id).orElseThrow();
        });
  }

  private long reinstate(UUID entry) {
    return transaction.execute(_ -> desk.reinstate(member, entry));
  }

  private void refused(UUID entry, ProblemCode code) {
    assertThatThrownBy(() -> reinstate(entry))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  @Test
  void allThatExpiredTogetherComesBackAndLastsForAWhile() {
    var entry = expired(Instant.now());
    assertThat(statements.balance(member).available()).isZero();
    assertThat(reinstate(entry)).isEqualTo(140);
    assertThat(statements.balance(member).available()).isEqualTo(140);
    assertThat(statements.lots(member, Instant.EPOCH, new UUID(0, 0), 10))
        .filteredOn(lot -> lot.available() > 0)
        .singleElement()
        .satisfies(
            lot -> {
              assertThat(lot.available()).isEqualTo(140);
              assertThat(lot.expiresOn()).isEqualTo(today.plusDays(30));
            });
    refused(entry, ProblemCode.ILLEGAL_STATE);
    assertThat(statements.balance(member).available()).isEqualTo(140);
  }

  @Test
  void whatExpiredLongAgoStaysAway() {
    refused(expired(Instant.now().minusSeconds(91 * 86_400)), ProblemCode.ILLEGAL_STATE);
  }

  @Test
  void nothingElseComesBack() {
    var _ = expired(Instant.now());
    refused(UUID.randomUUID(), ProblemCode.NOT_FOUND);
    var granted = statements.lines(member, 0, 1).getFirst().id();
    refused(granted, ProblemCode.NOT_FOUND);
  }
}
