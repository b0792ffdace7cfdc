package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.order;
import static aero.contrail.eventlog.Facts.stream;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Witness;
import aero.contrail.eventlog.handlers.HandlerScan;
import aero.contrail.eventlog.store.EventTypes;
import aero.contrail.eventlog.store.Partitions;
import aero.contrail.events.OrderId;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A poison event stops its stream for its consumer, and nothing else. */
@LogTest
class ParkingTests {

  private static final int EVENTS = 200;

  @Autowired Witness witness;
  @Autowired Facts facts;
  @Autowired Parking parking;
  @Autowired Retries retries;
  @Autowired TransactionTemplate transaction;
  @Autowired ParkedStreams parked;
  @Autowired Partitions partitions;
  @Autowired JdbcClient jdbc;
  @Autowired HandlerScan consumers;
  @Autowired EventTypes types;

  @AfterEach
  void cure() {
    witness.poison.clear();
  }

  /** What an operator's decision comes down to. */
  private void goOn(ParkedStreams.Parked waits, int version) {
    transaction.executeWithoutResult(
        _ ->
            parked
                .lock(waits.consumer(), waits.stream())
                .filter(p -> p.version() == waits.version())
                .ifPresent(p -> parked.move(p, version)));
    retries.wake();
  }

  @Test
  void itsStreamWaitsInOrderAndAllOthersGoOn() {
    var sick = order();
    var well = Stream.generate(Facts::order).limit(12).toList();
    var poison = witness.poison();
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
    var waits = facts.awaitParked(sick);
    assertThat(waits.version()).isEqualTo(2);
    assertThat(waits.failures()).isEqualTo(3);
    assertThat(waits.error()).contains("poison: " + poison);
    assertThat(facts.seen(sick)).containsExactly(1L);
    goOn(waits, waits.version() + 1);
  }

  /** A wrong upcaster, or code that is older than the event. */
  @Test
  void whatCannotEvenBeReadIsParkedToo() {
    var sick = order();
    var well = Stream.generate(Facts::order).limit(12).toList();
    facts.publish(sick, 1);
    jdbc.sql(
            """
            insert into eventlog.event (partition, stream, version, id, type, occurred_at,
                                        recorded_at, actor, correlation_id, data)
            values (:partition, :stream, 2, gen_random_uuid(),
                    'reservation.SegmentFlown.v2', now(), now(), 'test', 'test', '{"at": "?"}')
            """)
        .param("partition", partitions.of(stream(sick)))
        .param("stream", stream(sick))
        .update();
    facts.publish(sick, 3);
    well.forEach(order -> facts.publish(order, 1));
    well.forEach(order -> facts.awaitSeen(order, 1));
    var waits = facts.awaitParked(sick);
    assertThat(waits.version()).isEqualTo(2);
    assertThat(waits.error()).contains("cannot read");
    goOn(waits, waits.version() + 1);
    facts.awaitSeen(sick, 2);
    assertThat(facts.seen(sick)).containsExactly(1L, 3L);
  }

  /** While the stream grows, two more than the dispatcher try it, as other instances would. */
  @Test
  void howeverManyTryItsEventsComeInOrderOnce() throws Exception {
    var order = order();
    var first = witness.numbers(EVENTS);
    for (var number = first; number < first + EVENTS; number += 40) {
      witness.poison.add(number);
    }
    var consumer =
        consumers.consumers(types).stream()
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
              goOn(p, p.version());
            });
  }

  @Test
  void whatPassesByItselfNeedsNobody() {
    var order = order();
    var poison = witness.poison();
    facts.publish(order, poison, 2);
    Awaitility.await().until(() -> !parked.list(null, "", "", 1).isEmpty());
    witness.poison.clear();
    facts.awaitSeen(order, 2);
    assertThat(facts.seen(order)).containsExactly(poison, 2L);
  }
}
