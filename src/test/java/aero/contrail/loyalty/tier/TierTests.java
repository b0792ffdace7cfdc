package aero.contrail.loyalty.tier;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.events.LoyaltyEvent.OfTier;
import aero.contrail.events.LoyaltyEvent.TierDowngraded;
import aero.contrail.events.LoyaltyEvent.TierRequalified;
import aero.contrail.events.LoyaltyEvent.TierUpgraded;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Ledger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

/** Tiers that members reach, keep and lose, and what others are told of it. */
@ModuleTest
class TierTests {

  private final int year = LocalDate.now(ZoneOffset.UTC).getYear();
  private final LocalDate day = LocalDate.of(year - 1, 4, 1);

  @Autowired Tiers tiers;
  @Autowired TierReview review;
  @Autowired Ledger ledger;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private MemberNumber member = new MemberNumber("4000000010");

  @BeforeEach
  void join() throws Exception {
    var serial = "" + ThreadLocalRandom.current().nextLong(500_000_000, 999_000_000);
    member = new MemberNumber(serial + LuhnCheckDigit.LUHN_CHECK_DIGIT.calculate(serial));
    transaction.executeWithoutResult(_ -> ledger.open(member));
  }

  private void flown(LocalDate on, long points) {
    transaction.executeWithoutResult(
        _ -> {
          ledger.lock(List.of(member), List.of());
          var accounts = tiers.of(List.of(member));
          accounts.count(member, on, points, points < 0 ? -1 : 1);
          tiers.write(accounts);
        });
  }

  private List<OfTier> told(AssertablePublishedEvents events) {
    var told = new ArrayList<OfTier>();
    events.ofType(OfTier.class).matching(fact -> fact.member().equals(member)).forEach(told::add);
    return told;
  }

  private long standings() {
    return jdbc.sql("select count(*) from loyalty.standing where member_number = :member")
        .param("member", member.value())
        .query(Long.class)
        .single();
  }

  @Test
  void aTierIsToldOfWhenItIsReachedAndWhenItIsReachedAgain(AssertablePublishedEvents events) {
    flown(day, 24_999);
    assertThat(told(events)).isEmpty();
    flown(day, 1);
    flown(day.plusDays(1), 500);
    flown(LocalDate.of(year, 1, 1), 25_000);
    assertThat(told(events))
        .hasSize(2)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isInstanceOf(TierUpgraded.class)
                    .returns("BRONZE", OfTier::tier)
                    .returns(1, OfTier::rank)
                    .returns(LocalDate.of(year, 12, 31), OfTier::until),
            second ->
                assertThat(second)
                    .isInstanceOf(TierRequalified.class)
                    .returns(LocalDate.of(year + 1, 12, 31), OfTier::until));
  }

  /** What is flown where it is next year already takes nothing of this one away. */
  @Test
  void nobodyLosesATierBeforeItsLastDayIsOver(AssertablePublishedEvents events) {
    flown(day, 25_000);
    flown(LocalDate.of(year + 1, 1, 1), 500);
    assertThat(told(events)).hasSize(1);
    assertThat(standings()).isOne();
  }

  @Test
  void whatIsTakenBackTakesTheTierAlong(AssertablePublishedEvents events) {
    flown(day, 60_000);
    flown(day, -60_000);
    assertThat(told(events)).hasSize(2);
    assertThat(told(events).getLast())
        .isInstanceOf(TierDowngraded.class)
        .returns("BASE", OfTier::tier)
        .returns(null, OfTier::until);
    assertThat(standings()).isZero();
  }

  /** Nobody was told of what he reached: he is when rules take effect, and once. */
  @Test
  void aVersionThatTakesEffectIsAReasonToLookAtAll(AssertablePublishedEvents events) {
    jdbc.sql("insert into loyalty.qualification values (:member, :day, 25000, 1)")
        .param("member", member.value())
        .param("day", LocalDate.now(ZoneOffset.UTC))
        .update();
    jdbc.sql("delete from loyalty.tier_version_review").update();
    review.review();
    review.review();
    assertThat(told(events))
        .satisfiesExactly(fact -> assertThat(fact).isInstanceOf(TierUpgraded.class));
    assertThat(standings()).isOne();
    assertThat(
            jdbc.sql("select count(*) from loyalty.tier_version_review where done")
                .query(Long.class)
                .single())
        .isPositive();
  }

  /** Reached years ago, never told that it was over: told once. */
  @Test
  void aTierThatIsOverIsToldOfOnce(AssertablePublishedEvents events) {
    var before = LocalDate.now(ZoneOffset.UTC).minusYears(3).withDayOfYear(100);
    transaction.executeWithoutResult(
        _ -> {
          jdbc.sql("insert into loyalty.qualification values (:member, :day, 25000, 1)")
              .param("member", member.value())
              .param("day", before)
              .update();
          jdbc.sql("insert into loyalty.standing values (:member, 'BRONZE', 1, :until)")
              .param("member", member.value())
              .param("until", before.plusYears(1).withMonth(12).withDayOfMonth(31))
              .update();
        });
    review.review();
    review.review();
    assertThat(told(events)).hasSize(1);
    assertThat(told(events).getFirst()).isInstanceOf(TierDowngraded.class);
    assertThat(standings()).isZero();
  }
}
