package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who does not come: what his fare leaves him of what comes after. */
class NoShowTests extends TwoFlights {

  private String first = "";
  private String second = "";

  @BeforeEach
  void aConnection() {
    first = sales.flightAlone();
    var via = operations.get("/flights/" + first).at("/destination");
    second = sales.flight(via, "15:00", "ABQ", "19:00", "ER4");
  }

  private String missed(String fareClass) {
    var order = connecting(first, second, fareClass).at("/id");
    assertThat(seats(second)).isEqualTo("1 sold, 0 held");
    operate(first, "close").expect(200);
    awaitStatus(order, first, "S");
    return order;
  }

  private void awaitStatus(String order, String flight, String status) {
    Awaitility.await(flight + " " + status)
        .untilAsserted(() -> assertThat(coupons(order)).containsEntry(flight, status));
  }

  private Map<String, String> coupons(String order) {
    return coupons(web.get("/orders/" + order).expect(200).json().at("/passengers/0"));
  }

  @Test
  void aStrictFareFreesTheSeatBehind() {
    var order = missed("M");
    awaitStatus(order, second, "S");
    awaitSeats(second, "0 sold, 0 held");
    var seen = web.get("/orders/" + order).expect(200);
    assertThat(seen.at("/status")).isEqualTo("TICKETED");
    assertThat(seen.at("/flights/1/status")).isEqualTo("XX");
    assertThat(sales.history(order)).contains("PartCancelled").doesNotContain("CouponsRefunded");

    // 75 for the refund, and 75 for not coming.
    var quote = web.create("/orders/" + order + "/cancellations", "").expect(201);
    assertThat(amount(quote, "/penalty")).isEqualByComparingTo("150.00");
    web.create("/orders/%s/cancellations/%s/confirm".formatted(order, quote.at("/id")), "")
        .expect(200);
    web.await("/orders/" + order, "/status", "CANCELLED");
  }

  @Test
  void aFlexibleOneKeepsIt() {
    var order = missed("Y");
    assertThat(coupons(order)).isEqualTo(Map.of(first, "S", second, "O"));
    operate(second, "depart").expect(200);
    awaitStatus(order, second, "F");
    assertThat(sales.history(order)).doesNotContain("PartCancelled");
  }

  /** He comes a flight later, and pays what his fare wants for that. */
  @Test
  void whatWasMissedCanBeChanged() {
    var order = missed("M");
    awaitSeats(second, "0 sold, 0 held");
    assertThat(actions(web.get("/orders/" + order))).containsExactly("CANCEL", "CHANGE");
    var quote =
        quote(
                order,
                Map.of("remove", List.of(first, second), "offerId", sales.offerId(evening, "Y")))
            .expect(201);
    // 50 for a change, and 75 for not coming.
    assertThat(amount(quote, "/penalty")).isEqualByComparingTo("125.00");
    var due = amount(quote, "/addCollect");
    confirm(quote, due.signum() > 0 ? paidWith("tok_ok") : Map.of()).expect(200);
    awaitSeats(evening, "1 sold, 0 held");
    assertThat(coupons(order)).isEqualTo(Map.of(first, "E", second, "E", evening, "O"));
    operate(first, "depart").expect(200);
    operate(evening, "depart").expect(200);
    web.await("/orders/" + order, "/status", "COMPLETED");
  }

  @Test
  void theOfferSaysIt() {
    var strict = sales.offer(evening, "M", "adults=1");
    assertThat(strict.at("/conditions/noShow/keepsOnward").asBoolean(true)).isFalse();
    assertThat(strict.at("/conditions/noShow/penalty/amount").asString()).isEqualTo("75.00");
    var flexible = sales.offer(evening, "Y", "adults=1");
    assertThat(flexible.at("/conditions/noShow/keepsOnward").asBoolean(false)).isTrue();
  }
}
