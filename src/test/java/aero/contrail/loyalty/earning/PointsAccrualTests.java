package aero.contrail.loyalty.earning;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.LoyaltyEvent.AccrualForecast;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.events.LoyaltyEvent.PointsPosted;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.CouponStatusChanged;
import aero.contrail.events.OrderEvent.CouponsFlown;
import aero.contrail.events.OrderEvent.CouponsRefunded;
import aero.contrail.events.OrderEvent.OfCoupons;
import aero.contrail.events.OrderEvent.Ticketed;
import aero.contrail.events.OrderEvent.TicketsReissued;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerType;
import aero.contrail.loyalty.ledger.Balance;
import aero.contrail.loyalty.ledger.Entry;
import aero.contrail.loyalty.programme.RuleVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.modulith.test.Scenario;

/** What coupons bring. */
class PointsAccrualTests extends CouponsOfMembers {

  @Test
  void aTicketBringsAForecast(Scenario scenario) {
    var ticketed = ticketed();
    scenario
        .publish(ticketed)
        .andWaitForEventOfType(AccrualForecast.class)
        .matching(forecast -> forecast.accrual().order().equals(ticketed.order()))
        .toArriveAndVerify(forecast -> assertThat(forecast.points()).isEqualTo(720));
    assertThat(balance()).isEqualTo(points(0, 720, 0));
  }

  @Test
  void everythingToldTwiceMovesPointsOnce(AssertablePublishedEvents events) {
    var ticketed = ticketed();
    for (var times = 0; times < 2; times++) {
      told(ticketed);
      told(flown(ticketed));
    }
    assertThat(balance()).isEqualTo(points(720, 0, 720));
    assertThat(events.ofType(PointsPosted.class)).hasSize(1);
    assertThat(kinds()).containsExactly(Entry.Kind.FORECAST, Entry.Kind.POSTED);
  }

  @Test
  void toldTwiceInOneBatchMovesPointsOnce() {
    var ticketed = ticketed();
    told(ticketed, ticketed, flown(ticketed), flown(ticketed));
    assertThat(balance()).isEqualTo(points(720, 0, 720));
    told(refunded(ticketed), refunded(ticketed));
    assertThat(balance()).isEqualTo(points(0, 0, 0));
  }

  /** The order of the facts of one coupon is not what decides. */
  @Test
  void toldInAnyOrderItEndsTheSame() {
    var early = ticketed();
    told(flown(early));
    assertThat(balance()).isEqualTo(Balance.NOTHING);
    told(early);
    assertThat(balance()).isEqualTo(points(720, 0, 720));
    var gone = ticketed();
    told(refunded(gone), gone);
    assertThat(balance()).isEqualTo(points(720, 0, 720));
  }

  @Test
  void flownWithoutADocumentIsCounted() {
    var before = coupons.withoutDocument();
    var skipped = ticketed();
    told(flown(skipped));
    assertThat(coupons.withoutDocument()).isEqualTo(before + 1);
    told(skipped);
    assertThat(coupons.withoutDocument()).isEqualTo(before);
  }

  @Test
  void aRefundBeforeTheFlightWithdrawsTheForecastAndOneAfterItTakesPointsBack() {
    var unflown = ticketed();
    var flown = ticketed();
    told(unflown, flown);
    told(flown(flown));
    assertThat(balance()).isEqualTo(points(720, 720, 720));
    for (var times = 0; times < 2; times++) {
      told(refunded(unflown), refunded(flown));
    }
    assertThat(balance()).isEqualTo(points(0, 0, 0));
  }

  @Test
  void whatIsFlownInsteadEarnsInstead() {
    var ticketed = ticketed();
    var other = new FlightId("UA1500-2030-01-01-EWR");
    told(
        ticketed,
        new TicketsReissued(
            ticketed.order(),
            UUID.randomUUID(),
            CHANNEL,
            List.of(new CouponRef(ticketed.tickets().getFirst().number(), FLIGHT)),
            List.of(ticket(member, PassengerType.ADULT, other)),
            NOW));
    assertThat(balance()).isEqualTo(points(0, 720, 0));
    assertThat(kinds())
        .containsExactly(Entry.Kind.FORECAST, Entry.Kind.CANCELLED, Entry.Kind.FORECAST);
  }

  private static CouponStatusChanged status(Ticketed ticketed, CouponStatus from, CouponStatus to) {
    var coupon = new CouponRef(ticketed.tickets().getFirst().number(), FLIGHT);
    return new CouponStatusChanged(ticketed.order(), coupon, from, to, NOW);
  }

  /** He did not come: nothing is expected any more, unless he flies after all. */
  @Test
  void whoDoesNotComeExpectsNothing() {
    var ticketed = ticketed();
    told(ticketed, status(ticketed, CouponStatus.O, CouponStatus.C));
    assertThat(balance()).isEqualTo(points(0, 720, 0));
    var missed = status(ticketed, CouponStatus.C, CouponStatus.S);
    told(missed);
    told(missed);
    assertThat(balance()).isEqualTo(points(0, 0, 0));
    assertThat(kinds()).containsExactly(Entry.Kind.FORECAST, Entry.Kind.CANCELLED);
    told(status(ticketed, CouponStatus.S, CouponStatus.O));
    told(flown(ticketed));
    assertThat(balance()).isEqualTo(points(720, 0, 720));
  }

  /** Whoever leaves an order takes his coupons along: they earn in his own. */
  @Test
  void whatIsFlownInAnotherOrderNamesThatOne(AssertablePublishedEvents events) {
    var ticketed = ticketed();
    var own = new OrderId(UUID.randomUUID());
    var flown = new CouponsFlown(own, FLIGHT, flown(ticketed).tickets(), NOW);
    told(ticketed);
    told(flown);
    assertThat(events.ofType(PointsPosted.class).matching(f -> f.member().equals(member)))
        .hasSize(1)
        .allSatisfy(posted -> assertThat(posted.accrual().order()).isEqualTo(own));
    assertThat(statements.lines(member, 0, 10).getLast().order()).isEqualTo(own);
    var other = ticketed();
    told(new CouponsFlown(own, FLIGHT, flown(other).tickets(), NOW));
    told(other);
    assertThat(statements.lines(member, 0, 10).getLast().order()).isEqualTo(own);
  }

  @Test
  void anInfantOnALapEarnsNothing() {
    var infant = ticket(member, PassengerType.INFANT, FLIGHT);
    var ticketed = ticketed(infant);
    told(ticketed, flown(ticketed));
    assertThat(balance()).isEqualTo(Balance.NOTHING);
  }

  /** Sold under one version, flown on a day for which another was filed meanwhile. */
  @Test
  void theRulesOfTheDayOfTravelAreApplied() {
    var day = LocalDate.parse("2040-01-01").plusDays(RANDOM.nextInt(3_000));
    var flight = new FlightId("UA1431-%s-EWR".formatted(day));
    var ticketed = ticketed(ticket(member, PassengerType.ADULT, flight));
    told(ticketed);
    var table = EarningTable.of(Map.of("M", 50));
    transaction.executeWithoutResult(_ -> programmes.file(day, table, "test"));
    transaction.executeWithoutResult(
        _ -> programmes.file(day.plusDays(1), EarningTable.of(Map.of("M", 100)), "test"));
    told(flown(ticketed));
    assertThat(balance()).isEqualTo(points(360, 0, 360));
    assertThat(statements.lines(member, 0, 10).getLast().rule())
        .isEqualTo("default/%s".formatted(day));
    told(
        new CouponsRefunded(
            ticketed.order(),
            List.of(new CouponRef(ticketed.tickets().getFirst().number(), flight)),
            NOW));
    assertThat(balance()).isEqualTo(Balance.NOTHING);
    assertThat(statements.lines(member, 0, 10).getLast().points()).isEqualTo(-360);
  }

  /** 25 flights in first class reach bronze; what comes after earns by it, told in any order. */
  @Test
  void theTierOfTheDayOfTravelIsApplied() {
    var months = new ArrayList<OfCoupons>();
    for (var day = 1; day <= 25; day++) {
      var flight = new FlightId("UA%d-2031-03-%02d-EWR".formatted(1000 + day, day));
      var sold = ticketed(ticket(member, PassengerType.ADULT, flight, "F"));
      months.add(sold);
      months.add(flown(sold));
    }
    told(months.toArray(OfCoupons[]::new));
    assertThat(statements.balance(member).tierPoints()).isEqualTo(25 * 1_440);
    var before = statements.balance(member).available();
    var after = ticketed(ticket(member, PassengerType.ADULT, flight(2031, 4), "M"));
    told(after, flown(after));
    assertThat(statements.balance(member).available() - before).isEqualTo(900); // bronze, 25 %
    var earlier = ticketed(ticket(member, PassengerType.ADULT, flight(2031, 2), "M"));
    told(earlier, flown(earlier));
    assertThat(statements.balance(member).available() - before).isEqualTo(900 + 720);
  }

  private static FlightId flight(int year, int month) {
    return new FlightId("UA1431-%d-%02d-01-EWR".formatted(year, month));
  }

  @Test
  void whatIsFiledNeverChanges() {
    var day = LocalDate.parse("2090-01-01").plusDays(RANDOM.nextInt(3_000));
    var table = EarningTable.of(Map.of("M", 50));
    var other = EarningTable.of(Map.of("M", 500));
    assertThat(transaction.<Boolean>execute(_ -> programmes.file(day, table, "test"))).isTrue();
    assertThat(transaction.<Boolean>execute(_ -> programmes.file(day, other, "test"))).isFalse();
    assertThat(programmes.all())
        .filteredOn(filed -> filed.effectiveFrom().equals(day))
        .extracting(RuleVersion::body)
        .containsExactly(table);
  }

  @Test
  void whatWasKnownIsReadAsOfAnyTime() {
    var before = Instant.now().minusSeconds(1);
    told(ticketed());
    assertThat(statements.balance(member, before)).isEqualTo(Balance.NOTHING);
    assertThat(statements.balance(member, Instant.now().plusSeconds(60)).pending()).isEqualTo(720);
  }

  @Test
  void somebodyWhoIsNoMemberEarnsNothing() {
    var stranger = new MemberNumber("9999999999");
    var ticketed = ticketed(ticket(stranger, PassengerType.ADULT, FLIGHT));
    told(ticketed, flown(ticketed));
    assertThat(statements.lines(stranger, 0, 10)).isEmpty();
  }
}
