package aero.contrail.order;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.eventlog.Facts;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent.FlightCancelled;
import aero.contrail.events.ReservationEvent.HoldId;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders on cancelled flights are cancelled, however many they are. */
@ModuleTest
class FlightCancellationsTests {

  private static final Instant NOW = Instant.parse("2029-12-01T12:00:00Z");
  private static final RecordLocator LOCATOR = new RecordLocator("K3X9QD");

  @Autowired OrderProgress progress;
  @Autowired Orders orders;
  @Autowired FlightCancellations cancellations;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private final FlightId flight =
      new FlightId("YY%d-2030-01-01-EWR".formatted(new Random().nextInt(1, 9999)));

  private Placement placement(OrderId id) {
    return OrderProgressTests.placement(id, flight);
  }

  private void place(OrderId order) {
    told(() -> orders.place(List.of(placement(order))));
  }

  private void told(Runnable handler) {
    transaction.executeWithoutResult(_ -> handler.run());
  }

  private List<String> history(OrderId order) {
    return orders.history(order).stream().map(fact -> fact.name()).toList();
  }

  private void flightCancelled(FlightId cancelled) {
    told(() -> progress.onCancelled(List.of(Facts.recorded(new FlightCancelled(cancelled, NOW)))));
  }

  /** Whoever asks why an order was cancelled is told which event did it. */
  @Test
  void anOrderCancelledLaterStillNamesItsCause() {
    var order = new OrderId(UUID.randomUUID());
    place(order);
    var cause = Facts.recorded(new FlightCancelled(flight, NOW));
    told(() -> progress.onCancelled(List.of(cause)));
    cancellations.cancel();
    var confirmed = orders.history(order).getLast();
    assertThat(confirmed.name()).isEqualTo("CancellationConfirmed");
    assertThat(confirmed.causationId()).isEqualTo(cause.id());
    assertThat(confirmed.origin().correlationId()).isEqualTo(cause.origin().correlationId());
  }

  /** An order that nobody can read any more keeps no other on its flight. */
  @Test
  void oneThatFailsIsTriedLaterAndStopsNoOther() {
    var bad = new OrderId(UUID.randomUUID());
    var others = List.of(new OrderId(UUID.randomUUID()), new OrderId(UUID.randomUUID()));
    place(bad);
    others.forEach(this::place);
    jdbc.sql(
            """
            insert into eventlog.event (partition, stream, version, id, type, occurred_at,
                                        recorded_at, actor, correlation_id, data)
            values (0, :stream, 2, gen_random_uuid(), 'order.OrderHeld.v1', now(), now(), 'test',
                    'test', '{"at": "?"}')
            """)
        .param("stream", Orders.stream(bad))
        .update();
    jdbc.sql("update orders.order_index set version = 2 where order_id = :order")
        .param("order", bad.value())
        .update();
    flightCancelled(flight);
    cancellations.cancel();
    Awaitility.await("the others to be cancelled, by whoever took them")
        .until(
            () ->
                others.stream()
                    .allMatch(order -> history(order).contains("CancellationConfirmed")));
    Awaitility.await("the bad one to be put off")
        .until(
            () ->
                count(
                        """
                        select count(*)
                          from orders.order_to_cancel
                         where flight_id = '%s' and order_id = '%s' and attempts > 0
                           and due_at > now() and error is not null
                        """
                            .formatted(flight, bad.value()))
                    == 1);
  }

  /** Thousands of orders are dealt with in transactions that others can live beside. */
  @Test
  void aFlightOfThousandsIsCancelledInBoundedTransactionsWhileSalesGoOn() throws Exception {
    var many = 5_000;
    for (var placed = 0; placed < many; placed += 500) {
      var some = IntStream.range(0, 500).mapToObj(_ -> placement(new OrderId(UUID.randomUUID())));
      told(() -> orders.place(some.toList()));
    }
    flightCancelled(flight);
    var cancelling = Thread.ofVirtual().start(cancellations::cancel);
    var elsewhere = new OrderId(UUID.randomUUID());
    place(elsewhere);
    told(
        () ->
            progress.on(
                List.of(
                    Facts.recorded(new SpaceHeld(elsewhere, HoldId.of(elsewhere), LOCATOR, NOW)))));
    assertThat(history(elsewhere)).startsWith("OrderPlaced", "OrderHeld");
    cancelling.join();
    awaitCancelled(flight.value(), cancelled -> cancelled >= many);
    assertThat(
            count(
                """
                select max(events)
                  from (select count(*) as events
                          from eventlog.event
                         where type = 'order.CancellationConfirmed.v1'
                         group by xmin::text) t
                """))
        .as("orders cancelled by one transaction")
        .isLessThanOrEqualTo(100);
  }

  /** A storm: hundreds of flights are cancelled in one batch. */
  @Test
  void twoHundredFlightsAtOnceAreCancelledToo() {
    var flights =
        IntStream.range(0, 200)
            .mapToObj(n -> new FlightId("ZZ%d-2030-01-01-EWR".formatted(1000 + n)))
            .toList();
    told(
        () ->
            orders.place(
                flights.stream()
                    .flatMap(
                        f ->
                            IntStream.range(0, 5)
                                .mapToObj(
                                    _ ->
                                        OrderProgressTests.placement(
                                            new OrderId(UUID.randomUUID()), f)))
                    .toList()));
    told(
        () ->
            progress.onCancelled(
                flights.stream().map(f -> Facts.recorded(new FlightCancelled(f, NOW))).toList()));
    cancellations.cancel();
    awaitCancelled("ZZ%", cancelled -> cancelled == 1_000);
  }

  /** Whichever instance, or which of its threads, takes them. */
  private void awaitCancelled(String flights, LongPredicate enough) {
    Awaitility.await("all to be cancelled, by whoever took them")
        .until(
            () ->
                enough.test(
                    count(
                        """
                        select count(*)
                          from orders.order_flight f
                          join orders.order_index i using (order_id)
                         where f.flight_id like '%s' and i.status = 'CANCELLED'
                        """
                            .formatted(flights))));
  }

  private long count(String sql) {
    return jdbc.sql(sql).query((row, _) -> row.getLong(1)).single();
  }
}
