package aero.contrail.order.document;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Tax;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class CouponValuesTests {

  private static Ticket ticket(Money fare, int... miles) {
    return new Ticket(
        new TicketNumber("0162400000011"),
        new PassengerId("P1"),
        PassengerType.ADULT,
        null,
        fare,
        List.of(),
        IntStream.range(0, miles.length)
            .mapToObj(
                i ->
                    new Ticket.Coupon(
                        new FlightId("UA%d-2026-12-01-EWR".formatted(100 + i)), "M", miles[i]))
            .toList());
  }

  @Test
  void aFareIsSplitByMiles() {
    assertThat(CouponValues.fares(ticket(usd("300.00"), 100, 200, 300)))
        .containsExactly(usd("50.00"), usd("100.00"), usd("150.00"));
  }

  @Test
  void whatCannotBeSplitGoesToLaterCoupons() {
    assertThat(CouponValues.fares(ticket(usd("100.00"), 1, 1, 1)))
        .containsExactly(usd("33.33"), usd("33.33"), usd("33.34"));
    assertThat(CouponValues.taxes(List.of(new Tax("US", usd("0.01"))), 2))
        .containsExactly(List.of(new Tax("US", usd("0.00"))), List.of(new Tax("US", usd("0.01"))));
  }

  @Test
  void aCurrencyWithoutCentsIsSplitAtItsUnit() {
    assertThat(CouponValues.fares(ticket(Money.parse("JPY 1001"), 500, 500)))
        .containsExactly(Money.parse("JPY 500"), Money.parse("JPY 501"));
  }

  @Test
  void sharesAlwaysAddUp() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (var round = 0; round < 1_000; round++) {
      var fare = Money.ofMinor(CurrencyUnit.USD, random.nextLong(100_000_000_000L));
      var miles = random.ints(1 + random.nextInt(8), 1, 10_000).toArray();
      var shares = CouponValues.fares(ticket(fare, miles));
      assertThat(shares.stream().reduce(Money.zero(CurrencyUnit.USD), Money::plus))
          .as("seed %d", seed)
          .isEqualTo(fare);
      assertThat(shares).as("seed %d", seed).noneMatch(Money::isNegative);
    }
  }

  private static Money usd(String amount) {
    return Money.parse("USD " + amount);
  }
}
