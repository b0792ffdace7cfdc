package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.FLIGHT;
import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.Witness;
import aero.contrail.eventlog.store.Partitions;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.FlightDeparted;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the log promises, against a real PostgreSQL. */
@LogTest
class EventLogTests {

  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

  @Autowired ApplicationEventPublisher events;
  @Autowired EventLog log;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;
  @Autowired Environment environment;
  @Autowired Partitions partitions;
  @Autowired Witness witness;
  @Autowired Facts facts;

  @Nested
  class Publishing {

    @Test
    void outsideOfATransactionIsAnError() {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> events.publishEvent(fact(order(), 1)))
          .withMessageContaining("outside of a transaction");
    }

    @Test
    void ofMoreThanAnEventMayHoldFailsAtOnce() {
      var large = new OrderEvent.Failed(order(), "x".repeat(70_000), NOON);
      var after = new AtomicBoolean();
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(
              () ->
                  transaction.executeWithoutResult(
                      _ -> {
                        events.publishEvent(large);
                        after.set(true);
                      }))
          .withMessageContaining("more than the 65536");
      assertThat(after).as("reached what comes after the publication").isFalse();
    }

    /** Spring calls only the synchronizations that were there when it began to complete. */
    @Test
    void whileTheTransactionCompletesIsRecordedToo() {
      var order = order();
      transaction.executeWithoutResult(
          _ ->
              TransactionSynchronizationManager.registerSynchronization(
                  new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                      events.publishEvent(fact(order, 1));
                    }
                  }));
      facts.awaitSeen(order, 1);
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
      facts.publish(order, 1, 2);
      facts.publish(order, 3);
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
      facts.publish(order, 1);
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
      var orders = Stream.generate(Facts::order).limit(20).toList();
      try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var order : orders) {
          writers.execute(
              () -> {
                for (var i = 0; i < 25; i++) {
                  facts.publish(order, 2L * i, 2L * i + 1);
                }
              });
        }
      }
      for (var order : orders) {
        facts.awaitSeen(order, 50);
        assertThat(facts.seen(order)).hasSize(50).isSorted().doesNotHaveDuplicates();
      }
    }

    @Test
    void goesOnAfterAFailureWithNothingLostOrTwice() {
      var order = order();
      witness.failures.set(2);
      facts.publish(order, 1, 2, 3, 4, 5);
      facts.awaitSeen(order, 5);
      assertThat(facts.seen(order)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void isPromptAndTakesManyAtATime() {
      var order = order();
      var before = handled();
      facts.publish(order, LongStream.range(0, 200).toArray());
      facts.awaitSeen(order, 200);
      Awaitility.await("all to be counted").until(() -> handled() == before + 200);
      assertThat(witness.batchSizes.keySet()).anyMatch(size -> size > 10);
    }
  }

  private long handled() {
    return jdbc.sql("select sum(handled) from eventlog.cursor where consumer = 'eventlog.witness'")
        .query((row, _) -> row.getLong(1))
        .single();
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
            insert into eventlog.event (partition, stream, version, id, type, occurred_at,
                                        recorded_at, actor, correlation_id, data)
            values (%d, 'reservation-%s', 1,
                    gen_random_uuid(), 'reservation.SegmentFlown.v2', now(), now(), 'test', 'test',
                    '{"order": "%s", "flight": "%s", "at": "1970-01-01T00:00:00.001Z"}')
            """
                .formatted(partitions.of("reservation-" + early), early, early, FLIGHT));
        while (late.stream().noneMatch(order -> samePartition(order, early))) {
          var order = order();
          late.add(order);
          facts.publish(order, 2);
        }
        Awaitility.await()
            .during(Duration.ofMillis(300))
            .atMost(Duration.ofSeconds(5))
            .until(() -> facts.seen(early).isEmpty());
        connection.commit();
      }
      facts.awaitSeen(early, 1);
      late.forEach(order -> facts.awaitSeen(order, 1));
      assertThat(facts.seen(early)).containsExactly(1L);
    }

    /** The same while many others write and read. */
    @Test
    void areNeverSkippedUnderLoad() throws Exception {
      var early = order();
      var others = Stream.generate(Facts::order).limit(40).toList();
      transaction.executeWithoutResult(
          _ -> {
            events.publishEvent(fact(early, 1));
            holdReaders();
            try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
              for (var other : others) {
                writers.execute(
                    () -> {
                      for (var i = 0; i < 10; i++) {
                        facts.publish(other, i);
                      }
                    });
              }
            }
            assertThat(others).allMatch(other -> facts.seen(other).size() < 10);
          });
      facts.awaitSeen(early, 1);
      for (var other : others) {
        facts.awaitSeen(other, 10);
        assertThat(facts.seen(other)).hasSize(10).isSorted().doesNotHaveDuplicates();
      }
      assertThat(facts.seen(early)).containsExactly(1L);
    }

    /** As if the transaction had appended already. */
    private void holdReaders() {
      jdbc.sql(
              """
              select pg_advisory_xact_lock_shared((17230::bigint << 48) | last_value)::text
                from eventlog.event_position
              """)
          .query((_, _) -> true)
          .single();
    }

    private boolean samePartition(OrderId one, OrderId other) {
      return partitions.of("reservation-" + one) == partitions.of("reservation-" + other);
    }
  }

  @Test
  void aWatchSeesWhatComesAndWhatWasThere() throws InterruptedException {
    var order = order();
    try (var watch = log.watch("reservation-" + order)) {
      assertThat(watch.await(_ -> true, Duration.ofMillis(50))).isFalse();
      facts.publish(order, 1);
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
