package aero.contrail.loyalty.award;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.events.LoyaltyEvent.HoldRefusal;
import aero.contrail.events.LoyaltyEvent.OfAward;
import aero.contrail.events.LoyaltyEvent.PointsHeld;
import aero.contrail.events.LoyaltyEvent.PointsHoldRefused;
import aero.contrail.events.LoyaltyEvent.PointsHoldReleased;
import aero.contrail.events.LoyaltyEvent.PointsRedeemed;
import aero.contrail.events.LoyaltyEvent.PointsRedeposited;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.OfPoints;
import aero.contrail.events.OrderEvent.PointsTenderRefunded;
import aero.contrail.events.OrderEvent.PointsTenderReleased;
import aero.contrail.events.OrderEvent.PointsTenderRequested;
import aero.contrail.events.OrderEvent.PointsTenderTaken;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.loyalty.LedgerAudit;
import aero.contrail.loyalty.MemberPoints;
import aero.contrail.loyalty.ledger.Balance;
import aero.contrail.loyalty.ledger.Statements;
import aero.contrail.loyalty.member.Enrolment;
import aero.contrail.loyalty.member.Member;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

/** What orders want of members' points, told once, twice and late. */
@ModuleTest
class AwardPaymentsTests {

  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
  private static final Money FARES = Money.parse("USD 200.00");
  private static final LocalDate SOON = LocalDate.parse("2040-01-01");
  private static final LocalDate LATE = LocalDate.parse("2041-01-01");

  @Autowired AwardPayments payments;
  @Autowired Enrolment enrolment;
  @Autowired Statements statements;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private MemberNumber member = new MemberNumber("4000000010");
  private final OrderId order = new OrderId(UUID.randomUUID());
  private PaymentId payment = new PaymentId(UUID.randomUUID());

  @BeforeEach
  void enrol() {
    payment = new PaymentId(UUID.randomUUID());
    member = Member.numberOf(ThreadLocalRandom.current().nextLong(500_000_000, 999_000_000));
    transaction.executeWithoutResult(
        _ -> enrolment.enrol("web", new Member(member, "Grace", "Hopper", null, NOW)));
  }

  @AfterEach
  void allAddsUp() {
    LedgerAudit.check(jdbc);
  }

  private UUID grant(long points, LocalDate expiresOn) {
    return MemberPoints.grant(jdbc, member.value(), points, expiresOn);
  }

  private PointsTenderRequested requested(PaymentId by, int points) {
    return new PointsTenderRequested(
        order, by, "web", member, points, FARES, new PaymentId(UUID.randomUUID()), FARES, NOW);
  }

  private PointsTenderTaken taken(int points) {
    return new PointsTenderTaken(order, payment, member, points, FARES, NOW);
  }

  private PointsTenderRefunded refunded(int points) {
    return new PointsTenderRefunded(order, payment, UUID.randomUUID(), points, FARES, NOW);
  }

  private PointsTenderReleased released() {
    return new PointsTenderReleased(order, payment, NOW);
  }

  private void tell(OfPoints... facts) {
    transaction.executeWithoutResult(_ -> payments.on(List.of(facts)));
  }

  private Balance balance() {
    return statements.balance(member);
  }

  private long available(UUID lot) {
    return jdbc.sql("select available from loyalty.lot where id = :id")
        .param("id", lot)
        .query(Long.class)
        .single();
  }

  private List<OfAward> told(AssertablePublishedEvents events) {
    var told = new ArrayList<OfAward>();
    events.ofType(OfAward.class).matching(f -> f.member().equals(member)).forEach(told::add);
    return told;
  }

  @Test
  void whatExpiresSoonestIsSpentFirst(AssertablePublishedEvents events) {
    var lasts = MemberPoints.grant(jdbc, member.value(), 300, null);
    var late = grant(300, LATE);
    var soon = grant(300, SOON);
    tell(requested(payment, 400));
    assertThat(balance()).isEqualTo(new Balance(0, 500, 400, 0, 0));
    tell(taken(400));
    assertThat(balance()).isEqualTo(new Balance(0, 500, 0, 0, 0));
    assertThat(List.of(available(soon), available(late), available(lasts)))
        .containsExactly(0L, 200L, 300L);
    assertThat(told(events))
        .satisfiesExactly(
            held -> assertThat(held).isInstanceOf(PointsHeld.class),
            redeemed ->
                assertThat(redeemed)
                    .isInstanceOfSatisfying(
                        PointsRedeemed.class, fact -> assertThat(fact.owed()).isZero()));
  }

  @Test
  void toldTwiceItIsDoneOnce(AssertablePublishedEvents events) {
    var _ = grant(1_000, SOON);
    var request = requested(payment, 400);
    tell(request, request);
    tell(request);
    assertThat(balance()).isEqualTo(new Balance(0, 600, 400, 0, 0));
    tell(taken(400), taken(400));
    tell(taken(400));
    assertThat(balance()).isEqualTo(new Balance(0, 600, 0, 0, 0));
    var refund = refunded(150);
    tell(refund);
    tell(refund);
    assertThat(balance()).isEqualTo(new Balance(0, 750, 0, 0, 0));
    assertThat(told(events)).hasSize(3);
  }

  /** Two orders of the same member in one batch: there is enough for one. */
  @Test
  void noPointIsHeldTwice(AssertablePublishedEvents events) {
    var _ = grant(700, SOON);
    tell(requested(payment, 400), requested(new PaymentId(UUID.randomUUID()), 400));
    assertThat(balance()).isEqualTo(new Balance(0, 300, 400, 0, 0));
    assertThat(told(events).getLast())
        .isInstanceOfSatisfying(
            PointsHoldRefused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(HoldRefusal.NOT_ENOUGH);
              assertThat(refused.missing()).isEqualTo(100);
            });
  }

  /** Whoever was refused once is, also when there are more points later. */
  @Test
  void aRefusalStays() {
    tell(requested(payment, 400));
    var _ = grant(400, SOON);
    tell(requested(payment, 400));
    assertThat(balance()).isEqualTo(new Balance(0, 400, 0, 0, 0));
  }

  @Test
  void whatWasLetGoCanBeSpentAgain(AssertablePublishedEvents events) {
    var _ = grant(400, SOON);
    tell(requested(payment, 400), released());
    tell(released());
    assertThat(balance()).isEqualTo(new Balance(0, 400, 0, 0, 0));
    assertThat(told(events)).hasSize(2);
    tell(requested(new PaymentId(UUID.randomUUID()), 400));
    assertThat(balance().held()).isEqualTo(400);
  }

  private void lapse() {
    jdbc.sql("update loyalty.award_hold set until = now() - interval '1 h' where payment_id = :id")
        .param("id", payment.value())
        .update();
    transaction.executeWithoutResult(_ -> payments.letGoLapsed(10));
  }

  @Test
  void whatNobodyTookInTimeIsLetGo(AssertablePublishedEvents events) {
    var _ = grant(400, SOON);
    tell(requested(payment, 400));
    lapse();
    lapse();
    assertThat(balance()).isEqualTo(new Balance(0, 400, 0, 0, 0));
    assertThat(told(events)).filteredOn(PointsHoldReleased.class::isInstance).hasSize(1);
  }

  /** The order has issued its documents: it has to be paid. */
  @Test
  void whatIsTakenTooLateIsTakenAgainOrOwed(AssertablePublishedEvents events) {
    var lot = grant(400, SOON);
    tell(requested(payment, 400));
    lapse();
    tell(requested(new PaymentId(UUID.randomUUID()), 250));
    tell(taken(400));
    assertThat(balance()).isEqualTo(new Balance(0, 0, 250, 250, 0));
    assertThat(told(events).getLast())
        .isInstanceOfSatisfying(
            PointsRedeemed.class, redeemed -> assertThat(redeemed.owed()).isEqualTo(250));
    tell(refunded(400));
    assertThat(balance()).isEqualTo(new Balance(0, 150, 250, 0, 0));
    assertThat(available(lot)).isZero(); // what came back there paid the debt
  }

  /** What was taken last goes back first, each time as much as is given up. */
  @Test
  void whatComesBackGoesToItsLots(AssertablePublishedEvents events) {
    var late = grant(300, LATE);
    var soon = grant(300, SOON);
    tell(requested(payment, 500), taken(500));
    tell(refunded(150));
    assertThat(List.of(available(soon), available(late))).containsExactly(0L, 250L);
    tell(refunded(200));
    assertThat(List.of(available(soon), available(late))).containsExactly(150L, 300L);
    tell(refunded(150));
    assertThat(List.of(available(soon), available(late))).containsExactly(300L, 300L);
    assertThat(told(events)).filteredOn(PointsRedeposited.class::isInstance).hasSize(3);
  }

  @Test
  void onlyWhoKnowsTheMemberSpends(AssertablePublishedEvents events) {
    var _ = grant(400, SOON);
    var stranger =
        new PointsTenderRequested(
            order, payment, "agency", member, 400, FARES, payment, FARES, NOW);
    tell(stranger);
    assertThat(balance()).isEqualTo(new Balance(0, 400, 0, 0, 0));
    assertThat(told(events).getFirst())
        .isInstanceOfSatisfying(
            PointsHoldRefused.class,
            refused -> assertThat(refused.reason()).isEqualTo(HoldRefusal.UNKNOWN_MEMBER));
  }

  /** They expired this morning, and the job that says so comes tonight. */
  @Test
  void whatHasExpiredIsNotSpent() {
    var _ = grant(400, LocalDate.parse("2020-01-01"));
    tell(requested(payment, 400));
    assertThat(balance().held()).isZero();
  }
}
