package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** What tests of bags and seats say and see. */
abstract class ServiceCustomers extends TwoFlights {

  static final BigDecimal BAG = new BigDecimal("35.00");
  static final BigDecimal SEAT = new BigDecimal("12.00");

  JsonNode offer(String flight, String fareClass, String code) {
    var flown = Map.of("flightId", flight, "fareClass", fareClass);
    return Awaitility.await("services for " + flight) // once the index knows the flight
        .until(
            () -> web.post("/offers/services", Map.of("flights", List.of(flown))),
            answer -> answer.status() == 200)
        .json()
        .at("/items")
        .valueStream()
        .filter(item -> item.at("/code").asString().equals(code))
        .findFirst()
        .orElseThrow();
  }

  Map<String, Object> wanted(String passenger, String flight, String code) {
    return new HashMap<>(
        Map.of(
            "serviceOfferId", offer(flight, "M", code).at("/serviceOfferId").asString(),
            "passengerId", passenger,
            "flightId", flight));
  }

  Map<String, Object> seat(String passenger, String flight, String seat) {
    var wanted = wanted(passenger, flight, "SEAT");
    wanted.put("seat", seat);
    return wanted;
  }

  Answer buy(String order, String token, List<Map<String, Object>> services) {
    return web.create(
        "/orders/" + order + "/services",
        Map.of("services", services, "payment", Sales.card(token)),
        "Prefer",
        "wait=20");
  }

  List<String> taken(String flight) {
    var taken = new ArrayList<String>();
    for (var cabin : web.get("/flights/" + flight + "/seat-map").expect(200).json().at("/cabins")) {
      for (var row : cabin.at("/rows")) {
        for (var seat : row.at("/seats")) {
          if (seat.at("/state").asString().equals("TAKEN")) {
            taken.add(seat.at("/seat").asString());
          }
        }
      }
    }
    return taken;
  }

  BigDecimal refunds(String order) {
    return web.get("/orders/" + order)
        .expect(200)
        .json()
        .at("/refunds")
        .valueStream()
        .map(refund -> new BigDecimal(refund.at("/amount/amount").asString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  void awaitRefunds(String order, BigDecimal sum) {
    Awaitility.await("refunds of " + sum)
        .untilAsserted(() -> assertThat(refunds(order)).isEqualByComparingTo(sum));
  }
}
