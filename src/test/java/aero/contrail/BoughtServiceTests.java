package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bags and seats that customers buy for flights for which they have tickets. */
class BoughtServiceTests extends ServiceCustomers {

  @Nested
  class Sold {

    @Test
    void areOnTheOrderWithDocumentsOfTheirOwnAndFlown() {
      var order = sales.ticket(morning, "M");
      var id = order.at("/id");
      var bags = wanted("P1", morning, "XBAG");
      bags.put("quantity", 2);
      var sale = buy(id, "tok_ok", List.of(bags, seat("P1", morning, "7A"))).expect(201);
      assertThat(sale.at("/status")).isEqualTo("ISSUED");
      assertThat(amount(sale, "/total")).isEqualByComparingTo("82.00");

      var sold = web.get("/orders/" + id).expect(200);
      assertThat(sold.json().at("/services")).isEqualTo(sale.json().at("/services"));
      assertThat(web.get("/orders/" + id + "/services").json().at("/items"))
          .isEqualTo(sale.json().at("/services"));
      assertThat(amount(sold, "/total"))
          .isEqualByComparingTo(amount(order, "/total").add(amount(sale, "/total")));
      assertThat(sold.at("/payments/1/status")).isEqualTo("CAPTURED");
      assertThat(taken(morning)).containsExactly("7A");

      var number = sale.at("/services/0/document/number");
      var document = web.get("/tickets/" + number).expect(200);
      assertThat(document.at("/orderId")).isEqualTo(id);
      assertThat(document.at("/service/code")).isEqualTo("XBAG");
      assertThat(document.at("/coupons/0/status")).isEqualTo("O");
      assertThat(web.get("/orders?ticketNumber=" + number).at("/items/0/id")).isEqualTo(id);
      assertThat(web.get("/orders/" + id + "/receipt", "Accept", "text/html").text())
          .contains("2 × One more bag of 23 kg")
          .contains(number);

      operate(morning, "depart");
      web.await("/orders/" + id, "/status", "COMPLETED");
      assertThat(web.get("/tickets/" + number).at("/coupons/0/status")).isEqualTo("F");
      assertThat(sales.history(id))
          .containsSubsequence(
              "ServicesOrdered",
              "PaymentAuthorized",
              "PaymentCaptured",
              "ServicesIssued",
              "CouponsFlown",
              "OrderCompleted")
          .contains("ServicesReserved");
    }

    @Test
    void forNothingNeedNoPayment() {
      var id = sales.ticket(morning, "M").at("/id");
      var path = "/orders/" + id + "/services";
      var meal = wanted("P1", morning, "VGML");
      var sale =
          web.create(path, Map.of("services", List.of(meal)), "Prefer", "wait=20").expect(201);
      assertThat(sale.at("/services/0/status")).isEqualTo("CONFIRMED");
      assertThat(sale.json().at("/services/0/document").isNull()).isTrue();
      assertThat(web.get("/orders/" + id + "/special-services").at("/items/0/code"))
          .isEqualTo("VGML");
    }

    @Test
    void onceForOneKey() {
      var id = sales.ticket(morning, "M").at("/id");
      var body =
          Map.of(
              "services", List.of(wanted("P1", morning, "XBAG")), "payment", Sales.card("tok_ok"));
      var path = "/orders/" + id + "/services";
      var key = UUID.randomUUID().toString();
      var first = web.post(path, body, "Idempotency-Key", key, "Prefer", "wait=20").expect(201);
      var second = web.post(path, body, "Idempotency-Key", key, "Prefer", "wait=20").expect(201);
      assertThat(second.at("/id")).isEqualTo(first.at("/id"));
      assertThat(web.get("/orders/" + id).json().at("/payments").size()).isEqualTo(2);
    }

    /** Ten customers at once for one seat. */
    @Test
    void aSeatToOneOfThemAlone() throws Exception {
      var orders = new ArrayList<String>();
      for (var i = 0; i < 10; i++) {
        orders.add(sales.ticket(morning, "M").at("/id"));
      }
      var wanted = seat("P1", morning, "9C");
      var outcomes = new HashMap<String, Integer>();
      try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
        var tasks = new ArrayList<Callable<String>>();
        for (var order : orders) {
          tasks.add(
              () -> {
                var answer = buy(order, "tok_ok", List.of(wanted));
                return answer.status() == 201 ? "sold" : answer.at("/code");
              });
        }
        for (var outcome : customers.invokeAll(tasks)) {
          outcomes.merge(outcome.get(), 1, Integer::sum);
        }
      }
      assertThat(outcomes).isEqualTo(Map.of("sold", 1, "seat_taken", 9));
      assertThat(taken(morning)).containsExactly("9C");
      for (var order : orders) {
        Awaitility.await()
            .until(
                () ->
                    web.get("/orders/" + order)
                        .at("/payments/1/status")
                        .matches("CAPTURED|VOIDED"));
      }
    }
  }

  @Nested
  class NotSold {

    @Test
    void whenTheCardIsDeclinedTheSeatIsFreeAgain() {
      var id = sales.ticket(morning, "M").at("/id");
      buy(id, "tok_declined", List.of(seat("P1", morning, "7A"))).problem(402, "payment_declined");
      Awaitility.await("the seat").untilAsserted(() -> assertThat(taken(morning)).isEmpty());
      assertThat(web.get("/orders/" + id).json().at("/services").size()).isZero();
      buy(id, "tok_ok", List.of(seat("P1", morning, "7A"))).expect(201);
    }

    @Test
    void whenOneOfThemCannotBeHadNoneIs() {
      var id = sales.ticket(morning, "M").at("/id");
      var other = sales.ticket(morning, "M").at("/id");
      buy(other, "tok_ok", List.of(seat("P1", morning, "7A"))).expect(201);
      var wanted = List.of(wanted("P1", morning, "XBAG"), seat("P1", morning, "7A"));
      buy(id, "tok_ok", wanted).problem(409, "seat_taken");
      var order = web.await("/orders/" + id, "/payments/1/status", "VOIDED");
      assertThat(order.json().at("/services").size()).isZero();
    }

    @Test
    void exitRowsToThoseWithAnInfant() {
      var id = sales.family(morning, "M").at("/id");
      var wanted = wanted("P1", morning, "LEGR");
      wanted.put("seat", "11A");
      assertThat(buy(id, "tok_ok", List.of(wanted)).problem(409, "seat_taken").at("/detail"))
          .contains("at an exit");
    }

    @Test
    void afterTheFlightHasLeft() {
      var id = sales.ticket(morning, "M").at("/id");
      var bag = wanted("P1", morning, "XBAG");
      operate(morning, "depart");
      web.await("/orders/" + id, "/status", "COMPLETED");
      buy(id, "tok_ok", List.of(bag)).problem(409, "illegal_state");
    }

    @Test
    void whatDoesNotFit() {
      var id = sales.family(morning, "M").at("/id");
      refused(id, wanted("P9", morning, "XBAG"), "/services/0/passengerId", "unknown");
      refused(id, wanted("P4", morning, "XBAG"), "/services/0/passengerId", "not_for_passenger");
      refused(id, wanted("P1", evening, "XBAG"), "/services/0/serviceOfferId", "not_travelling");
      refused(
          id,
          with(wanted("P1", morning, "XBAG"), "quantity", 4),
          "/services/0/quantity",
          "too_many");
      refused(
          id, with(wanted("P1", morning, "XBAG"), "seat", "7A"), "/services/0/seat", "not_a_seat");
      refused(id, wanted("P1", morning, "SEAT"), "/services/0/seat", "not_null");
      refused(id, seat("P1", morning, "11A"), "/services/0/seat", "other_price");
      refused(
          id,
          with(wanted("P1", morning, "XBAG"), "flightId", evening),
          "/services/0/flightId",
          "other_flight");
      var bag = wanted("P1", morning, "XBAG");
      buy(id, "tok_ok", List.of(bag, bag)).problem(422, "validation_failed");
      var unpaid = web.create("/orders/" + id + "/services", Map.of("services", List.of(bag)));
      assertThat(unpaid.problem(422, "validation_failed").at("/errors/0/pointer"))
          .isEqualTo("/payment");
      buy(id, "tok_ok", List.of(with(bag, "serviceOfferId", "made up")))
          .problem(422, "offer_invalid");
      assertThat(web.get("/orders/" + id).json().at("/payments").size()).isEqualTo(1);
    }

    private static Map<String, Object> with(Map<String, Object> wanted, String what, Object value) {
      var changed = new HashMap<>(wanted);
      changed.put(what, value);
      return changed;
    }

    private void refused(String id, Map<String, Object> wanted, String pointer, String code) {
      var problem = buy(id, "tok_ok", List.of(wanted)).problem(422, "validation_failed");
      assertThat(problem.at("/errors/0/pointer") + " " + problem.at("/errors/0/code"))
          .isEqualTo(pointer + " " + code);
    }
  }

  private static String goesBack(JsonNode service) {
    return "%s %s of %s"
        .formatted(
            service.at("/kind").asString(),
            service.at("/refundable/amount").asString(),
            service.at("/paid/amount").asString());
  }

  @Nested
  class GivenUp {

    @Test
    void onTheDayOfTheirSaleForAllOfTheirPrice() {
      var id = sales.ticket(morning, "M").at("/id");
      var sale = buy(id, "tok_ok", List.of(seat("P1", morning, "7A"))).expect(201);
      assertThat(sale.json().at("/services/0/refundable").asBoolean()).isFalse();
      var path = "/orders/" + id + "/services/" + sale.at("/services/0/id");
      var given = web.delete(path).expect(200);
      assertThat(amount(given, "/refund")).isEqualByComparingTo(SEAT);
      assertThat(given.at("/penalty/amount")).isEqualTo("0.00");
      web.await("/orders/" + id, "/refunds/0/status", "DONE");
      assertThat(web.get("/orders/" + id).at("/services/0/status")).isEqualTo("GIVEN_UP");
      Awaitility.await("the seat").untilAsserted(() -> assertThat(taken(morning)).isEmpty());
      web.delete(path).problem(409, "illegal_state");
    }

    @Test
    void withTheWholeOrderAsTheQuoteSays() {
      var order = sales.ticket(morning, "M");
      var id = order.at("/id");
      buy(id, "tok_ok", List.of(wanted("P1", morning, "XBAG"), seat("P1", morning, "7A")))
          .expect(201);
      var quote = web.create("/orders/" + id + "/cancellations", Map.of()).expect(201);
      assertThat(quote.text()).contains("\"kind\":\"SERVICE\"");
      var confirm = "/orders/%s/cancellations/%s/confirm".formatted(id, quote.at("/id"));
      web.create(confirm, Map.of()).expect(200);
      awaitRefunds(id, amount(quote, "/refund"));
      assertThat(amount(quote, "/refund").add(amount(quote, "/penalty")))
          .isEqualByComparingTo(amount(order, "/total").add(BAG).add(SEAT));
      assertThat(web.get("/orders/" + id).at("/total/amount")).isEqualTo(order.at("/total/amount"));
    }

    @Test
    void withTheFlightThatIsChanged() {
      var id = sales.ticket(morning, "M").at("/id");
      buy(id, "tok_ok", List.of(wanted("P1", morning, "XBAG"), seat("P1", morning, "7A")))
          .expect(201);
      var quote = quote(id, morning, sales.offerId(evening, "M")).expect(201);
      assertThat(quote.json().at("/services").valueStream().map(BoughtServiceTests::goesBack))
          .containsExactlyInAnyOrder(
              "BAG %s of %s".formatted(BAG, BAG), "SEAT 0.00 of %s".formatted(SEAT));
      confirm(quote, amount(quote, "/addCollect").signum() > 0 ? paidWith("tok_ok") : Map.of())
          .expect(200);
      awaitRefunds(id, BAG.add(amount(quote, "/refund")));
      assertThat(web.get("/orders/" + id).at("/services/0/status")).isEqualTo("GIVEN_UP");
      var change = "/orders/%s/changes/%s".formatted(id, quote.at("/id"));
      assertThat(web.get(change).json().at("/services")).isEmpty();
    }

    @Test
    void wholeWhenTheAirlineDoesNotFly() {
      var alone = sales.flightAlone();
      var id = sales.ticket(alone, "M").at("/id");
      buy(id, "tok_ok", List.of(seat("P1", alone, "7A"))).expect(201);
      operate(alone, "cancel");
      var change = web.await("/orders/" + id + "/airline-changes", "/items/0/status", "OPEN");
      web.create(
              "/orders/%s/airline-changes/%s/decline".formatted(id, change.at("/items/0/id")), "")
          .expect(200);
      var order = web.await("/orders/" + id, "/status", "CANCELLED");
      assertThat(order.at("/services/0/status")).isEqualTo("GIVEN_UP");
      awaitRefunds(id, amount(order, "/total").add(SEAT));
    }
  }
}
