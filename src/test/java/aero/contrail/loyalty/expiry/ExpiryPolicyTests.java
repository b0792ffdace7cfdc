package aero.contrail.loyalty.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.loyalty.programme.RuleVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryPolicyTests {

  private static final LocalDate LEAP = LocalDate.parse("2028-02-29");

  @Test
  void pointsGetSoOldAndNoOlder() {
    var policy = new ExpiryPolicy(36, null, 0, 0, 0);
    assertThat(policy.expiresOn(LocalDate.parse("2026-12-01"))).isEqualTo("2029-12-01");
    assertThat(policy.expiresOn(LEAP)).isEqualTo("2031-02-28");
    assertThat(policy.inactiveSince(LEAP)).isNull();
  }

  @Test
  void graceIsAddedToBoth() {
    var policy = new ExpiryPolicy(12, 18, 30, 0, 0);
    assertThat(policy.expiresOn(LocalDate.parse("2026-12-01"))).isEqualTo("2027-12-31");
    assertThat(policy.inactiveSince(LocalDate.parse("2027-12-31"))).isEqualTo("2026-06-01");
  }

  @Test
  void withoutAPolicyTheyLast() {
    assertThat(ExpiryPolicy.NEVER.expiresOn(LEAP)).isNull();
    assertThat(ExpiryPolicy.NEVER.atLeastUntil(LEAP)).isNull();
    assertThat(new ExpiryRules(List.of()).expiresOn(LEAP)).isNull();
  }

  @Test
  void theDayOfTravelDecides() {
    var rules =
        new ExpiryRules(
            List.of(
                version("2026-01-01", new ExpiryPolicy(36, null, 0, 0, 0)),
                version("2027-01-01", new ExpiryPolicy(12, null, 0, 0, 0))));
    assertThat(rules.expiresOn(LocalDate.parse("2026-12-31"))).isEqualTo("2029-12-31");
    assertThat(rules.expiresOn(LocalDate.parse("2027-01-01"))).isEqualTo("2028-01-01");
    assertThat(rules.expiresOn(LocalDate.parse("2025-12-31"))).isNull();
  }

  private static RuleVersion<ExpiryPolicy> version(String from, ExpiryPolicy policy) {
    return new RuleVersion<>(LocalDate.parse(from), policy, "test", Instant.EPOCH);
  }
}
