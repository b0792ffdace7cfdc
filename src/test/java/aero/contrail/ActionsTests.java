package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be done with an order, and why the rest cannot. */
class ActionsTests extends TwoFlights {

  private static Map<String, String> reasons(Answer order) {
    var reasons = new HashMap<String, String>();
    order
        .json()
        .at("/unavailableActions")
        .forEach(o -> reasons.put(o.at("/action").asString(), o.at("/reason").asString()));
    return reasons;
  }

  private Answer read(Answer order) {
    return web.get("/orders/" + order.at("/id")).expect(200);
  }

  @Test
  void aTicketIsPaidAndItsFareMayForbidChanges() {
    assertThat(reasons(sales.ticket(morning, "Y"))).isEqualTo(Map.of("PAY", "The order is paid."));
    var light = reasons(sales.ticket(morning, "L"));
    assertThat(light).containsOnlyKeys("PAY", "CHANGE");
    assertThat(light.get("CHANGE")).startsWith("The fare");
  }

  @Test
  void whoIsCheckedInHasToBeOffloadedFirst() {
    var order = sales.ticket(morning, "Y");
    tell(order.at("/recordLocator"), "CHECK_IN", "P1", morning).expect(201);
    awaitCoupon(order.at("/id"), "P1", "C");
    var reasons = reasons(read(order));
    assertThat(reasons).containsOnlyKeys("PAY", "CANCEL", "CHANGE");
    assertThat(reasons.get("CANCEL")).contains("checked in").isEqualTo(reasons.get("CHANGE"));
  }

  @Test
  void aHeldOrderHasNothingToChange() {
    var reasons = reasons(sales.hold(morning, "Y"));
    assertThat(reasons).containsOnlyKeys("CHANGE");
    assertThat(reasons.get("CHANGE")).contains("no documents");
  }

  @Test
  void whatIsOverIsOver() {
    var order = sales.ticket(morning, "Y");
    var quote = web.create("/orders/" + order.at("/id") + "/cancellations", "").expect(201);
    web.create(
            "/orders/%s/cancellations/%s/confirm".formatted(order.at("/id"), quote.at("/id")), "")
        .expect(200);
    assertThat(reasons(read(order)))
        .containsOnlyKeys("PAY", "CANCEL", "CHANGE")
        .containsValue("The order is CANCELLED.");
  }

  @Test
  void nothingIsSaidOfThePast() {
    var id = sales.ticket(morning, "Y").at("/id");
    var past = web.get("/orders/" + id + "?version=1").expect(200);
    assertThat(past.json().at("/availableActions")).isEmpty();
    assertThat(past.json().at("/unavailableActions")).isEmpty();
  }
}
