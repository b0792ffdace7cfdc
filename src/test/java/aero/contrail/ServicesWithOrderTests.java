package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Bags and seats that are bought with the flights, and paid for with them. */
class ServicesWithOrderTests extends ServiceCustomers {

  private Answer order(Map<String, Object> body, List<Map<String, Object>> services) {
    var whole = new HashMap<>(body);
    whole.put("services", services);
    return web.create("/orders", whole, "Prefer", "wait=20");
  }

  private Answer pay(String order, String token) {
    return web.create("/orders/" + order + "/payments", Sales.card(token), "Prefer", "wait=20");
  }

  private BigDecimal price(String flight) {
    return new BigDecimal(sales.offer(flight, "M", "adults=1").at("/total/amount").asString());
  }

  private Answer awaitSold(String order) {
    return web.await("/orders/" + order, "/services/0/status", "CONFIRMED");
  }

  @Test
  void areOnePaymentWithThem() {
    var wanted = List.of(wanted("P1", morning, "XBAG"), seat("P1", morning, "7A"));
    var placed = order(Sales.ada(sales.offerId(morning, "M"), "tok_ok"), wanted).expect(201);
    var total = price(morning).add(BAG).add(SEAT);
    assertThat(placed.at("/status")).isEqualTo("TICKETED");
    assertThat(amount(placed, "/total")).isEqualByComparingTo(total);
    var sold = awaitSold(placed.at("/id"));
    assertThat(amount(sold, "/total")).isEqualByComparingTo(total);
    assertThat(sold.json().at("/payments").size()).isEqualTo(1);
    assertThat(amount(sold, "/payments/0/amount")).isEqualByComparingTo(total);
    assertThat(sold.json().at("/refunds").size()).isZero();
    assertThat(taken(morning)).containsExactly("7A");
    var number = sold.at("/services/0/document/number");
    assertThat(web.get("/tickets/" + number).expect(200).at("/orderId"))
        .isEqualTo(placed.at("/id"));
    assertThat(number).isNotEqualTo(sold.at("/passengers/0/tickets/0/number"));
    operate(morning, "depart");
    web.await("/orders/" + placed.at("/id"), "/status", "COMPLETED");
    assertThat(web.get("/tickets/" + number).at("/coupons/0/status")).isEqualTo("F");
  }

  /** Nine passengers and ten services have documents with numbers of their own. */
  @Test
  void haveNumbersThatNothingElseHas() {
    var people =
        List.of("Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Jean", "Mary", "Joan")
            .stream()
            .map(name -> Sales.person("ADULT", name, "1990-12-10"))
            .toList();
    var offer = sales.offer(morning, "M", "adults=9").at("/offerId").asString();
    var wanted =
        List.of("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9").stream()
            .map(passenger -> wanted(passenger, morning, "XBAG"))
            .collect(java.util.stream.Collectors.toList());
    wanted.add(wanted("P1", morning, "SPEQ"));
    var body =
        Map.of(
            "offerId",
            offer,
            "passengers",
            people,
            "contact",
            Sales.CONTACT,
            "payment",
            Sales.card("tok_ok"));
    var id = order(body, wanted).expect(201).at("/id");
    var next = sales.ticket(morning, "M");
    var sold = awaitSold(id).json();
    var numbers = sold.findValuesAsString("number");
    numbers.addAll(next.json().findValuesAsString("number"));
    numbers.removeIf(number -> number.length() < 13);
    assertThat(numbers).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void areHeldWithThemAndPaidLater() {
    var wanted = List.of(seat("P1", morning, "7A"), wanted("P1", morning, "XBAG"));
    var held = order(Sales.ada(sales.offerId(morning, "M")), wanted).expect(201);
    var id = held.at("/id");
    var total = price(morning).add(BAG).add(SEAT);
    assertThat(held.at("/status")).isEqualTo("HELD");
    assertThat(amount(held, "/total")).isEqualByComparingTo(total);
    Awaitility.await("the seat")
        .untilAsserted(() -> assertThat(taken(morning)).containsExactly("7A"));
    pay(id, "tok_declined").problem(402, "payment_declined");
    pay(id, "tok_ok").expect(201);
    var sold = awaitSold(id);
    assertThat(amount(sold, "/payments/1/amount")).isEqualByComparingTo(total);
    assertThat(sold.at("/services/0/document/coupons")).isEmpty();
  }

  @Test
  void goBackWhenTheSeatIsSomebodyElses() {
    var other = sales.ticket(morning, "M").at("/id");
    buy(other, "tok_ok", List.of(seat("P1", morning, "7A"))).expect(201);
    var wanted = List.of(seat("P1", morning, "7A"), wanted("P1", morning, "XBAG"));
    var placed = order(Sales.ada(sales.offerId(morning, "M"), "tok_ok"), wanted).expect(201);
    awaitRefunds(placed.at("/id"), BAG.add(SEAT));
    var order = web.await("/orders/" + placed.at("/id"), "/refunds/0/status", "DONE");
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    assertThat(amount(order, "/total")).isEqualByComparingTo(price(morning));
    assertThat(order.at("/services/1/status")).isEqualTo("REFUSED");
    assertThat(order.at("/services/1/reason")).isEqualTo("seat 7A: taken");
    assertThat(sales.history(placed.at("/id"))).contains("ServicesWanted", "ServicesAbandoned");
  }

  /** Before anything is paid, the price follows. */
  @Test
  void areNotPaidWhenTheSeatIsSomebodyElses() {
    var other = sales.ticket(morning, "M").at("/id");
    buy(other, "tok_ok", List.of(seat("P1", morning, "7A"))).expect(201);
    var wanted = List.of(seat("P1", morning, "7A"));
    var id = order(Sales.ada(sales.offerId(morning, "M")), wanted).expect(201).at("/id");
    Awaitility.await("the price")
        .untilAsserted(
            () ->
                assertThat(amount(web.get("/orders/" + id), "/total"))
                    .isEqualByComparingTo(price(morning)));
    var paid = pay(id, "tok_ok").expect(201);
    assertThat(amount(paid, "/payments/0/amount")).isEqualByComparingTo(price(morning));
    assertThat(paid.json().at("/refunds").size()).isZero();
  }

  @Test
  void endWithTheOrder() {
    var wanted = List.of(seat("P1", morning, "7A"));
    var id = order(Sales.ada(sales.offerId(morning, "M")), wanted).expect(201).at("/id");
    Awaitility.await("the seat")
        .untilAsserted(() -> assertThat(taken(morning)).containsExactly("7A"));
    var quote = web.create("/orders/" + id + "/cancellations", Map.of()).expect(201);
    web.create("/orders/%s/cancellations/%s/confirm".formatted(id, quote.at("/id")), Map.of())
        .expect(200);
    Awaitility.await("the seat").untilAsserted(() -> assertThat(taken(morning)).isEmpty());
    var order = web.get("/orders/" + id);
    assertThat(order.at("/status")).isEqualTo("CANCELLED");
    assertThat(order.at("/services/0/status")).isEqualTo("REFUSED");
  }

  @Test
  void mustFitTheOrder() {
    var body = Sales.ada(sales.offerId(morning, "M"), "tok_ok");
    var stranger = order(body, List.of(wanted("P2", morning, "XBAG")));
    assertThat(stranger.problem(422, "validation_failed").at("/errors/0/pointer"))
        .isEqualTo("/services/0/passengerId");
    var elsewhere = order(body, List.of(wanted("P1", evening, "XBAG")));
    assertThat(elsewhere.problem(422, "validation_failed").at("/errors/0/pointer"))
        .isEqualTo("/services/0/serviceOfferId");
    var waiting = new HashMap<>(Sales.ada(sales.offerId(morning, "M")));
    waiting.put("waitlist", Map.of("until", sales.now().plusSeconds(600).toString()));
    var both = order(waiting, List.of(wanted("P1", morning, "XBAG")));
    assertThat(both.problem(422, "validation_failed").at("/errors/0/pointer"))
        .isEqualTo("/services");
  }
}
