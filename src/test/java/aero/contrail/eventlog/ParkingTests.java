package aero.contrail.eventlog;

import static aero.contrail.eventlog.Facts.order;
import static aero.contrail.eventlog.Facts.stream;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A poison event stops its stream for its consumer, and nothing else. */
@LogTest
class ParkingTests {

  private static final AtomicLong NUMBERS = new AtomicLong(1_000_000);
  private static final int EVENTS = 200;

  @Autowired Witness witness;
  @Autowired Facts facts;
  @Autowired Parking parking;
  @Autowired ParkedStreams parked;
  @Autowired Interventions interventions;
  @Autowired Partitions partitions;
  @Autowired JdbcClient jdbc;
  @Autowired Consumers consumers;
  @Autowired EventTypes types;

  @AfterEach
  void cure() {
    witness.poison.clear();
  }

  private long poison() {
    var number = NUMBERS.getAndIncrement();
    witness.poison.add(number);
    return number;
  }

  private ParkedStreams.Parked awaitParked(OrderId order) {
    return Awaitility.await("the stream to wait for a decision")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                parked.list("eventlog.witness", "", "", 200).stream()
                    .filter(p -> p.stream().equals(stream(order)) && p.retryAt() == null)
                    .findFirst()
                    .orElse(null),
            p -> p != null);
  }

  @Test
  void itsStreamWaitsInOrderAndAllOthersGoOn() {
    var sick = order();
    var well = Stream.generate(Facts::order).limit(12).toList();
    var poison = poison();
    facts.publish(sick, 1, poison, 3);
    for (var number = 0; number < 30; number++) {
      for (var order : well) {
        facts.publish(order, number);
      }
    }
    facts.publish(sick, 4);
    for (var order : well) {
      facts.awaitSeen(order, 30);
      assertThat(facts.seen(order)).hasSize(30).isSorted().doesNotHaveDuplicates();
    }
    var waits = awaitParked(sick);
    assertThat(waits.version()).isEqualTo(2);
    assertThat(waits.failures()).isEqualTo(3);
    assertThat(waits.error()).contains("poison: " + poison);
    assertThat(facts.seen(sick)).containsExactly(1L);
    parking.skip("eventlog.witness", stream(sick), "staff:test", "test");
  }

  @Test
  void aRetryBringsItsEventsBackInOrderOnce() {
    var order = order();
    var poison = poison();
    facts.publish(order, 1, poison, poison + 500_000, poison + 600_000);
    var waits = awaitParked(order);
    witness.poison.clear();
    assertThat(parking.retry(waits.consumer(), waits.stream(), "staff:test", "mended"))
        .isEqualTo(Parking.Answer.DONE);
    facts.publish(order, poison + 700_000);
    facts.awaitSeen(order, 5);
    assertThat(facts.seen(order))
        .containsExactly(1L, poison, poison + 500_000, poison + 600_000, poison + 700_000);
    Awaitility.await().until(() -> parked.lock(waits.consumer(), waits.stream()).isEmpty());
    assertThat(interventions.list(Long.MAX_VALUE, 200))
        .anyMatch(i -> i.action().equals("RETRY") && waits.stream().equals(i.stream()));
  }

  @Test
  void aSkipGivesUpOneEventAndIsRecorded() {
    var order = order();
    var poison = poison();
    facts.publish(order, poison, 2, 3);
    var waits = awaitParked(order);
    assertThat(parking.skip(waits.consumer(), waits.stream(), "staff:grace", "was tested"))
        .isEqualTo(Parking.Answer.DONE);
    assertThat(parking.skip(waits.consumer(), waits.stream(), "staff:grace", "twice"))
        .as("a second skip must not take the next event")
        .isNotEqualTo(Parking.Answer.DONE);
    facts.awaitSeen(order, 2);
    assertThat(facts.seen(order)).containsExactly(2L, 3L);
    assertThat(interventions.list(Long.MAX_VALUE, 200))
        .filteredOn(i -> waits.stream().equals(i.stream()))
        .singleElement()
        .satisfies(
            skip -> {
              assertThat(skip.action()).isEqualTo("SKIP");
              assertThat(skip.actor()).isEqualTo("staff:grace");
              assertThat(skip.reason()).isEqualTo("was tested");
              assertThat(skip.version()).isEqualTo(1);
            });
  }

  /** A wrong upcaster, or code that is older than the event. */
  @Test
  void whatCannotEvenBeReadIsParkedToo() {
    var sick = order();
    var well = Stream.generate(Facts::order).limit(12).toList();
    facts.publish(sick, 1);
    jdbc.sql(
            """
            insert into eventlog.event (tx, partition, stream, version, id, type, occurred_at,
                                        recorded_at, actor, correlation_id, data)
            values (pg_current_xact_id()::text::bigint, :partition, :stream, 2, gen_random_uuid(),
                    'reservation.SegmentFlown.v1', now(), now(), 'test', 'test', '{"at": "?"}')
            """)
        .param("partition", partitions.of(stream(sick)))
        .param("stream", stream(sick))
        .update();
    facts.publish(sick, 3);
    well.forEach(order -> facts.publish(order, 1));
    well.forEach(order -> facts.awaitSeen(order, 1));
    var waits = awaitParked(sick);
    assertThat(waits.version()).isEqualTo(2);
    assertThat(waits.error()).contains("cannot read");
    parking.skip(waits.consumer(), waits.stream(), "staff:test", "written by hand");
    facts.awaitSeen(sick, 2);
    assertThat(facts.seen(sick)).containsExactly(1L, 3L);
  }

  /** While the stream grows, two more than the dispatcher try it, as other instances would. */
  @Test
  void howeverManyTryItsEventsComeInOrderOnce() throws Exception {
    var order = order();
    var first = NUMBERS.getAndAdd(EVENTS);
    for (var number = first; number < first + EVENTS; number += 40) {
      witness.poison.add(number);
    }
    var consumer =
        consumers.all(types).stream()
            .filter(c -> c.id().equals("eventlog.witness"))
            .findFirst()
            .orElseThrow();
    var done = new AtomicBoolean();
    try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Future<?>>();
      for (var i = 0; i < 2; i++) {
        tasks.add(
            others.submit(
                () -> {
                  while (!done.get()) {
                    parking.resume(consumer, stream(order));
                    Thread.sleep(1);
                  }
                  return null;
                }));
      }
      tasks.add(
          others.submit(
              () -> {
                while (!done.get()) {
                  cureAndRetry(order, first);
                  Thread.sleep(5);
                }
                return null;
              }));
      try {
        for (var number = first; number < first + EVENTS; number++) {
          facts.publish(order, number);
        }
        facts.awaitSeen(order, EVENTS);
      } finally {
        done.set(true);
      }
      for (var task : tasks) {
        task.get();
      }
    }
    assertThat(facts.seen(order))
        .containsExactlyElementsOf(LongStream.range(first, first + EVENTS).boxed().toList());
  }

  private void cureAndRetry(OrderId order, long first) {
    parked.list("eventlog.witness", "", "", 200).stream()
        .filter(p -> p.stream().equals(stream(order)) && p.failures() > 0)
        .forEach(
            p -> {
              witness.poison.remove(first + p.version() - 1);
              parking.retry(p.consumer(), p.stream(), "staff:test", "cured");
            });
  }

  @Test
  void whatPassesByItselfNeedsNobody() {
    var order = order();
    var poison = poison();
    facts.publish(order, poison, 2);
    Awaitility.await().until(() -> !parked.list(null, "", "", 1).isEmpty());
    witness.poison.clear();
    facts.awaitSeen(order, 2);
    assertThat(facts.seen(order)).containsExactly(poison, 2L);
  }
}
