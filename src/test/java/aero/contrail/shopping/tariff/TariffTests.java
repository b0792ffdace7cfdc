package aero.contrail.shopping.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Segment;
import aero.contrail.events.Tax;
import aero.contrail.shopping.tariff.Tariff.Bound;
import aero.contrail.shopping.tariff.TaxRule.Basis;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class TariffTests {

  private static final Tariff TARIFF =
      new Tariff(
          LocalDate.parse("2026-11-20"),
          List.of(
              fare("M", 1, 750, "200.00", true, "75.00"),
              fare("M", 751, 5000, "300.00", true, "75.00"),
              fare("L", 1, 750, "50.05", false, "0.00")),
          List.of(
              new TaxRule("US", Basis.FARE, 75, usd("0.00")),
              new TaxRule("ZP", Basis.FLIGHT, 0, usd("5.30")),
              new TaxRule("AY", Basis.BOUND, 0, usd("5.60"))),
          Map.of(PassengerType.ADULT, 100, PassengerType.CHILD, 75, PassengerType.INFANT, 10),
          Map.of("M", new Brand("STANDARD", "Standard", 1, 23, Brand.SeatChoice.FOR_A_FEE)),
          new TreeMap<>(
              Map.of(
                  LocalDate.parse("2026-01-01"),
                  EarningTable.of(Map.of("M", 100, "L", 25)),
                  LocalDate.parse("2026-12-02"),
                  EarningTable.of(Map.of("M", 200, "L", 50)))),
          new TreeMap<>());

  private static final Map<PassengerType, Integer> ONE = Map.of(PassengerType.ADULT, 1);

  private static Fare fare(
      String fareClass, int from, int to, String amount, boolean refundable, String penalty) {
    return new Fare(
        fareClass,
        "Y",
        from,
        to,
        usd(amount),
        new FareConditions(refundable, usd(penalty), true, usd("25.00")));
  }

  private static Money usd(String amount) {
    return Money.parse("USD " + amount);
  }

  private static Bound bound(String fareClass, int... miles) {
    var noon = ZonedDateTime.of(2026, 12, 1, 12, 0, 0, 0, ZoneOffset.UTC);
    return new Bound(
        Arrays.stream(miles)
            .mapToObj(
                m ->
                    new Segment(
                        new FlightId("UA1-2026-12-01-EWR"),
                        "Y",
                        fareClass,
                        new Leg("EWR", "ORD", noon, noon.plusHours(2), m),
                        "738"))
            .toList());
  }

  @Test
  void aFareIsThatOfTheClassAndTheDistanceOfTheWholeBound() {
    var direct = TARIFF.price(List.of(bound("M", 720)), ONE).orElseThrow().price();
    assertThat(direct.of(PassengerType.ADULT).fare()).isEqualTo(usd("200.00"));
    var connecting = TARIFF.price(List.of(bound("M", 400, 500)), ONE).orElseThrow().price();
    assertThat(connecting.of(PassengerType.ADULT).fare()).isEqualTo(usd("300.00"));
  }

  @Test
  void taxesAreSeparateLines() {
    var price = TARIFF.price(List.of(bound("M", 400, 500)), ONE).orElseThrow().price();
    assertThat(price.of(PassengerType.ADULT).taxes())
        .containsExactly(
            new Tax("US", usd("22.50")), new Tax("ZP", usd("10.60")), new Tax("AY", usd("5.60")));
    assertThat(price.total()).isEqualTo(usd("338.70"));
  }

  @Test
  void childrenPayAShareAndInfantsNoTaxesOfASeat() {
    var party = Map.of(PassengerType.ADULT, 2, PassengerType.CHILD, 1, PassengerType.INFANT, 1);
    var price = TARIFF.price(List.of(bound("L", 100)), party).orElseThrow().price();
    assertThat(price.of(PassengerType.CHILD).fare()).isEqualTo(usd("37.54")); // half up
    assertThat(price.of(PassengerType.INFANT).fare()).isEqualTo(usd("5.01"));
    assertThat(price.of(PassengerType.INFANT).taxes()).containsExactly(new Tax("US", usd("0.38")));
    assertThat(price.of(PassengerType.ADULT).count()).isEqualTo(2);
  }

  @Test
  void combinedFaresKeepTheStrictestConditions() {
    var there = bound("M", 720);
    var back = bound("L", 720);
    var conditions = TARIFF.price(List.of(there, back), ONE).orElseThrow().conditions();
    assertThat(conditions.refundable()).isFalse();
    assertThat(conditions.changePenalty()).isEqualTo(usd("50.00"));
  }

  @Test
  void whatHasNoFareIsNotOffered() {
    assertThat(TARIFF.price(List.of(bound("L", 6000)), ONE)).isEmpty();
    assertThat(TARIFF.price(List.of(bound("Z", 100)), ONE)).isEmpty();
  }

  /** A trip can be ranked by what its bounds cost. */
  @Test
  void boundsArePricedOneByOneAndAddUp() {
    var party = Map.of(PassengerType.ADULT, 2, PassengerType.CHILD, 1, PassengerType.INFANT, 1);
    var trip = TARIFF.price(List.of(bound("L", 100), bound("M", 400, 500)), party).orElseThrow();
    assertThat(trip.price().total().getAmountMinorLong())
        .isEqualTo(
            TARIFF.minor("L", 100, 1, party).orElseThrow()
                + TARIFF.minor("M", 900, 2, party).orElseThrow());
  }

  @Test
  void whatHasNoNameIsBasic() {
    assertThat(TARIFF.brand("M").code()).isEqualTo("STANDARD");
    assertThat(TARIFF.brand("L")).isEqualTo(Brand.UNNAMED);
  }

  /** Loyalty posts by the day on which a flight is flown, not that on which it is sold. */
  @Test
  void pointsAreThoseOfTheDayOfTheFlight() {
    var noon = ZonedDateTime.of(2026, 12, 2, 12, 0, 0, 0, ZoneOffset.UTC);
    var later =
        new Segment(
            new FlightId("UA1-2026-12-02-EWR"),
            "Y",
            "L",
            new Leg("EWR", "ORD", noon, noon.plusHours(2), 719),
            "738");
    assertThat(TARIFF.earned(List.of(later))).isEqualTo(360);
  }

  @Test
  void pointsAreThoseOfEachFlight() {
    assertThat(TARIFF.earned(bound("L", 719, 717).segments())).isEqualTo(180 + 179);
  }
}
