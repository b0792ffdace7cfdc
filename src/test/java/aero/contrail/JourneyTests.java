package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whole journeys over HTTP: the happy one from offer to points, and the unhappy ways. */
@HttpTest
class JourneyTests {

  @LocalServerPort int port;
  private Api web = Api.anonymous(0);
  private Api operations = Api.anonymous(0);
  private Sales sales = new Sales(web);

  @BeforeEach
  void connect() {
    web = Api.anonymous(port).as("web");
    operations = web.as("operations");
    sales = new Sales(web);
  }

  private int points(String member, String account) {
    return web.get("/members/" + member).expect(200).json().at("/award/" + account).asInt();
  }

  private String member() {
    return web.create("/members", Map.of("givenName", "Grace", "familyName", "Hopper"))
        .expect(201)
        .at("/number");
  }

  private Map<String, Object> orderOf(String member, String offerId, String token) {
    var passenger = new HashMap<>(Sales.ADA);
    passenger.put("memberNumber", member);
    return Map.of(
        "offerId",
        offerId,
        "passengers",
        List.of(passenger),
        "contact",
        Sales.CONTACT,
        "payment",
        Sales.card(token));
  }

  @Test
  void fromOfferToPoints() {
    var flight = sales.flight("ORD", "738");
    var member = member();
    var offer = sales.offer(flight, "M", "adults=1");
    var body = orderOf(member, offer.at("/offerId").asString(), "tok_ok");

    var order = web.create("/orders", body, "Prefer", "wait=20").expect(201);
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    assertThat(order.header("ETag")).isEqualTo("\"5\"");
    assertThat(order.header("Preference-Applied")).isEqualTo("wait=20");
    assertThat(order.header("Location")).isEqualTo("/orders/" + order.at("/id"));
    assertThat(order.at("/total/amount")).isEqualTo(offer.at("/total/amount").asString());
    assertThat(order.at("/flights/0/status")).isEqualTo("HK");
    assertThat(order.at("/passengers/0/tickets/0/number")).matches("016\\d{10}");
    assertThat(order.at("/passengers/0/tickets/0/coupons/0/status")).isEqualTo("O");
    assertThat(order.at("/payments/0/status")).isEqualTo("CAPTURED");
    web.await("/members/" + member, "/award/pending", "720");

    operations.create("/flights/" + flight + "/depart", "").expect(200);
    var id = order.at("/id");
    var flown = web.await("/orders/" + id, "/status", "COMPLETED");
    assertThat(flown.at("/passengers/0/tickets/0/coupons/0/status")).isEqualTo("F");
    web.await("/members/" + member, "/award/available", "720");
    assertThat(points(member, "pending")).isZero();
    var history = sales.history(id);
    assertThat(history.subList(1, 3))
        .as("space and card are asked for side by side")
        .containsExactlyInAnyOrder("OrderHeld", "PaymentAuthorized");
    history.subList(1, 3).sort(null);
    assertThat(history)
        .containsExactly(
            "OrderPlaced",
            "OrderHeld",
            "PaymentAuthorized",
            "PaymentCaptured",
            "OrderTicketed",
            "CouponsFlown",
            "OrderCompleted");
  }

  @Test
  void everyVersionOfAnOrderCanBeReadAgain() {
    var order = sales.ticket(sales.flight("ORD", "738"), "Y");
    var path = "/orders/" + order.at("/id");
    assertThat(web.get(path + "?version=1").expect(200).at("/status")).isEqualTo("PLACED");
    var second = web.get(path + "?version=2").expect(200).at("/status");
    assertThat(second).as("whichever answered first").isIn("HELD", "PLACED");
    assertThat(web.get(path + "?version=3").expect(200).at("/status")).isEqualTo("CONFIRMING");
    assertThat(web.get(path + "?version=5").expect(200).at("/status")).isEqualTo("TICKETED");
    web.get(path + "?version=6").problem(404, "not_found");
    var held = web.get(path + "/history").json().at("/items/1/recordedAt").asString();
    assertThat(web.get(path + "?asOf=" + held).expect(200).at("/status")).isEqualTo(second);
    web.get(path + "?asOf=2020-01-01T00:00:00Z").problem(404, "not_found");
    web.get(path, "If-None-Match", "\"5\"").expect(304);
  }

  @Test
  void ordersAreFoundByWhatIsKnownOfThem() {
    var flight = sales.flight("ORD", "738");
    var order = sales.ticket(flight, "Y");
    for (var filter :
        List.of(
            "recordLocator=" + order.at("/recordLocator"),
            "flightId=" + flight,
            "ticketNumber=" + order.at("/passengers/0/tickets/0/number"),
            "memberNumber=4000000010&flightId=" + flight,
            "status=TICKETED&flightId=" + flight)) {
      var found = web.get("/orders?" + filter).expect(200);
      assertThat(found.json().at("/items").size()).as(filter).isEqualTo(1);
      assertThat(found.at("/items/0/id")).isEqualTo(order.at("/id"));
    }
    assertThat(web.get("/orders?status=EXPIRED&flightId=" + flight).json().at("/items").size())
        .isZero();
  }

  @Test
  void aListIsStableWhileRowsAreAdded() {
    var flight = sales.flight("ORD", "738");
    var first = sales.hold(flight, "Y").at("/id");
    var second = sales.hold(flight, "Y").at("/id");
    var page = web.get("/orders?limit=1&flightId=" + flight).expect(200);
    assertThat(page.at("/items/0/id")).isEqualTo(second);
    sales.hold(flight, "Y");
    var next = web.get("/orders?limit=1&flightId=" + flight + "&cursor=" + page.at("/next"));
    assertThat(next.expect(200).at("/items/0/id")).isEqualTo(first);
  }

  @Test
  void aFamilyTravelsOnAConnection() {
    var day = Sales.day();
    var first = sales.flight("EWR", "08:00", "ORD", "09:30", "738");
    var second = sales.flight("ORD", "10:30", "ABQ", "13:00", "738");
    sales.flight("ORD", "10:00", "ABQ", "12:30", "738"); // half an hour is no connection
    sales.offer(second, "Y", "adults=1");
    sales.offer(first, "Y", "adults=1");
    var offers =
        web.get(
                "/offers?origin=EWR&destination=ABQ&date=%s&adults=2&children=1&infants=1&limit=200"
                    .formatted(day))
            .expect(200)
            .json()
            .at("/items");
    assertThat(offers.valueStream().map(o -> o.at("/flights/1/flightId").asString()).distinct())
        .containsExactly(second);
    var offer =
        offers
            .valueStream()
            .filter(o -> o.at("/fareClass").asString().equals("Y"))
            .findFirst()
            .orElseThrow();
    var people =
        List.of(
            Sales.person("ADULT", "Ada", "1990-12-10"),
            Sales.person("ADULT", "William", "1985-02-21"),
            Sales.person("CHILD", "Byron", day.minusYears(6) + ""),
            Sales.person("INFANT", "Anne", day.minusYears(1) + ""));
    var order =
        web.create(
                "/orders",
                Map.of(
                    "offerId",
                    offer.at("/offerId").asString(),
                    "passengers",
                    people,
                    "contact",
                    Sales.CONTACT,
                    "payment",
                    Sales.card("tok_ok")),
                "Prefer",
                "wait=20")
            .expect(201);
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    assertThat(order.json().at("/passengers/3/tickets/0/coupons").size()).isEqualTo(2);
    assertThat(sales.inventory(first, "sold")).isZero(); // F is the first cabin of a 738
    var cabins = operations.get("/flights/" + second + "/inventory").json().at("/cabins");
    assertThat(cabins.at("/1/sold").asInt()).isEqualTo(3); // the infant takes no seat
  }

  @Nested
  class Unhappy {

    @Test
    void soldOutBetweenOfferAndOrder() {
      var flight = sales.flight("ALB", "ER4");
      var offer = sales.offerId(flight, "Y");
      limit(flight, 0);
      web.create("/orders", Sales.ada(offer, "tok_ok"), "Prefer", "wait=20")
          .problem(409, "space_unavailable");
      var orders = web.get("/orders?flightId=" + flight).expect(200);
      assertThat(orders.at("/items/0/status")).isEqualTo("REJECTED");
      assertThat(orders.at("/items/0/statusReason")).contains("cabin Y");
    }

    @Test
    void anExpiredOfferIsGone() {
      var offer = sales.offerId(sales.flight("ORD", "738"), "Y");
      sales.advance("PT20M");
      web.create("/orders", Sales.ada(offer)).problem(410, "offer_expired");
      web.post("/offers/price", Map.of("offerId", offer)).problem(410, "offer_expired");
    }

    @Test
    void anOfferThatWasTamperedWithIsNoOffer() {
      var offer = sales.offerId(sales.flight("ORD", "738"), "Y");
      var broken = offer.substring(0, offer.length() - 4) + "AAAA";
      web.create("/orders", Sales.ada(broken)).problem(422, "offer_invalid");
    }

    @Test
    void aDeclinedCardLeavesTheOrderHeldAndMoreTime() {
      var order = sales.hold(sales.flight("ORD", "738"), "Y");
      var path = "/orders/" + order.at("/id");
      sales.advance("PT10M");
      web.create(path + "/payments", Sales.card("tok_declined"), "Prefer", "wait=20")
          .problem(402, "payment_declined");
      var held = web.get(path).expect(200);
      assertThat(held.at("/status")).isEqualTo("HELD");
      assertThat(held.at("/payBy")).isGreaterThan(order.at("/payBy"));
      var paid =
          web.create(path + "/payments", Sales.card("tok_ok"), "Prefer", "wait=20").expect(201);
      assertThat(paid.at("/status")).isEqualTo("TICKETED");
      web.create(path + "/payments", Sales.card("tok_ok")).problem(409, "already_paid");
    }

    @Test
    void anUnknownOutcomeIsAskedAgainAndChargedOnce() {
      var flight = sales.flight("ORD", "738");
      var body = Sales.ada(sales.offerId(flight, "Y"), "tok_timeout");
      var order = web.create("/orders", body, "Prefer", "wait=20").expect(201);
      assertThat(order.at("/status")).isEqualTo("TICKETED");
      assertThat(order.json().at("/payments").size()).isEqualTo(1);
      assertThat(sales.history(order.at("/id")))
          .containsOnlyOnce("PaymentAuthorized", "PaymentCaptured");
    }

    @Test
    void aHoldThatNobodyPaysExpires() {
      var flight = sales.flight("ALB", "ER4");
      var order = sales.hold(flight, "Y");
      var path = "/orders/" + order.at("/id");
      assertThat(sales.inventory(flight, "held")).isEqualTo(1);
      sales.advance("PT20M");
      web.await(path, "/status", "EXPIRED");
      operations.await("/flights/" + flight + "/inventory", "/cabins/0/held", "0");
      web.create(path + "/payments", Sales.card("tok_ok")).problem(410, "order_expired");
    }

    @Test
    void aHoldThatExpiresWhileItIsBeingPaidIsGivenTheSameSpaceAgain() {
      var flight = sales.flight("ALB", "ER4");
      var path = "/orders/" + sales.hold(flight, "Y").at("/id");
      var pending =
          web.create(path + "/payments", Sales.card("tok_late"), "Prefer", "respond-async");
      assertThat(pending.expect(202).at("/payments/0/status")).isEqualTo("PENDING");
      sales.advance("PT20M");
      web.await(path, "/status", "TICKETED");
      assertThat(sales.history(path.substring(8)))
          .contains("OrderExpired", "LatePaymentReceived", "OrderTicketed");
      assertThat(sales.inventory(flight, "sold")).isEqualTo(1);
    }

    /** The payment may still succeed: "expired" would be a wrong answer, and be kept. */
    @Test
    void expiringWhileBeingPaidIsNoAnswerYet() throws Exception {
      var path = "/orders/" + sales.hold(sales.flight("ALB", "ER4"), "Y").at("/id");
      try (var client = Executors.newVirtualThreadPerTaskExecutor()) {
        var paying =
            client.submit(
                () -> web.create(path + "/payments", Sales.card("tok_late"), "Prefer", "wait=20"));
        web.await(path, "/payments/0/status", "PENDING");
        sales.advance("PT15M1S");
        web.await(path, "/status", "EXPIRED");
        sales.advance("PT5M");
        assertThat(paying.get().expect(201).at("/status")).isEqualTo("TICKETED");
      }
    }

    @Test
    void aLatePaymentForSpaceThatIsGoneIsVoided() {
      var flight = sales.flight("ALB", "ER4");
      var path = "/orders/" + sales.hold(flight, "Y").at("/id");
      web.create(path + "/payments", Sales.card("tok_late"), "Prefer", "respond-async");
      limit(flight, 0);
      sales.advance("PT20M");
      web.await(path, "/payments/0/status", "VOIDED");
      assertThat(web.get(path).at("/status")).isEqualTo("EXPIRED");
      assertThat(sales.inventory(flight, "held")).isZero();
      assertThat(sales.inventory(flight, "sold")).isZero();
    }

    @Test
    void aHeldOrderIsCancelledForNothing() {
      var flight = sales.flight("ALB", "ER4");
      var path = "/orders/" + sales.hold(flight, "Y").at("/id");
      cancel(path, "0.00", false);
      operations.await("/flights/" + flight + "/inventory", "/cabins/0/held", "0");
    }

    @Test
    void aTicketIsVoidedOnTheDayOfIssueAndItsPointsGo() {
      var flight = sales.flight("ALB", "ER4");
      var member = member();
      var body = orderOf(member, sales.offerId(flight, "L"), "tok_ok");
      var order = web.create("/orders", body, "Prefer", "wait=20").expect(201);
      var path = "/orders/" + order.at("/id");
      web.await("/members/" + member, "/award/pending", "36");
      cancel(path, order.at("/total/amount"), true);
      var refunded = web.await(path, "/refunds/0/status", "DONE");
      assertThat(refunded.at("/passengers/0/tickets/0/coupons/0/status")).isEqualTo("V");
      web.await("/members/" + member, "/award/pending", "0");
      operations.await("/flights/" + flight + "/inventory", "/cabins/0/sold", "0");
    }

    @Test
    void afterTheVoidWindowTheFareDecides() {
      var order = sales.ticket(sales.flight("ALB", "ER4"), "L"); // not refundable: only the taxes
      var path = "/orders/" + order.at("/id");
      sales.advance("P1D");
      var quote = web.create(path + "/cancellations", "").expect(201);
      assertThat(quote.json().at("/void").asBoolean()).isFalse();
      assertThat(quote.at("/lines/0/refundable/amount")).isEqualTo("0.00");
      assertThat(quote.at("/lines/1/refundable/amount"))
          .isEqualTo(quote.at("/lines/1/paid/amount"));
    }

    @Test
    void onlyTheNewestQuoteCanBeConfirmedAndOnlyInTime() {
      var path = "/orders/" + sales.ticket(sales.flight("ALB", "ER4"), "Y").at("/id");
      var old = web.create(path + "/cancellations", "").expect(201).at("/id");
      var newest = web.create(path + "/cancellations", "").expect(201).at("/id");
      var confirm = path + "/cancellations/%s/confirm";
      web.create(confirm.formatted(old), "").problem(409, "quote_superseded");
      sales.advance("PT16M");
      web.create(confirm.formatted(newest), "").problem(410, "quote_expired");
      web.create(confirm.formatted(UUID.randomUUID()), "").problem(404, "not_found");
    }

    @Test
    void aDryRunListsWhoIsAffectedAndDoesNothing() {
      var flight = sales.flight("ALB", "ER4");
      var order = sales.ticket(flight, "Y");
      var path = "/flights/" + flight;
      for (var action : List.of("/cancel", "/depart")) {
        var dry = operations.create(path + action + "?dryRun=true", "").expect(200);
        assertThat(dry.at("/affected/0/orderId")).isEqualTo(order.at("/id"));
      }
      assertThat(operations.get(path).at("/status")).isEqualTo("OPEN");
    }

    @Test
    void aCancelledFlightIsRefundedInFull() {
      var flight = sales.flightAlone();
      var sold = sales.ticket(flight, "L");
      var held = sales.hold(flight, "Y");
      sales.advance("P2D"); // the void window is over, the fare would give nothing back
      operations.create("/flights/" + flight + "/cancel", "").expect(200);
      var path = "/orders/" + sold.at("/id");
      web.await(path, "/actionRequired", "true");
      var change = web.get(path + "/airline-changes").expect(200).at("/items/0/id");
      web.create(path + "/airline-changes/" + change + "/decline", "").expect(200);
      var refunded = web.await(path, "/refunds/0/status", "DONE");
      assertThat(refunded.at("/status")).isEqualTo("CANCELLED");
      assertThat(refunded.at("/statusReason")).isEqualTo("flight cancelled");
      assertThat(refunded.at("/flights/0/status")).isEqualTo("UN");
      assertThat(refunded.at("/refunds/0/amount/amount")).isEqualTo(sold.at("/total/amount"));
      var ended = web.get("/orders/" + held.at("/id")).at("/status");
      assertThat(ended).isIn("EXPIRED", "CANCELLED");
      operations.create("/flights/" + flight + "/depart", "").problem(409, "illegal_state");
    }

    private void cancel(String path, String refund, boolean voided) {
      var quote = web.create(path + "/cancellations", "").expect(201);
      assertThat(quote.at("/refund/amount")).isEqualTo(refund);
      assertThat(quote.json().at("/void").asBoolean()).isEqualTo(voided);
      var confirm = path + "/cancellations/" + quote.at("/id") + "/confirm";
      assertThat(web.create(confirm, "").expect(200).at("/status")).isEqualTo("CONFIRMED");
      assertThat(web.get(path).at("/status")).isEqualTo("CANCELLED");
    }
  }

  private void limit(String flight, int authorised) {
    limit(flight, authorised, operations.get("/flights/" + flight + "/inventory").header("ETag"))
        .expect(200);
  }

  private Api.Answer limit(String flight, int authorised, String seen) {
    return operations.put(
        "/flights/" + flight + "/inventory",
        Map.of("cabins", List.of(Map.of("cabin", "Y", "authorised", authorised))),
        "If-Match",
        seen);
  }

  /** Who sets limits has seen those of before, whatever was sold since. */
  @Test
  void limitsCanBeSetOnAFlightThatSells() {
    var flight = sales.flight("ORD", "CR2");
    var seen = operations.get("/flights/" + flight + "/inventory").header("ETag");
    sales.ticket(flight, "Y");
    var now = operations.get("/flights/" + flight + "/inventory", "If-None-Match", seen);
    assertThat(now.expect(200).header("ETag")).isNotEqualTo(seen);
    limit(flight, 40, seen).expect(200);
    limit(flight, 30, seen).problem(412, "precondition_failed");
  }
}
