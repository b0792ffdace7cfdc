package aero.contrail.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.TestDatabase;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.FlightDeparted;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** What the log promises, against a real PostgreSQL. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"contrail.demo.week=", "contrail.eventlog.batch-size=20"})
@ActiveProfiles("demo")
@ContextConfiguration(initializers = TestDatabase.class)
class EventLogTests {

  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
  private static final FlightId FLIGHT = new FlightId("UA1-2026-12-01-EWR");

  @Autowired ApplicationEventPublisher events;
  @Autowired EventLog log;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;
  @Autowired Environment environment;
  @Autowired Partitions partitions;
  @Autowired Witness witness;

  @TestConfiguration
  static class WithWitness {

    @Bean
    Witness witness(JdbcClient jdbc) {
      return new Witness(jdbc);
    }
  }

  @BeforeEach
  void forget() {
    jdbc.sql(
            """
            create table if not exists public.seen (
              position bigint generated always as identity, stream text, at bigint)
            """)
        .update();
    witness.failures.set(0);
  }

  private static SegmentFlown fact(OrderId order, long number) {
    return new SegmentFlown(order, FLIGHT, Instant.ofEpochMilli(number));
  }

  private static OrderId order() {
    return new OrderId(UUID.randomUUID());
  }

  private List<Long> seen(OrderId order) {
    return jdbc.sql("select at from public.seen where stream = :stream order by position")
        .param("stream", "reservation-" + order)
        .query((row, _) -> row.getLong(1))
        .list();
  }

  private void awaitSeen(OrderId order, int count) {
    Awaitility.await(count + " events of " + order)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> seen(order).size() >= count);
  }

  private void publish(OrderId order, long... numbers) {
    transaction.executeWithoutResult(
        _ -> {
          for (var number : numbers) {
            events.publishEvent(fact(order, number));
          }
        });
  }

  @Nested
  class Publishing {

    @Test
    void outsideOfATransactionIsAnError() {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> events.publishEvent(fact(order(), 1)))
          .withMessageContaining("outside of a transaction");
    }

    @Test
    void isUndoneWithTheTransaction() {
      var order = order();
      transaction.executeWithoutResult(
          status -> {
            events.publishEvent(fact(order, 1));
            status.setRollbackOnly();
          });
      assertThat(log.read("reservation-" + order, SegmentFlown.class)).isEmpty();
    }

    @Test
    void numbersTheVersionsOfAStream() {
      var order = order();
      publish(order, 1, 2);
      publish(order, 3);
      assertThat(log.read("reservation-" + order, SegmentFlown.class))
          .extracting(Recorded::version)
          .containsExactly(1, 2, 3);
    }

    @Test
    void againstAnOldVersionIsRefused() {
      var order = order();
      transaction.executeWithoutResult(_ -> log.append(0, List.of(fact(order, 1))));
      assertThatExceptionOfType(OptimisticLockingFailureException.class)
          .isThrownBy(
              () -> transaction.executeWithoutResult(_ -> log.append(0, List.of(fact(order, 2)))));
      assertThat(log.read("reservation-" + order, SegmentFlown.class)).hasSize(1);
    }

    @Test
    void ofManyAgainstAnOldVersionIsRefusedToo() {
      var order = order();
      publish(order, 1);
      var many = LongStream.range(0, 600).mapToObj(i -> fact(order, i)).toList();
      assertThatExceptionOfType(OptimisticLockingFailureException.class)
          .isThrownBy(() -> transaction.executeWithoutResult(_ -> log.append(0, many)));
      transaction.executeWithoutResult(_ -> log.append(1, many));
      assertThat(log.read("reservation-" + order, SegmentFlown.class)).hasSize(601);
    }

    @Test
    void atTheSameVersionOneOfManyWins() throws Exception {
      var order = order();
      var won = new AtomicInteger();
      try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var i = 0; i < 12; i++) {
          writers.execute(
              () -> {
                try {
                  transaction.executeWithoutResult(_ -> log.append(0, List.of(fact(order, 1))));
                  won.incrementAndGet();
                } catch (OptimisticLockingFailureException lost) {
                  // as it should be, for all but one
                }
              });
        }
      }
      assertThat(won).hasValue(1);
    }
  }

  @Nested
  class Consuming {

    @Test
    void keepsTheOrderOfEachStreamAndTellsEverythingOnce() throws Exception {
      var orders = Stream.generate(EventLogTests::order).limit(20).toList();
      try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var order : orders) {
          writers.execute(
              () -> {
                for (var i = 0; i < 25; i++) {
                  publish(order, 2L * i, 2L * i + 1);
                }
              });
        }
      }
      for (var order : orders) {
        awaitSeen(order, 50);
        assertThat(seen(order)).hasSize(50).isSorted().doesNotHaveDuplicates();
      }
    }

    @Test
    void goesOnAfterAFailureWithNothingLostOrTwice() {
      var order = order();
      witness.failures.set(3);
      publish(order, 1, 2, 3, 4, 5);
      awaitSeen(order, 5);
      assertThat(seen(order)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void isPromptAndTakesManyAtATime() {
      var order = order();
      publish(order, LongStream.range(0, 200).toArray());
      awaitSeen(order, 200);
      assertThat(witness.batchSizes.keySet()).anyMatch(size -> size > 10);
    }
  }

  @Nested
  class LateCommits {

    /** A bare sequence would lose the early event: others have been read beyond it. */
    @Test
    void areNeverSkipped() throws SQLException {
      var early = order();
      var late = new ArrayList<OrderId>();
      try (var connection =
              DriverManager.getConnection(
                  environment.getRequiredProperty("spring.datasource.url"));
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute(
            """
            insert into eventlog.event (tx, partition, stream, version, id, type, occurred_at,
                                        recorded_at, actor, correlation_id, data)
            values (pg_current_xact_id()::text::bigint, %d, 'reservation-%s', 1,
                    gen_random_uuid(), 'reservation.SegmentFlown.v1', now(), now(), 'test', 'test',
                    '{"order": "%s", "flight": "%s", "at": "1970-01-01T00:00:00.001Z"}')
            """
                .formatted(partitions.of("reservation-" + early), early, early, FLIGHT));
        while (late.stream().noneMatch(order -> samePartition(order, early))) {
          var order = order();
          late.add(order);
          publish(order, 2);
        }
        Awaitility.await()
            .during(Duration.ofMillis(300))
            .atMost(Duration.ofSeconds(5))
            .until(() -> seen(early).isEmpty());
        connection.commit();
      }
      awaitSeen(early, 1);
      late.forEach(order -> awaitSeen(order, 1));
      assertThat(seen(early)).containsExactly(1L);
    }

    private boolean samePartition(OrderId one, OrderId other) {
      return partitions.of("reservation-" + one) == partitions.of("reservation-" + other);
    }

    /**
     * A transaction may have its number long before it appends to a stream that a younger one has
     * appended to meanwhile: the order key follows the stream, not the number.
     */
    @Test
    void keepTheOrderOfTheirStream() {
      var order = order();
      transaction.executeWithoutResult(
          _ -> {
            jdbc.sql("select pg_current_xact_id()::text").query(String.class).single();
            CompletableFuture.runAsync(() -> publish(order, 1)).join(); // younger, commits first
            events.publishEvent(fact(order, 2));
          });
      var keys =
          jdbc.sql("select tx from eventlog.event where stream = :stream order by version")
              .param("stream", "reservation-" + order)
              .query((row, _) -> row.getLong(1))
              .list();
      assertThat(keys).isSorted();
      awaitSeen(order, 2);
      assertThat(seen(order)).containsExactly(1L, 2L);
    }
  }

  @Test
  void aWatchSeesWhatComesAndWhatWasThere() throws InterruptedException {
    var order = order();
    try (var watch = log.watch("reservation-" + order)) {
      assertThat(watch.await(_ -> true, Duration.ofMillis(50))).isFalse();
      publish(order, 1);
      assertThat(watch.await(SegmentFlown.class::isInstance, Duration.ofSeconds(5))).isTrue();
    }
    try (var watch = log.watch("reservation-" + order)) {
      assertThat(watch.await(SegmentFlown.class::isInstance, Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void consequencesNameTheirCause() {
    var departed = new FlightDeparted(FLIGHT, NOON);
    ScopedValue.where(Origin.CURRENT, new Origin("staff:test", "desk", "correlation-1"))
        .run(() -> transaction.executeWithoutResult(_ -> events.publishEvent(departed)));
    var recorded = log.read("flight-" + FLIGHT, FlightDeparted.class).getFirst();
    assertThat(recorded.origin()).isEqualTo(new Origin("staff:test", "desk", "correlation-1"));
    assertThat(recorded.causationId()).isNull();
    assertThat(recorded.name()).isEqualTo("FlightDeparted");
  }
}
