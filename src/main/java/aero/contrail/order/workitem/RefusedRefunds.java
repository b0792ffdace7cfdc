package aero.contrail.order.workitem;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.OrderEvent.RefundFailed;
import aero.contrail.order.workitem.WorkItem.Kind;
import java.util.List;
import org.springframework.stereotype.Component;

/** Puts refunds that the provider refused for good on the list of what people have to decide. */
@Component
class RefusedRefunds {

  static final String CONSUMER = "order.work-items";

  private final WorkItems items;

  RefusedRefunds(WorkItems items) {
    this.items = items;
  }

  @EventHandler(CONSUMER)
  void on(List<RefundFailed> batch) {
    for (var failed : batch) {
      items.open(
          new WorkItem(
              failed.refund(),
              failed.refund(),
              Kind.REFUND_REFUSED,
              failed.order(),
              failed.amount(),
              failed.reason(),
              failed.at(),
              null));
    }
  }
}
