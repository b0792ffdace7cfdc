package aero.contrail.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.events.FlightId;
import aero.contrail.events.LoyaltyEvent.AccrualForecast;
import aero.contrail.events.LoyaltyEvent.PointsPosted;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponsFlown;
import aero.contrail.events.OrderEvent.CouponsRefunded;
import aero.contrail.events.OrderEvent.Ticketed;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import aero.contrail.loyalty.Ledger.Balances;
import aero.contrail.loyalty.Ledger.Movement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.modulith.test.Scenario;
import org.springframework.transaction.support.TransactionTemplate;

@ModuleTest
class PointsAccrualTests {

  private static final Instant NOW = Instant.parse("2029-12-01T12:00:00Z");
  private static final FlightId FLIGHT = new FlightId("UA1431-2030-01-01-EWR");
  private static final String CHANNEL = "web";
  private static final Random RANDOM = new Random();

  @Autowired PointsAccrual accrual;
  @Autowired Enrolment enrolment;
  @Autowired Ledger ledger;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private MemberNumber member = new MemberNumber("4000000010");

  @BeforeEach
  void enrol() {
    transaction.executeWithoutResult(
        _ -> member = enrolment.enrol("enrolled-by", "Grace", "Hopper", null).number());
  }

  private Ticketed ticketed() {
    var number = new TicketNumber("016%010d".formatted(RANDOM.nextLong(1_000_000_000L)));
    return new Ticketed(
        new OrderId(UUID.randomUUID()),
        CHANNEL,
        List.of(
            new Ticket(
                number,
                new PassengerId("P1"),
                PassengerType.ADULT,
                member,
                Money.parse("USD 200.00"),
                List.of(),
                List.of(new Ticket.Coupon(FLIGHT, "M", 720)))),
        NOW);
  }

  private static CouponsFlown flown(Ticketed ticketed) {
    return new CouponsFlown(
        ticketed.order(), FLIGHT, List.of(ticketed.tickets().getFirst().number()), NOW);
  }

  private static CouponsRefunded refunded(Ticketed ticketed) {
    var coupon = new CouponRef(ticketed.tickets().getFirst().number(), FLIGHT);
    return new CouponsRefunded(ticketed.order(), List.of(coupon), NOW);
  }

  private void told(Runnable handler) {
    transaction.executeWithoutResult(_ -> handler.run());
  }

  private Balances balances() {
    return ledger.balances(member, Instant.now().plusSeconds(60));
  }

  @Test
  void aTicketBringsAForecast(Scenario scenario) {
    var ticketed = ticketed();
    scenario
        .publish(ticketed)
        .andWaitForEventOfType(AccrualForecast.class)
        .matching(forecast -> forecast.accrual().order().equals(ticketed.order()))
        .toArriveAndVerify(forecast -> assertThat(forecast.points()).isEqualTo(720));
    assertThat(balances()).isEqualTo(new Balances(0, 720));
  }

  @Test
  void everythingToldTwiceMovesPointsOnce(AssertablePublishedEvents events) {
    var ticketed = ticketed();
    for (var times = 0; times < 2; times++) {
      told(() -> accrual.onTicketed(List.of(ticketed)));
      told(() -> accrual.onFlown(List.of(flown(ticketed))));
    }
    assertThat(balances()).isEqualTo(new Balances(720, 0));
    assertThat(events.ofType(PointsPosted.class)).hasSize(1);
    assertThat(ledger.entries(member, 0, 10))
        .extracting(Ledger.Entry::entry)
        .containsExactly(Movement.FORECAST, Movement.POSTED);
  }

  @Test
  void aRefundBeforeTheFlightWithdrawsTheForecastAndOneAfterItTakesPointsBack() {
    var unflown = ticketed();
    var flown = ticketed();
    told(() -> accrual.onTicketed(List.of(unflown, flown)));
    told(() -> accrual.onFlown(List.of(flown(flown))));
    assertThat(balances()).isEqualTo(new Balances(720, 720));
    for (var times = 0; times < 2; times++) {
      told(() -> accrual.onRefunded(List.of(refunded(unflown), refunded(flown))));
    }
    assertThat(balances()).isEqualTo(new Balances(0, 0));
  }

  @Test
  void whatWasKnownIsReadAsOfAnyTime() {
    var before = Instant.now().minusSeconds(1);
    told(() -> accrual.onTicketed(List.of(ticketed())));
    assertThat(ledger.balances(member, before)).isEqualTo(new Balances(0, 0));
    assertThat(balances()).isEqualTo(new Balances(0, 720));
  }

  @Test
  void ticketsOfOneMemberAtTheSameTimeAllCount() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 20; i++) {
        tasks.add(
            () -> {
              told(() -> accrual.onTicketed(List.of(ticketed())));
              return true;
            });
      }
      for (var result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    }
    assertThat(balances()).isEqualTo(new Balances(0, 20 * 720));
  }

  @Test
  void somebodyWhoIsNoMemberEarnsNothing() {
    member = Member.numberOf(999_999_999);
    told(() -> accrual.onTicketed(List.of(ticketed())));
    assertThat(balances()).isEqualTo(new Balances(0, 0));
  }

  /** Every movement leaves one account and enters another. */
  @Test
  void theSumOverAllAccountsIsZero() {
    told(() -> accrual.onTicketed(List.of(ticketed(), ticketed())));
    var sum =
        jdbc.sql(
                """
                select sum(case account when to_account then points else -points end)
                  from loyalty.journal
                 cross join lateral (values (from_account), (to_account)) a (account)
                """)
            .query((row, _) -> row.getLong(1))
            .single();
    assertThat(sum).isZero();
  }
}
