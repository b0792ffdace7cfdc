package aero.contrail.reservation.booking;

import aero.contrail.events.OrderId;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Looks now and then for holds that no order will give back any more. */
@Component
class HoldBackstop {

  private static final Logger log = LoggerFactory.getLogger(HoldBackstop.class);

  private final Reservations reservations;
  private final SpaceAllocation space;
  private final TransactionOperations transaction;
  private final Clock clock;

  HoldBackstop(
      Reservations reservations,
      SpaceAllocation space,
      TransactionOperations transaction,
      Clock clock) {
    this.reservations = reservations;
    this.space = space;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "PT5S")
  void lapse() {
    var forgotten = reservations.lapsed(clock.instant());
    if (!forgotten.isEmpty()) {
      log.warn("Taking back {} hold(s) that their orders forgot: {}", forgotten.size(), forgotten);
      forgotten.forEach(this::lapse);
    }
  }

  /** Each by itself: one that cannot be taken back keeps no other. */
  private void lapse(OrderId order) {
    try {
      transaction.executeWithoutResult(_ -> space.lapse(List.of(order)));
    } catch (RuntimeException e) {
      log.error("The hold of order {} could not be taken back, will be tried again", order, e);
    }
  }
}
