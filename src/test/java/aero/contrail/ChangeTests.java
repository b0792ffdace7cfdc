package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Customers who want other flights than they have. */
class ChangeTests extends TwoFlights {

  @Nested
  class ToAnotherFlight {

    @Test
    void isHeldQuotedPaidAndThenFlown() {
      var order = sales.ticket(morning, "Y");
      var id = order.at("/id");
      assertThat(actions(order)).containsExactly("CANCEL", "CHANGE");
      var quote = quote(id, morning, sales.offerId(evening, "Y")).expect(201);
      assertThat(quote.at("/status")).isEqualTo("QUOTED");
      assertThat(seats(morning)).isEqualTo("1 sold, 0 held");
      assertThat(seats(evening)).isEqualTo("0 sold, 1 held");
      // The same fare on the same route: what it costs is what the fare takes for a change.
      assertThat(quote.at("/addCollect/amount")).isEqualTo(quote.at("/penalty/amount"));
      assertThat(quote.json().at("/newTotal")).isEqualTo(order.json().at("/total"));

      var due = amount(quote, "/addCollect");
      var done = confirm(quote, due.signum() > 0 ? paidWith("tok_ok") : Map.of()).expect(200);
      assertThat(done.at("/status")).isEqualTo("CONFIRMED");
      var changed = web.get("/orders/" + id).expect(200);
      assertThat(changed.at("/status")).isEqualTo("TICKETED");
      assertThat(coupons(changed.json().at("/passengers/0")))
          .isEqualTo(Map.of(morning, "E", evening, "O"));
      awaitSeats(morning, "0 sold, 0 held");
      awaitSeats(evening, "1 sold, 0 held");
      assertThat(web.get("/reservations/" + order.at("/recordLocator")).text()).contains(evening);

      operate(morning, "depart");
      operate(evening, "depart");
      web.await("/orders/" + id, "/status", "COMPLETED");
      assertThat(sales.history(id))
          .containsSubsequence(
              "OrderTicketed",
              "ChangeQuoted",
              "ChangeHeld",
              "ChangeConfirmed",
              "CouponsExchanged",
              "CouponsFlown",
              "OrderCompleted");
    }

    @Test
    void takesThePointsAlong() {
      var order = sales.ticket(morning, "M");
      var quote = quote(order.at("/id"), morning, sales.offerId(evening, "Y")).expect(201);
      confirm(quote, paidWith("tok_ok")).expect(200);
      Awaitility.await("the points of the evening alone")
          .untilAsserted(
              () -> {
                var entries =
                    web.get("/members/4000000010/ledger?limit=200").expect(200).json().at("/items");
                assertThat(entries.valueStream().map(e -> flightAndEntry(e, order)).toList())
                    .contains(morning + " FORECAST", morning + " CANCELLED", evening + " FORECAST");
              });
    }

    private static String flightAndEntry(JsonNode entry, Answer order) {
      return entry.at("/cause/orderId").asString("").equals(order.at("/id"))
          ? entry.at("/cause/flightId").asString() + " " + entry.at("/entry").asString()
          : "";
    }

    @Test
    void inALowerFareGivesTheDifferenceBack() {
      var order = sales.ticket(morning, "Y");
      var id = order.at("/id");
      var quote = quote(id, morning, sales.offerId(evening, "M")).expect(201);
      assertThat(quote.at("/addCollect/amount")).isEqualTo("0.00");
      assertThat(amount(quote, "/refund")).isPositive();
      confirm(quote, Map.of()).expect(200);
      var changed = web.await("/orders/" + id, "/refunds/0/status", "DONE");
      assertThat(changed.json().at("/refunds/0/amount")).isEqualTo(quote.json().at("/refund"));
      assertThat(changed.json().at("/total")).isEqualTo(quote.json().at("/newTotal"));
    }

    @Test
    void theSameFlightInAnotherClass() {
      var order = sales.ticket(morning, "M");
      var quote = quote(order.at("/id"), morning, sales.offerId(morning, "Y")).expect(201);
      assertThat(seats(morning)).isEqualTo("1 sold, 1 held");
      confirm(quote, paidWith("tok_ok")).expect(200);
      awaitSeats(morning, "1 sold, 0 held");
      operate(morning, "depart");
      var flown = web.await("/orders/" + order.at("/id"), "/status", "COMPLETED");
      assertThat(flown.at("/passengers/0/tickets/0/coupons/0/status")).isEqualTo("E");
      assertThat(flown.at("/passengers/0/tickets/1/coupons/0/status")).isEqualTo("F");
      assertThat(flown.at("/passengers/0/tickets/1/coupons/0/fareClass")).isEqualTo("Y");
    }

    @Test
    void ofSomeOfThePartyLeavesTheOthersWhereTheyAre() {
      var order = sales.family(morning, "Y");
      var id = order.at("/id");
      var quote =
          quote(
                  id,
                  Map.of(
                      "passengerIds", List.of("P2"),
                      "remove", List.of(morning),
                      "offerId", sales.offerId(evening, "Y")))
              .expect(201);
      var due = amount(quote, "/addCollect");
      confirm(quote, due.signum() > 0 ? paidWith("tok_ok") : Map.of()).expect(200);
      awaitSeats(morning, "2 sold, 0 held");
      awaitSeats(evening, "1 sold, 0 held");
      assertThat(onFlight(evening, "passengerId")).containsExactly("P2");
      assertThat(onFlight(morning, "passengerId")).containsExactly("P1", "P3", "P4");
      operate(morning, "depart");
      operate(evening, "depart");
      web.await("/orders/" + id, "/status", "COMPLETED");
    }

    /** And back again: the penalty a second time, the same seats, nothing left over. */
    @Test
    void andBack() {
      var id = sales.ticket(morning, "Y").at("/id");
      for (var there : List.of(evening, morning)) {
        var here = there.equals(evening) ? morning : evening;
        var quote = quote(id, here, sales.offerId(there, "Y")).expect(201);
        var due = amount(quote, "/addCollect");
        confirm(quote, due.signum() > 0 ? paidWith("tok_ok") : Map.of()).expect(200);
      }
      awaitSeats(morning, "1 sold, 0 held");
      awaitSeats(evening, "0 sold, 0 held");
      operate(morning, "depart");
      web.await("/orders/" + id, "/status", "COMPLETED");
    }
  }

  @Nested
  class ThatIsNotTaken {

    @Test
    void isGivenUpForANewerOne() {
      var id = sales.ticket(morning, "Y").at("/id");
      var first = quote(id, morning, sales.offerId(evening, "Y")).expect(201);
      var second = quote(id, morning, sales.offerId(evening, "M")).expect(201);
      confirm(first, paidWith("tok_ok")).problem(409, "quote_superseded");
      awaitSeats(evening, "0 sold, 1 held");
      assertThat(web.get("/orders/%s/changes".formatted(id)).json().at("/items").size())
          .isEqualTo(2);
      assertThat(second.at("/status")).isEqualTo("QUOTED");
    }

    @Test
    void givesItsSpaceBackWithTheOrder() {
      var id = sales.ticket(morning, "Y").at("/id");
      var quote = quote(id, morning, sales.offerId(evening, "Y")).expect(201);
      var cancellation = web.create("/orders/" + id + "/cancellations", Map.of()).expect(201);
      web.create("/orders/%s/cancellations/%s/confirm".formatted(id, cancellation.at("/id")), "")
          .expect(200);
      awaitSeats(evening, "0 sold, 0 held");
      awaitSeats(morning, "0 sold, 0 held");
      confirm(quote, paidWith("tok_ok")).problem(409, "illegal_state");
    }

    @Test
    void canBePaidWithAnotherCard() {
      var id = sales.ticket(morning, "M").at("/id");
      var quote = quote(id, morning, sales.offerId(evening, "Y")).expect(201);
      confirm(quote, paidWith("tok_declined")).problem(402, "payment_declined");
      assertThat(seats(morning)).isEqualTo("1 sold, 0 held");
      confirm(quote, paidWith("tok_ok")).expect(200);
      awaitSeats(evening, "1 sold, 0 held");
    }

    @Test
    void isWorthNothingOnceItsFlightIsCancelled() {
      var id = sales.ticket(morning, "M").at("/id");
      var alone = sales.flightAlone();
      var quote = quote(id, morning, sales.offerId(alone, "Y")).expect(201);
      operate(alone, "cancel");
      web.await("/orders/%s/changes/%s".formatted(id, quote.at("/id")), "/status", "FAILED");
      confirm(quote, paidWith("tok_ok")).problem(409, "illegal_state");
      assertThat(web.get("/orders/" + id).json().at("/payments").size()).isEqualTo(1);
    }

    /** His card answers late: meanwhile he goes aboard the flight that he has. */
    @Test
    void doesNotTakeSomebodyOffHisFlightWhoIsThere() {
      var order = sales.ticket(morning, "M");
      var id = order.at("/id");
      var quote = quote(id, morning, sales.offerId(evening, "Y")).expect(201);
      var path = "/orders/%s/changes/%s/confirm".formatted(id, quote.at("/id"));
      web.create(path, paidWith("tok_timeout"), "Prefer", "respond-async").expect(202);
      tell(order.at("/recordLocator"), "CHECK_IN", "P1", morning).expect(201);
      Awaitility.await("the change to be decided")
          .until(
              () ->
                  web.get("/orders/%s/changes/%s".formatted(id, quote.at("/id")))
                      .at("/status")
                      .matches("FAILED|CONFIRMED"));
      // Whichever came first: he is on one of the flights, with a coupon for it.
      awaitSeats(evening, onFlight(evening, "passengerId").size() + " sold, 0 held");
      awaitSeats(morning, onFlight(morning, "passengerId").size() + " sold, 0 held");
      assertThat(onFlight(evening, "passengerId")).hasSize(1 - onFlight(morning, "status").size());
    }

    @Test
    void isWorthNothingOnceItsFlightHasOtherTimes() {
      var id = sales.ticket(morning, "M").at("/id");
      var quote = quote(id, morning, sales.offerId(evening, "Y")).expect(201);
      var flown = operations.get("/flights/" + evening);
      operations
          .patch(
              "/flights/" + evening,
              Map.of("departure", "20:00", "arrival", "21:00"),
              "If-Match",
              flown.header("ETag"))
          .expect(200);
      web.await("/orders/%s/changes/%s".formatted(id, quote.at("/id")), "/status", "FAILED");
      confirm(quote, paidWith("tok_ok")).problem(409, "illegal_state");
      awaitSeats(evening, "0 sold, 0 held");
    }
  }

  /**
   * Many at once confirm one quote, and the airline cancels its flight: one outcome, no money lost.
   */
  @Test
  void atTheSameTimeOnlyOneIsTaken() throws Exception {
    for (var round = 0; round < 5; round++) {
      var id = sales.ticket(morning, "M").at("/id");
      var quote = quote(id, morning, sales.offerId(evening, "Y")).expect(201);
      var confirmations = new ArrayList<Callable<Answer>>();
      for (var i = 0; i < 4; i++) {
        confirmations.add(() -> confirm(quote, paidWith("tok_ok")));
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var answers = new ArrayList<Integer>();
        for (var future : threads.invokeAll(confirmations)) {
          answers.add(future.get().status());
        }
        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
      }
      assertThat(sales.history(id)).containsOnlyOnce("CouponsExchanged");
      assertThat(web.get("/orders/" + id).json().at("/payments").size()).isEqualTo(2);
    }
    awaitSeats(morning, "0 sold, 0 held");
    awaitSeats(evening, "5 sold, 0 held");
  }
}
