package aero.contrail.order;

import aero.contrail.database.TransactionLocal;
import aero.contrail.events.OrderId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

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

  private final TransactionLocal<Map<OrderId, Loaded>> own =
      new TransactionLocal<>(HashMap::new, states::putAll);

  /** The state at a version: of what the running transaction itself has changed, first of all. */
  Optional<Loaded> find(OrderId order, @Nullable Integer version) {
    var changed = own.find();
    var known = changed == null ? null : changed.get(order);
    return Optional.ofNullable(known == null ? states.getIfPresent(order) : known)
        .filter(loaded -> version != null && loaded.version() == version);
  }

  /**
   * Remembers states for the rest of the running transaction, whose facts are not in the log yet,
   * and for all when it commits.
   */
  void remember(List<Loaded> changed) {
    var states = own.get();
    changed.forEach(loaded -> states.put(loaded.order(), loaded));
  }
}
