package aero.contrail.order.versions;

import aero.contrail.eventlog.Upcaster;
import aero.contrail.events.SpaceRefusal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OrderVersions {

  /** What was ticketed before the selling channel stood in the event. */
  @Bean
  Upcaster ticketedWithoutChannel() {
    return Upcaster.of(
        "order.OrderTicketed.v1", "order.OrderTicketed.v2", payload -> payload.put("channel", ""));
  }

  /** What was rejected when words alone said why. */
  @Bean
  Upcaster rejectedInWords() {
    return Upcaster.of("order.OrderRejected.v1", "order.OrderRejected.v2", SpaceRefusal::ofWords);
  }

  /** Who flew was not told apart from who was booked. */
  @Bean
  Upcaster flownAltogether() {
    return Upcaster.of(
        "order.FlownAwaitingTicket.v1",
        "order.FlownAwaitingTicket.v2",
        payload -> payload.putNull("passengers"));
  }

  /** Nobody could wait for space. */
  @Bean
  Upcaster placedWithoutWaitlist() {
    return Upcaster.of(
        "order.OrderPlaced.v1",
        "order.OrderPlaced.v2",
        payload -> payload.putNull("group").putNull("waitlist"));
  }
}
