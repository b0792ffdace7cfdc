package aero.contrail.order;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderId;
import aero.contrail.order.model.OrderState.Known;

/**
 * What has become of an order.
 *
 * @param last its newest fact
 */
public record Loaded(Known state, Recorded<?> last) {

  public OrderId order() {
    return state.details().placed().order();
  }

  public int version() {
    return last.version();
  }
}
