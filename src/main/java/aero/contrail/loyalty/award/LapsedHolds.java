package aero.contrail.loyalty.award;

import aero.contrail.eventlog.Origin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Lets go of points that no order took in time: it catches what an order forgot. */
@Component
class LapsedHolds {

  private static final int LIMIT = 200;

  private final AwardPayments payments;
  private final TransactionOperations transaction;

  LapsedHolds(AwardPayments payments, TransactionOperations transaction) {
    this.payments = payments;
    this.transaction = transaction;
  }

  @Scheduled(fixedDelayString = "PT5S")
  void letGo() {
    ScopedValue.where(Origin.CURRENT, Origin.system("system:award-holds"))
        .run(
            () -> {
              while (Boolean.TRUE.equals(transaction.execute(_ -> payments.letGoLapsed(LIMIT)))) {
                // the next ones
              }
            });
  }
}
