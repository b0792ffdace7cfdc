package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Customers who wait for space. */
class WaitlistTests extends AtTheAirport {

  private String flight = "";

  @BeforeEach
  void aFlight() {
    flight = sales.flight("ALB", "ER4");
  }

  private String tomorrow() {
    return now().plus(Duration.ofDays(1)).toString();
  }

  /** What the flight may sell in its cabin Y. */
  private void limit(String id, int seats) {
    var path = "/flights/" + id + "/inventory";
    var tag = operations.get(path).header("ETag");
    var limits = Map.of("cabins", List.of(Map.of("cabin", "Y", "authorised", seats)));
    operations.put(path, limits, "If-Match", tag).expect(200);
  }

  private String offer(String id, int adults) {
    return sales.offer(id, "Y", "adults=" + adults).at("/offerId").asString();
  }

  private Map<String, Object> waiting(String offer, int adults, String... anyOf) {
    var people = new ArrayList<Map<String, Object>>();
    for (var i = 0; i < adults; i++) {
      people.add(Sales.person("ADULT", "Ada", "1990-12-10"));
    }
    return new HashMap<>(
        Map.of(
            "offerId",
            offer,
            "passengers",
            people,
            "contact",
            Sales.CONTACT,
            "waitlist",
            Map.of("until", tomorrow(), "anyOf", List.of(anyOf))));
  }

  private Answer place(Map<String, Object> body) {
    return web.create("/orders", body, "Prefer", "wait=20");
  }

  private Answer waits(String offer, int adults, String... anyOf) {
    var order = place(waiting(offer, adults, anyOf)).expect(201);
    assertThat(order.at("/status")).isEqualTo("WAITLISTED");
    return order;
  }

  private void cancel(String order) {
    var path = "/orders/" + order + "/cancellations";
    var quote = web.create(path, Map.of()).expect(201).at("/id");
    web.create(path + "/" + quote + "/confirm", Map.of());
    web.await("/orders/" + order, "/status", "CANCELLED");
  }

  private String status(String order) {
    return web.get("/orders/" + order).expect(200).at("/status");
  }

  private JsonNode waitlist(String id) {
    return operations.get("/flights/" + id + "/waitlist").expect(200).json().at("/waiting");
  }

  @Test
  void whoWaitsIsServedWhenSpaceComesFreeAndPaysThen() {
    var offer = offer(flight, 1);
    limit(flight, 1);
    var first = sales.ticket(flight, "Y").at("/id");
    var order = waits(offer, 1);
    var id = order.at("/id");
    assertThat(order.at("/flights/0/status")).isEqualTo("HL");
    assertThat(order.at("/waitsUntil")).isNotEmpty();
    assertThat(order.at("/recordLocator")).isEmpty();
    assertThat(order.at("/availableActions/0/action")).isEqualTo("CANCEL");
    assertThat(sales.inventory(flight, "waitlisted")).isEqualTo(1);
    assertThat(waitlist(flight)).hasSize(1);
    assertThat(waitlist(flight).at("/0/orderId").asString()).isEqualTo(id);

    cancel(first);

    web.await("/orders/" + id, "/status", "HELD");
    var held = web.get("/orders/" + id).expect(200);
    assertThat(held.at("/payBy")).isNotEmpty();
    assertThat(held.at("/recordLocator")).matches("[A-Z2-9]{6}");
    assertThat(waitlist(flight)).isEmpty();
    assertThat(sales.inventory(flight, "held")).isEqualTo(1);
    web.create("/orders/" + id + "/payments", Sales.card("tok_ok"), "Prefer", "wait=20")
        .expect(201);
    assertThat(status(id)).isEqualTo("TICKETED");
    assertThat(sales.history(id))
        .containsSubsequence("OrderPlaced", "OrderWaitlisted", "WaitlistCleared", "OrderTicketed");
  }

  @Test
  void whatIsSoldOutIsFoundByThoseWhoWouldWait() {
    var offer = offer(flight, 1);
    limit(flight, 0);
    var path =
        "/offers?origin=EWR&destination=ALB&date=%s&adults=1&limit=200".formatted(Sales.day());
    Awaitility.await()
        .until(() -> web.get(path).expect(200).json().at("/items").toString().indexOf(flight) < 0);

    var found =
        web.get(path + "&waitlist=true")
            .expect(200)
            .json()
            .at("/items")
            .valueStream()
            .filter(o -> o.at("/flights/0/flightId").asString().equals(flight))
            .filter(o -> o.at("/fareClass").asString().equals("Y"))
            .findFirst()
            .orElseThrow();
    assertThat(found.at("/seatsLeft").asInt()).isZero();
    waits(found.at("/offerId").asString(), 1);
    place(Sales.ada(offer)).problem(409, "space_unavailable");
  }

  @Test
  void aPartyGetsAllItsSeatsOrNone() {
    var offer = offer(flight, 2);
    var offerForOne = offer(flight, 1);
    limit(flight, 2);
    var one = sales.ticket(flight, "Y").at("/id");
    var other = sales.ticket(flight, "Y").at("/id");
    var pair = waits(offer, 2).at("/id");
    var single = waits(offerForOne, 1).at("/id");

    cancel(one);
    web.await("/orders/" + single, "/status", "HELD"); // the pair came first, and does not fit
    assertThat(status(pair)).isEqualTo("WAITLISTED");
    cancel(single);
    cancel(other);
    web.await("/orders/" + pair, "/status", "HELD");
    assertThat(sales.inventory(flight, "held")).isEqualTo(2);
  }

  @Test
  void whoCameFirstIsServedFirst() {
    var offer = offer(flight, 1);
    limit(flight, 1);
    var sold = sales.ticket(flight, "Y").at("/id");
    var first = waits(offer, 1).at("/id");
    var second = waits(offer, 1).at("/id");

    cancel(sold);
    web.await("/orders/" + first, "/status", "HELD");
    assertThat(status(second)).isEqualTo("WAITLISTED");
    cancel(first); // he does not want it any more
    web.await("/orders/" + second, "/status", "HELD");
  }

  @Test
  void whoLeavesIsNotServed() {
    var offer = offer(flight, 1);
    limit(flight, 0);
    var gone = waits(offer, 1).at("/id");
    var stays = waits(offer, 1).at("/id");

    cancel(gone);
    limit(flight, 1);

    web.await("/orders/" + stays, "/status", "HELD");
    assertThat(status(gone)).isEqualTo("CANCELLED");
    assertThat(waitlist(flight)).isEmpty();
  }

  @Test
  void oneOfSeveralFlightsWillDo() {
    var other = sales.flight("ALB", "ER4");
    var offers = List.of(offer(flight, 1), offer(other, 1));
    limit(flight, 0);
    var atOnce = place(waiting(offers.get(0), 1, offers.get(1))).expect(201);
    assertThat(atOnce.at("/status")).isEqualTo("HELD");
    assertThat(atOnce.at("/flights/0/flightId")).isEqualTo(other);
    assertThat(web.get("/orders?flightId=" + other).at("/items/0/id")).isEqualTo(atOnce.at("/id"));

    limit(other, 0);
    var waits = waits(offers.get(0), 1, offers.get(1)).at("/id");
    assertThat(waitlist(other)).hasSize(1);
    limit(other, 2);
    web.await("/orders/" + waits, "/status", "HELD");
    assertThat(web.get("/orders/" + waits).at("/flights/0/flightId")).isEqualTo(other);
    assertThat(waitlist(flight)).isEmpty();
    web.create("/orders/" + waits + "/payments", Sales.card("tok_ok"), "Prefer", "wait=20")
        .expect(201);
    assertThat(
            web.get("/reservations/" + web.get("/orders/" + waits).at("/recordLocator"))
                .at("/segments/0/flightId"))
        .isEqualTo(other);

    operations.create("/flights/" + flight + "/cancel", Map.of()).expect(200);
    operations.create("/flights/" + other + "/cancel", Map.of()).expect(200);
    web.await("/orders/" + waits, "/status", "CANCELLED");
    assertThat(sales.history(waits)).containsOnlyOnce("CancellationConfirmed");
  }

  @Test
  void ofAConnectionAllFlightsOrNone() {
    var first = sales.flight("EWR", "08:00", "ORD", "09:30", "738");
    var second = sales.flight("ORD", "11:00", "SAN", "13:30", "738");
    sales.offer(first, "Y", "adults=1");
    sales.offer(second, "Y", "adults=1");
    var offer =
        web.get(
                "/offers?origin=EWR&destination=SAN&date=%s&adults=1&limit=200"
                    .formatted(Sales.day()))
            .expect(200)
            .json()
            .at("/items")
            .valueStream()
            .filter(o -> o.at("/flights/0/flightId").asString().equals(first))
            .filter(o -> o.at("/flights/1/flightId").asString().equals(second))
            .filter(o -> o.at("/fareClass").asString().equals("Y"))
            .findFirst()
            .orElseThrow()
            .at("/offerId")
            .asString();
    limit(first, 0);
    limit(second, 0);
    var order = waits(offer, 1).at("/id");

    limit(first, 1);
    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .until(() -> status(order).equals("WAITLISTED"));
    limit(second, 1);
    web.await("/orders/" + order, "/status", "HELD");
  }

  @Test
  void nobodyWaitsForAFlightThatIsCancelled() {
    var offer = offer(flight, 1);
    limit(flight, 0);
    var order = waits(offer, 1).at("/id");

    operations.create("/flights/" + flight + "/cancel", Map.of()).expect(200);

    web.await("/orders/" + order, "/status", "EXPIRED");
    assertThat(web.get("/orders/" + order).at("/statusReason"))
        .isEqualTo("no space came free in time");
  }

  @Nested
  class Refused {

    @Test
    void whereThereAreTooManyAlready() {
      var offer = offer(flight, 9);
      var offerForOne = offer(flight, 1);
      limit(flight, 0);
      waits(offer, 9); // as many as travel on one order may always wait
      place(waiting(offerForOne, 1)).problem(409, "space_unavailable");
    }

    @Test
    void forWhatCannotComeFree() {
      var offer = offer(flight, 1);
      operations.create("/flights/" + flight + "/cancel", Map.of()).expect(200);
      place(waiting(offer, 1)).problem(409, "space_unavailable");
    }

    @Test
    void withWrongWishes() {
      var offer = offer(flight, 1);
      invalid(waiting(offer, 1), "/waitlist/until", Map.of("until", "2020-01-01T00:00:00Z"));
      var paid = waiting(offer, 1);
      paid.put("payment", Sales.card("tok_ok"));
      assertThat(place(paid).problem(422, "validation_failed").at("/errors/0/code"))
          .isEqualTo("not_with_waitlist");
      var forTwo = waiting(offer, 1);
      forTwo.put("waitlist", Map.of("until", tomorrow(), "anyOf", List.of(offer(flight, 2))));
      assertThat(place(forTwo).problem(422, "validation_failed").at("/errors/0/code"))
          .isEqualTo("party_mismatch");
      var forged = waiting(offer, 1);
      forged.put("waitlist", Map.of("until", tomorrow(), "anyOf", List.of("x")));
      place(forged).problem(422, "offer_invalid");
    }

    private void invalid(Map<String, Object> body, String pointer, Map<String, Object> waitlist) {
      body.put("waitlist", waitlist);
      assertThat(place(body).problem(422, "validation_failed").at("/errors/0/pointer"))
          .isEqualTo(pointer);
    }
  }
}
