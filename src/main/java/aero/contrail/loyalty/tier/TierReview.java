package aero.contrail.loyalty.tier;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Ledger;
import aero.contrail.loyalty.ledger.MemberBatches;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells of tiers that change though nobody flies: those that end with their year, and all when
 * other rules take effect. A run is short, because others wait for their turn; what it leaves the
 * next one does. Many instances may do it at the same time.
 */
@Component
class TierReview {

  private static final int LIMIT = 200;
  private static final int BATCHES = 10;

  /** The oldest version that holds by now and whose members were not all looked at. */
  private static final String NEXT_VERSION =
      """
      select effective_from, coalesce(reviewed_to, '') as reviewed_to
        from loyalty.tier_version_review
       where effective_from <= :today and not done
       order by effective_from
       limit 1
      """;

  private static final String KNOW_VERSIONS =
      """
      insert into loyalty.tier_version_review (effective_from)
      select effective_from
        from loyalty.rule_version
       where kind = 'TIER'
          on conflict do nothing
      """;

  private static final String REVIEWED =
      """
      update loyalty.tier_version_review
         set reviewed_to = :to, done = :done
       where effective_from = :from and coalesce(reviewed_to, '') = :before
      """;

  private final Tiers tiers;
  private final Standings standings;
  private final Ledger ledger;
  private final JdbcClient jdbc;
  private final MemberBatches each;

  TierReview(Tiers tiers, Standings standings, Ledger ledger, JdbcClient jdbc, MemberBatches each) {
    this.tiers = tiers;
    this.standings = standings;
    this.ledger = ledger;
    this.jdbc = jdbc;
    this.each = each;
  }

  @Scheduled(fixedDelayString = "PT10S")
  void review() {
    ScopedValue.where(Origin.CURRENT, Origin.system("system:tier-review"))
        .run(
            () -> {
              reviewEnded();
              reviewVersions();
            });
  }

  private void reviewEnded() {
    var after = "";
    for (var batch = 0; batch < BATCHES; batch++) {
      var ended = standings.ended(tiers.today(), after, LIMIT);
      if (ended.isEmpty()) {
        return;
      }
      review(ended);
      after = ended.getLast().value();
    }
  }

  private void review(List<MemberNumber> members) {
    each.run("review of the tier", members, this::lockAndReview);
  }

  private void lockAndReview(List<MemberNumber> members) {
    ledger.lock(members, List.of());
    tiers.review(members);
  }

  /** All members, in the order of their numbers, whenever a version takes effect. */
  private void reviewVersions() {
    jdbc.sql(KNOW_VERSIONS).update();
    for (var batch = 0; batch < BATCHES; batch++) {
      var next = nextVersion();
      if (next.isEmpty()) {
        return;
      }
      reviewBy(next.get());
    }
  }

  private record Reviewed(LocalDate from, String to) {}

  private Optional<Reviewed> nextVersion() {
    return jdbc.sql(NEXT_VERSION)
        .param("today", tiers.today())
        .query(
            (row, _) ->
                new Reviewed(
                    row.getObject("effective_from", LocalDate.class), row.getString("reviewed_to")))
        .optional();
  }

  /** Two instances may do the same: it is told of once. */
  private void reviewBy(Reviewed version) {
    var members = standings.qualified(version.to(), LIMIT);
    if (!members.isEmpty()) {
      review(members);
    }
    jdbc.sql(REVIEWED)
        .param("from", version.from())
        .param("before", version.to())
        .param("to", members.isEmpty() ? version.to() : members.getLast().value())
        .param("done", members.size() < LIMIT)
        .update();
  }
}
