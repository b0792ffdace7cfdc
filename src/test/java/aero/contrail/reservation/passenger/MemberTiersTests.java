package aero.contrail.reservation.passenger;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.events.LoyaltyEvent.TierDowngraded;
import aero.contrail.events.LoyaltyEvent.TierUpgraded;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Traveller;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What reservation knows of tiers. */
@ModuleTest
class MemberTiersTests {

  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
  private static final LocalDate UNTIL = LocalDate.parse("2027-12-31");
  private static final MemberNumber ADA = new MemberNumber("4000000010");
  private static final MemberNumber GRACE = new MemberNumber("4000000028");
  private static final Party PARTY =
      Party.of(
          List.of(
              new Traveller(new PassengerId("P1"), PassengerType.ADULT, ADA),
              new Traveller(new PassengerId("P2"), PassengerType.ADULT, GRACE),
              new Traveller(new PassengerId("P3"), PassengerType.INFANT, null)));

  @Autowired MemberTiers tiers;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private int rank(Party party) {
    return jdbc.sql("select reservation.rank_of(:party)")
        .param("party", party.text())
        .query(Integer.class)
        .single();
  }

  @Test
  void aPartyIsStoredWithItsNumbers() {
    assertThat(PARTY.text()).isEqualTo("P1 ADULT 4000000010,P2 ADULT 4000000028,P3 INFANT");
    assertThat(Party.ofText(PARTY.text())).isEqualTo(PARTY);
    var before = Party.ofText("P1 ADULT,P2 ADULT,P3 INFANT");
    assertThat(before.with(PARTY).ids()).isEqualTo(PARTY.ids());
  }

  /** The highest counts; told twice it is the same; who has none any more has none. */
  @Test
  void theHighestTierOfAPartyCounts() {
    var told =
        List.of(
            new TierUpgraded(ADA, "BRONZE", 1, UNTIL, NOW),
            new TierUpgraded(GRACE, "SILVER", 2, UNTIL, NOW),
            new TierUpgraded(GRACE, "GOLD", 3, UNTIL, NOW));
    for (var times = 0; times < 2; times++) {
      transaction.executeWithoutResult(_ -> tiers.onTiers(List.copyOf(told)));
      assertThat(rank(PARTY)).isEqualTo(3);
    }
    assertThat(rank(PARTY.without(List.of(new PassengerId("P2"))))).isEqualTo(1);
    assertThat(rank(PARTY.only(List.of(new PassengerId("P3"))))).isZero();
    transaction.executeWithoutResult(
        _ ->
            tiers.onTiers(
                List.of(
                    new TierDowngraded(GRACE, "BASE", 0, null, NOW),
                    new TierDowngraded(ADA, "BASE", 0, null, NOW))));
    assertThat(rank(PARTY)).isZero();
    assertThat(rank(Party.ofText(""))).isZero();
  }
}
