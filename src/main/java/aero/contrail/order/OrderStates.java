package aero.contrail.order;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderId;
import aero.contrail.order.OrderState.Known;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The states of the orders that this instance worked on of late, so that their streams need not be
 * read and folded at every step. Only what has committed is in it, and it is used only for the
 * version that the database names: another instance's change makes it a miss, never a lie.
 */
@Component
class OrderStates {

  private static final int MOST = 20_000;

  /** Orders are settled in seconds; dropped by age, because the newest are the ones in use. */
  private static final Duration KEPT = Duration.ofSeconds(10);

  private final Cache<OrderId, Loaded> states =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

  /**
   * What has become of an order.
   *
   * @param last its newest fact
   */
  record Loaded(Known state, Recorded<?> last) {

    OrderId order() {
      return state.details().placed().order();
    }

    int version() {
      return last.version();
    }
  }

  Optional<Loaded> find(OrderId order, @Nullable Integer version) {
    return Optional.ofNullable(states.getIfPresent(order))
        .filter(known -> version != null && known.version() == version);
  }

  /** Remembers the states when the running transaction commits. */
  void remember(List<Loaded> changed) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            changed.forEach(loaded -> states.put(loaded.order(), loaded));
          }
        });
  }
}
