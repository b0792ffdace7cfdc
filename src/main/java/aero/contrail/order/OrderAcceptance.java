package aero.contrail.order;

import aero.contrail.database.GroupCommit;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.Idempotency.Claim;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Accepts orders: those that come at the same time in one transaction, with three statements for
 * all of them. Each is decided before by itself, so only a key that is taken can stop one.
 * Thread-safe.
 */
@Component
class OrderAcceptance {

  private static final int MOST = 64;

  /** One group waits for the disk while the next is written. */
  private static final int AT_ONCE = 2;

  private final Idempotency idempotency;
  private final Orders orders;
  private final GroupCommit<Request, Boolean> group;

  OrderAcceptance(Idempotency idempotency, Orders orders, TransactionOperations transaction) {
    this.idempotency = idempotency;
    this.orders = orders;
    this.group = new GroupCommit<>(transaction, this::accept, MOST, AT_ONCE);
  }

  private record Request(Placement placement, Claim claim) {}

  /**
   * Places an order under a key.
   *
   * @return false when the key was taken before; nothing was placed then
   */
  boolean accept(Placement placement, Claim claim) {
    return group.submit(new Request(placement, claim));
  }

  private List<Boolean> accept(List<Request> requests) {
    var free = idempotency.claim(requests.stream().map(Request::claim).toList());
    var fresh = new ArrayList<Placement>();
    for (var i = 0; i < requests.size(); i++) {
      if (free.get(i)) {
        fresh.add(requests.get(i).placement());
      }
    }
    orders.place(fresh);
    return free;
  }
}
