package aero.contrail.order.versions;

import aero.contrail.eventlog.Upcaster;
import aero.contrail.events.PaymentId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.order.payment.PaymentInstruction;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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

  /** Fares said nothing of who does not come. */
  @Bean
  Upcaster placedWithoutNoShow() {
    return Upcaster.of(
        "order.OrderPlaced.v2",
        "order.OrderPlaced.v3",
        payload -> withoutNoShow(payload, payload.get("terms").get("conditions")));
  }

  @Bean
  Upcaster quotedWithoutNoShow() {
    return Upcaster.of(
        "order.ChangeQuoted.v1",
        "order.ChangeQuoted.v2",
        payload -> withoutNoShow(payload, payload.get("conditions")));
  }

  @Bean
  Upcaster exchangedWithoutNoShow() {
    return Upcaster.of(
        "order.CouponsExchanged.v1",
        "order.CouponsExchanged.v2",
        payload -> {
          payload.get("conditions").forEach(conditions -> withoutNoShow(payload, conditions));
          return payload;
        });
  }

  /** What was missed could not be changed. */
  @Bean
  Upcaster confirmedWithoutMissed() {
    return Upcaster.of(
        "order.ChangeConfirmed.v1",
        "order.ChangeConfirmed.v2",
        payload -> {
          payload.putArray("missed");
          return payload;
        });
  }

  /** Nothing was to be had for points. */
  @Bean
  Upcaster placedWithoutPoints() {
    return Upcaster.of(
        "order.OrderPlaced.v3", "order.OrderPlaced.v4", OrderVersions::withoutPoints);
  }

  @Bean
  Upcaster splitOffWithoutPoints() {
    return Upcaster.of(
        "order.OrderSplitOff.v2", "order.OrderSplitOff.v3", OrderVersions::withoutPoints);
  }

  private static ObjectNode withoutPoints(ObjectNode payload) {
    ((ObjectNode) payload.get("terms")).putNull("points");
    var waitlist = payload.get("waitlist");
    if (waitlist != null && !waitlist.isNull()) {
      waitlist.get("anyOf").forEach(choice -> ((ObjectNode) choice).putNull("points"));
    }
    return payload;
  }

  private static ObjectNode withoutNoShow(ObjectNode payload, JsonNode conditions) {
    ((ObjectNode) conditions).putNull("noShow");
    return payload;
  }

  /** What the taxes of a document are followed from the price of the order alone. */
  @Bean
  Upcaster ticketedWithoutTaxes() {
    return Upcaster.of(
        "order.OrderTicketed.v2",
        "order.OrderTicketed.v3",
        payload -> {
          payload.get("tickets").forEach(ticket -> ((ObjectNode) ticket).putNull("taxes"));
          return payload;
        });
  }

  /** A document did not say whether it was an infant's. */
  @Bean
  Upcaster ticketedWithoutTypes() {
    return Upcaster.of(
        "order.OrderTicketed.v3", "order.OrderTicketed.v4", OrderVersions::withoutTypes);
  }

  @Bean
  Upcaster exchangedWithoutTypes() {
    return Upcaster.of(
        "order.CouponsExchanged.v2", "order.CouponsExchanged.v3", OrderVersions::withoutTypes);
  }

  @Bean
  Upcaster reissuedWithoutTypes() {
    return Upcaster.of(
        "order.TicketsReissued.v1", "order.TicketsReissued.v2", OrderVersions::withoutTypes);
  }

  @Bean
  Upcaster splitOffWithoutTypes() {
    return Upcaster.of(
        "order.OrderSplitOff.v1",
        "order.OrderSplitOff.v2",
        payload -> {
          payload
              .get("documents")
              .forEach(document -> ((ObjectNode) document.get("ticket")).putNull("type"));
          return payload;
        });
  }

  private static ObjectNode withoutTypes(ObjectNode payload) {
    payload.get("tickets").forEach(ticket -> ((ObjectNode) ticket).putNull("type"));
    return payload;
  }

  /** A payment was refunded once at most. */
  @Bean
  Upcaster refundedOnce() {
    return Upcaster.of(
        "order.RefundIssued.v1", "order.RefundIssued.v2", OrderVersions::theOnlyRefund);
  }

  @Bean
  Upcaster refusedOnce() {
    return Upcaster.of(
        "order.RefundFailed.v1", "order.RefundFailed.v2", OrderVersions::theOnlyRefund);
  }

  private static ObjectNode theOnlyRefund(ObjectNode payload) {
    var payment = new PaymentId(UUID.fromString(payload.get("payment").asString()));
    return payload.put("refund", PaymentInstruction.refundOfAllThatIsLeft(payment).toString());
  }
}
