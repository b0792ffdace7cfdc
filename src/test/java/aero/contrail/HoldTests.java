package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What may be held, by whom, and for how long: over HTTP. */
@HttpTest
class HoldTests {

  @LocalServerPort int port;
  private Api web = Api.anonymous(0);
  private Sales sales = new Sales(web);

  @BeforeEach
  void connect() {
    web = Api.anonymous(port).as("web");
    sales = new Sales(web);
  }

  /** An order of a party of adults, to be paid later. */
  private static Map<String, Object> party(String offer, int adults, String email) {
    return Map.of(
        "offerId",
        offer,
        "passengers",
        IntStream.range(0, adults)
            .mapToObj(i -> Map.of("type", "ADULT", "givenName", "Ada", "familyName", "L" + i))
            .collect(Collectors.toList()),
        "contact",
        Map.of("email", email));
  }

  private String partyOffer(Sales seller, String flight, int adults) {
    return seller.offer(flight, "Y", "adults=" + adults).at("/offerId").asString();
  }

  /** A quarter of fifty seats: one party of nine, and nothing of the next. */
  @Test
  void oneChannelCannotHoldAFlightForNothing() {
    var flight = sales.flight("ALB", "ER4");
    var offer = partyOffer(sales, flight, 9);
    web.create("/orders", party(offer, 9, "one@example.com"), "Prefer", "wait=20").expect(201);
    var refused =
        web.create("/orders", party(offer, 9, "two@example.com"), "Prefer", "wait=20")
            .problem(409, "hold_limit");
    assertThat(refused.at("/detail")).contains(flight, "hold limit of 12");

    web.create("/orders", Sales.ada(sales.offerId(flight, "Y"), "tok_ok"), "Prefer", "wait=20")
        .expect(201);
    var agency = Api.anonymous(port).as("agency");
    var others = partyOffer(new Sales(agency, "agency"), flight, 9);
    agency
        .create("/orders", party(others, 9, "three@example.com"), "Prefer", "wait=20")
        .expect(201);
    assertThat(sales.inventory(flight, "held")).isEqualTo(18);
  }

  @Test
  void norCanOneCustomerRenewAHoldForEver() {
    var flight = sales.flight("ALB", "ER4");
    for (var times = 0; times < 3; times++) {
      var order = sales.hold(flight, "Y").at("/id");
      sales.advance("PT16M");
      web.await("/orders/" + order, "/status", "EXPIRED");
    }
    var offer = sales.offerId(flight, "Y");
    web.create("/orders", Sales.ada(offer), "Prefer", "wait=20").problem(409, "hold_limit");
    web.create("/orders", party(offer, 1, "else@example.com"), "Prefer", "wait=20").expect(201);
    web.create("/orders", Sales.ada(offer, "tok_ok"), "Prefer", "wait=20").expect(201);
  }

  /** Who was offered other times or another aircraft is asked again, not surprised. */
  @ParameterizedTest
  @ValueSource(strings = {"14:00,17:00,738", "10:00,13:00,320"})
  void anOfferOfASchedulePastIsRefused(String row) {
    var flight = sales.flight("ORD", "738");
    var offer = sales.offerId(flight, "Y");
    var number = flight.substring(2, flight.indexOf('-'));
    var wanted = String.join(",", List.of("UA", number, Sales.day() + "", "EWR", "ORD", row));
    assertThat(sales.importFile(Sales.FLIGHTS + wanted + "\n", "skip").at("/changed"))
        .isEqualTo("1");
    web.create("/orders", Sales.ada(offer, "tok_ok"), "Prefer", "wait=20")
        .problem(409, "schedule_changed");
    assertThat(sales.inventory(flight, "held")).isZero();
  }
}
