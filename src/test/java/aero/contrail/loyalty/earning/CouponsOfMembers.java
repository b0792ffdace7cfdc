package aero.contrail.loyalty.earning;

import aero.contrail.ModuleTest;
import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponsFlown;
import aero.contrail.events.OrderEvent.CouponsRefunded;
import aero.contrail.events.OrderEvent.OfCoupons;
import aero.contrail.events.OrderEvent.Ticketed;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import aero.contrail.loyalty.LedgerAudit;
import aero.contrail.loyalty.ledger.Balance;
import aero.contrail.loyalty.ledger.Entry;
import aero.contrail.loyalty.ledger.Statements;
import aero.contrail.loyalty.ledger.Statements.Line;
import aero.contrail.loyalty.member.Enrolment;
import aero.contrail.loyalty.member.Member;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Coupons that members buy, fly and give up; after each test all points add up. */
@ModuleTest
abstract class CouponsOfMembers {

  static final Instant NOW = Instant.parse("2029-12-01T12:00:00Z");
  static final FlightId FLIGHT = new FlightId("UA1431-2030-01-01-EWR");
  static final String CHANNEL = "web";
  static final Random RANDOM = new Random();

  @Autowired PointsAccrual accrual;
  @Autowired Programmes programmes;
  @Autowired Coupons coupons;
  @Autowired Enrolment enrolment;
  @Autowired Statements statements;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  MemberNumber member = new MemberNumber("4000000010");

  @BeforeEach
  void enrol() {
    member = newMember();
  }

  @AfterEach
  void allAddsUp() {
    LedgerAudit.check(jdbc);
  }

  MemberNumber newMember() {
    var number = Member.numberOf(ThreadLocalRandom.current().nextLong(500_000_000, 999_000_000));
    var grace = new Member(number, "Grace", "Hopper", null, NOW);
    transaction.executeWithoutResult(_ -> enrolment.enrol("enrolled-by", grace));
    return number;
  }

  static Ticketed ticketed(Ticket... tickets) {
    return new Ticketed(new OrderId(UUID.randomUUID()), CHANNEL, List.of(tickets), NOW);
  }

  Ticketed ticketed() {
    return ticketed(ticket(member, PassengerType.ADULT, FLIGHT));
  }

  static Ticket ticket(MemberNumber member, PassengerType type, FlightId flight) {
    return ticket(member, type, flight, "M");
  }

  static Ticket ticket(MemberNumber member, PassengerType type, FlightId flight, String fareClass) {
    return new Ticket(
        new TicketNumber("016%010d".formatted(RANDOM.nextLong(10_000_000_000L))),
        new PassengerId("P1"),
        type,
        member,
        Money.parse("USD 200.00"),
        List.of(),
        List.of(new Ticket.Coupon(flight, fareClass, 720)));
  }

  static CouponsFlown flown(Ticketed ticketed) {
    var flight = ticketed.tickets().getFirst().coupons().getFirst().flight();
    return new CouponsFlown(
        ticketed.order(), flight, ticketed.tickets().stream().map(Ticket::number).toList(), NOW);
  }

  static CouponsRefunded refunded(Ticketed ticketed) {
    var coupon = new CouponRef(ticketed.tickets().getFirst().number(), FLIGHT);
    return new CouponsRefunded(ticketed.order(), List.of(coupon), NOW);
  }

  void told(OfCoupons... facts) {
    transaction.executeWithoutResult(_ -> accrual.onCoupons(List.of(facts)));
  }

  Balance balance() {
    return statements.balance(member);
  }

  static Balance points(long available, long pending, long tierPoints) {
    return new Balance(pending, available, 0, 0, tierPoints);
  }

  List<Entry.Kind> kinds() {
    return statements.lines(member, 0, 10).stream().map(Line::kind).toList();
  }
}
