package aero.contrail.order.versions;

import aero.contrail.eventlog.Upcaster;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What was ticketed before the selling channel stood in the event. */
@Component
class TicketedWithChannel implements Upcaster {

  @Override
  public String from() {
    return "order.OrderTicketed.v1";
  }

  @Override
  public String to() {
    return "order.OrderTicketed.v2";
  }

  @Override
  public ObjectNode upcast(ObjectNode payload) {
    return payload.put("channel", "");
  }
}
