package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers who wait for space. */
class WaitlistTests extends WaitlistTest {

  @Autowired JdbcClient jdbc;

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

  /** Who waits longer is served later than who has a tier, while nobody of a tier waits. */
  @Test
  void whoHasATierIsServedFirst() {
    var offer = offer(flight, 1);
    limit(flight, 1);
    var sold = sales.ticket(flight, "Y").at("/id");
    var base = waits(offer, 1).at("/id");
    var number =
        web.create("/members", Map.of("givenName", "Grace", "familyName", "Hopper"))
            .expect(201)
            .at("/number");
    jdbc.sql("insert into reservation.member_tier values (:number, 2)")
        .param("number", number)
        .update();
    var grace = new HashMap<>(Sales.person("ADULT", "Grace", "1906-12-09"));
    grace.put("memberNumber", number);
    var body = waiting(offer, 1);
    body.put("passengers", List.of(grace));
    var silver = place(body).expect(201).at("/id");
    assertThat(waitlist(flight).at("/0/orderId").asString()).isEqualTo(silver);

    cancel(sold);

    web.await("/orders/" + silver, "/status", "HELD");
    assertThat(status(base)).isEqualTo("WAITLISTED");
    cancel(silver);
    web.await("/orders/" + base, "/status", "HELD");
  }

  @Test
  void whatIsSoldOutIsFoundByThoseWhoWouldWait() {
    flight = sales.flight("MHT", "ER4"); // where no other test leaves full flights behind
    var offer = offer(flight, 1);
    limit(flight, 0);
    var path =
        "/offers?origin=EWR&destination=MHT&date=%s&adults=1&limit=200".formatted(Sales.day());
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
    web.await("/orders/" + waits, "/actionRequired", "true");
    assertThat(sales.history(waits)).containsOnlyOnce("AirlineChangeOpened");
  }

  /** A first wish that cannot be had does not spoil another one. */
  @Test
  void theOtherFlightMayBeTheOnlyOneToWaitFor() {
    var other = sales.flight("ALB", "ER4");
    var offers = List.of(offer(flight, 1), offer(other, 1));
    limit(other, 0);
    operations.create("/flights/" + flight + "/cancel", Map.of()).expect(200);

    var order = waits(offers.get(0), 1, offers.get(1)).at("/id");
    assertThat(waitlist(flight)).isEmpty();
    assertThat(waitlist(other)).hasSize(1);
    limit(other, 1);
    web.await("/orders/" + order, "/status", "HELD");
  }

  @Test
  void aLargerAircraftServesWhoWaits() {
    var offer = offer(flight, 1);
    limit(flight, 0);
    var order = waits(offer, 1).at("/id");

    var tag = operations.get("/flights/" + flight).header("ETag");
    operations.patch("/flights/" + flight, Map.of("aircraft", "738"), "If-Match", tag).expect(200);
    limit(flight, 100);

    web.await("/orders/" + order, "/status", "HELD");
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
}
