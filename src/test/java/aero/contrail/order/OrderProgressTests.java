package aero.contrail.order;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.eventlog.Facts;
import aero.contrail.events.FareConditions;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Price;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.FlightCancelled;
import aero.contrail.events.ReservationEvent.HoldId;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.Traveller;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.person.PersonalData;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.Scenario;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of space and flights moves an order on once, however often it is told. */
@ModuleTest
class OrderProgressTests {

  private static final Instant NOW = Instant.parse("2029-12-01T12:00:00Z");
  private static final Instant PAY_BY = Instant.parse("2029-12-31T12:00:00Z");
  private static final RecordLocator LOCATOR = new RecordLocator("K3X9QD");

  @Autowired OrderProgress progress;
  @Autowired Orders orders;
  @Autowired FlightCancellations cancellations;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private final FlightId flight =
      new FlightId("UA%d-2030-01-01-EWR".formatted(new Random().nextInt(1, 9999)));

  private OrderId placed() {
    var id = new OrderId(UUID.randomUUID());
    told(() -> orders.place(List.of(placement(id))));
    return id;
  }

  private Placement placement(OrderId id) {
    return placement(id, flight);
  }

  static Placement placement(OrderId id, FlightId flight) {
    var departure = ZonedDateTime.of(2030, 1, 1, 10, 0, 0, 0, ZoneId.of("America/New_York"));
    var leg = new Leg("EWR", "ALB", departure, departure.plusHours(1), 144);
    var zero = Money.parse("USD 0.00");
    var price = new PassengerPrice(PassengerType.ADULT, 1, Money.parse("USD 1.00"), List.of());
    return Placement.of(
        new OrderCommand.Place(
            id,
            "web",
            List.of(new Segment(flight, "Y", "Y", leg, "ER4")),
            List.of(new Traveller(new PassengerId("P1"), PassengerType.ADULT, null)),
            new OrderEvent.Terms(
                new Price(List.of(price), "test"),
                new FareConditions(true, zero, true, zero),
                null,
                PAY_BY),
            null,
            null,
            null,
            null,
            List.of(),
            NOW),
        new PersonalData.People(List.of(), new PersonalData.Contact(null, null)),
        null,
        null);
  }

  private OrderId held() {
    var order = placed();
    told(() -> hears(new SpaceHeld(order, HoldId.of(order), LOCATOR, NOW)));
    return order;
  }

  private OrderId confirming() {
    var order = held();
    var payment = new PaymentId(UUID.randomUUID());
    var price = Money.parse("USD 1.00");
    decided(order, new OrderCommand.RequestPayment(payment, price, null, NOW));
    decided(order, new OrderCommand.RecordAuthorization(payment, price, NOW));
    return order;
  }

  private void hears(ReservationEvent.OfOrder... facts) {
    progress.on(Stream.of(facts).map(Facts::recorded).toList());
  }

  private void decided(OrderId order, OrderCommand command) {
    told(() -> orders.handle(List.of(new Orders.Intent(order, command))));
  }

  private void told(Runnable handler) {
    transaction.executeWithoutResult(_ -> handler.run());
  }

  private void twice(Runnable handler) {
    told(handler);
    told(handler);
  }

  private List<String> history(OrderId order) {
    return orders.history(order).stream().map(fact -> fact.name()).toList();
  }

  private long captures(OrderId order) {
    return jdbc.sql(
            """
            select count(*)
              from orders.payment_instruction
             where order_id = :order and operation = 'CAPTURE'
            """)
        .param("order", order.value())
        .query((row, _) -> row.getLong(1))
        .single();
  }

  private SpaceRefusal refusal() {
    return new SpaceRefusal(flight, SpaceRefusal.Kind.CABIN_FULL, "Y");
  }

  @Test
  void aHoldIsRecordedByTheLog(Scenario scenario) {
    var order = placed();
    scenario
        .publish(new SpaceHeld(order, HoldId.of(order), LOCATOR, NOW))
        .andWaitForEventOfType(OrderEvent.Held.class)
        .matchingMappedValue(OrderEvent.Held::order, order)
        .toArrive();
  }

  @Test
  void aHoldToldTwiceIsRecordedOnce() {
    var order = placed();
    twice(() -> hears(new SpaceHeld(order, HoldId.of(order), LOCATOR, NOW)));
    assertThat(history(order)).containsExactly("OrderPlaced", "OrderHeld");
  }

  @Test
  void twiceInOneBatchIsOnceToo() {
    var order = placed();
    var held = new SpaceHeld(order, HoldId.of(order), LOCATOR, NOW);
    told(() -> hears(held, held));
    assertThat(history(order)).containsExactly("OrderPlaced", "OrderHeld");
  }

  @Test
  void aRefusalToldTwiceEndsTheOrderOnceAndAHoldAfterItIsTooLate() {
    var order = placed();
    twice(() -> hears(new SpaceRefused(order, HoldId.of(order), refusal(), NOW)));
    told(() -> hears(new SpaceHeld(order, HoldId.of(order), LOCATOR, NOW)));
    assertThat(history(order)).containsExactly("OrderPlaced", "OrderRejected");
  }

  @Test
  void aConfirmationToldTwiceCapturesOnce() {
    var order = confirming();
    twice(() -> hears(new SpaceConfirmed(order, HoldId.of(order), NOW)));
    assertThat(captures(order)).isEqualTo(1);
  }

  /** The payment desk works on the same orders meanwhile: who waits for whom must be no circle. */
  @Test
  void confirmationsToldAgainDoNotBlockThePaymentDesk() {
    for (var i = 0; i < 20; i++) {
      var order = confirming();
      var confirmed = new SpaceConfirmed(order, HoldId.of(order), NOW);
      told(() -> hears(confirmed));
      for (var again = 0; again < 10; again++) {
        told(() -> hears(confirmed));
      }
      assertThat(captures(order)).isEqualTo(1);
    }
  }

  @Test
  void aConfirmationRefusedTwiceFailsTheOrderOnce() {
    var order = confirming();
    var refused = new SpaceConfirmationRefused(order, HoldId.of(order), refusal(), NOW);
    twice(() -> hears(refused));
    assertThat(history(order)).containsOnlyOnce("OrderFailed");
  }

  @Test
  void aHoldThatLapsedTwiceExpiresTheOrderOnce() {
    var order = held();
    jdbc.sql("update orders.order_index set pay_by = now() where order_id = :order")
        .param("order", order.value())
        .update();
    twice(() -> hears(new SpaceHoldLapsed(order, HoldId.of(order), NOW)));
    assertThat(history(order)).doesNotHaveDuplicates();
  }

  @Test
  void aFlightFlownTwiceCompletesTheOrderOnce() {
    var order = confirming();
    var payment = orders.find(order).orElseThrow().state().details().payments().getFirst();
    decided(
        order, new OrderCommand.RecordCapture(payment.id(), payment.amount(), 2_400_000_001L, NOW));
    twice(() -> hears(new SegmentFlown(order, flight, null, NOW)));
    assertThat(history(order)).containsOnlyOnce("CouponsFlown").containsOnlyOnce("OrderCompleted");
  }

  @Test
  void aFlightFlownBeforeTheTicketIsRememberedOnce() {
    var order = confirming();
    twice(() -> hears(new SegmentFlown(order, flight, null, NOW)));
    assertThat(history(order)).containsOnlyOnce("FlownAwaitingTicket");
  }

  private void cancelled() {
    told(() -> progress.onCancelled(List.of(Facts.recorded(new FlightCancelled(flight, NOW)))));
  }

  /** A batch may hold facts for several methods: the later must see what the earlier decided. */
  @Test
  void aHoldAndItsConfirmationInOneBatchAreOneHistory() {
    var order = placed();
    var payment = new PaymentId(UUID.randomUUID());
    told(
        () -> {
          hears(new SpaceHeld(order, HoldId.of(order), LOCATOR, NOW));
          hears(new SpaceRefused(order, HoldId.of(order), refusal(), NOW));
        });
    decided(order, new OrderCommand.RequestPayment(payment, Money.parse("USD 1.00"), null, NOW));
    assertThat(history(order)).containsExactly("OrderPlaced", "OrderHeld", "PaymentRequested");
  }

  @Test
  void whatWasCancelledIsNotCaptured() {
    var order = confirming();
    cancelled();
    cancellations.cancel();
    told(() -> hears(new SpaceConfirmed(order, HoldId.of(order), NOW)));
    assertThat(captures(order)).isZero();
    assertThat(history(order)).containsOnlyOnce("OrderFailed");
  }

  @Test
  void aFlightCancelledTwiceCancelsTheOrderOnce() {
    var order = held();
    cancelled();
    cancelled();
    cancellations.cancel();
    cancelled();
    cancellations.cancel();
    assertThat(history(order)).containsOnlyOnce("CancellationConfirmed");
  }
}
