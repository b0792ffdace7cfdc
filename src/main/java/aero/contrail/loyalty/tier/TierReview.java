package aero.contrail.loyalty.tier;

import aero.contrail.eventlog.Origin;
import aero.contrail.loyalty.ledger.Ledger;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Tells of tiers that end with their year. Many instances may do it at the same time. */
@Component
class TierReview {

  private static final int LIMIT = 200;

  private final Tiers tiers;
  private final Ledger ledger;
  private final TransactionOperations transaction;

  TierReview(Tiers tiers, Ledger ledger, TransactionOperations transaction) {
    this.tiers = tiers;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  @Scheduled(fixedDelayString = "PT1M")
  void review() {
    ScopedValue.where(Origin.CURRENT, Origin.system("system:tier-review"))
        .run(
            () -> {
              while (Boolean.TRUE.equals(transaction.execute(_ -> reviewSome()))) {
                // the next ones
              }
            });
  }

  private boolean reviewSome() {
    var ended = tiers.ended(LIMIT);
    if (!ended.isEmpty()) {
      ledger.lock(ended, List.of());
      tiers.review(ended);
    }
    return ended.size() == LIMIT;
  }
}
