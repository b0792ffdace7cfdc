package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** What tests of changes say and see: one flight in the morning, one in the evening. */
abstract class TwoFlights extends AtTheAirport {

  String morning = "";
  String evening = "";

  @BeforeEach
  void twoFlights() {
    morning = sales.flight("EWR", "09:00", "ALB", "10:00", "ER4");
    evening = sales.flight("EWR", "18:00", "ALB", "19:00", "ER4");
  }

  Answer quote(String order, Map<String, Object> what) {
    return web.create("/orders/" + order + "/changes", what, "Prefer", "wait=20");
  }

  Answer quote(String order, String remove, String offerId) {
    return quote(order, Map.of("remove", List.of(remove), "offerId", offerId));
  }

  Answer confirm(Answer quote, Object body) {
    return web.create(
        "/orders/%s/changes/%s/confirm".formatted(quote.at("/orderId"), quote.at("/id")),
        body,
        "Prefer",
        "wait=20");
  }

  static Map<String, Object> paidWith(String token) {
    return Map.of("payment", Sales.card(token));
  }

  static BigDecimal amount(Answer answer, String pointer) {
    return new BigDecimal(answer.at(pointer + "/amount"));
  }

  String seats(String flight) {
    return "%d sold, %d held"
        .formatted(sales.inventory(flight, "sold"), sales.inventory(flight, "held"));
  }

  void awaitSeats(String flight, String seats) {
    Awaitility.await(flight).untilAsserted(() -> assertThat(seats(flight)).isEqualTo(seats));
  }

  /** What can be done with an order now. */
  static List<String> actions(Answer order) {
    return order
        .json()
        .at("/availableActions")
        .valueStream()
        .map(action -> action.at("/action").asString())
        .toList();
  }

  static Map<String, String> coupons(JsonNode passenger) {
    var coupons = new HashMap<String, String>();
    for (var ticket : passenger.at("/tickets")) {
      for (var coupon : ticket.at("/coupons")) {
        coupons.put(coupon.at("/flightId").asString(), coupon.at("/status").asString());
      }
    }
    return coupons;
  }
}
