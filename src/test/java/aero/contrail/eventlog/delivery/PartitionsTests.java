package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static aero.contrail.eventlog.Facts.stream;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Notes;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With several partitions a consumer has several lanes: the order of each stream stays. */
class PartitionsTests {

  private static final int EVENTS = 8;

  /** So many that no partition stays empty by chance: with twelve one did in forty runs. */
  private static final int ORDERS = 60;

  /** Notes the threads, too. */
  static final class Threads extends Notes {
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    @EventHandler("test.threads")
    void onFlown(SegmentFlown flown) {
      names.add(Thread.currentThread().getName());
      note(flown);
    }
  }

  @Test
  void streamsAreSpreadAndEachKeepsItsOrder() throws Exception {
    var database = LogInstance.database();
    var notes = new Threads();
    try (var empty = LogInstance.on(database).start()) {
      empty.jdbc().sql("update eventlog.partitioning set partitions = 3").update();
    }
    var orders = Stream.generate(Facts::order).limit(ORDERS).toList();
    try (var instance = LogInstance.on(database).with(notes).start();
        var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var order : orders) {
        writers.execute(
            () -> {
              for (var number = 1; number <= EVENTS; number++) {
                instance.publish(fact(order, number));
              }
            });
      }
      notes.await(orders.size() * EVENTS);
    }
    assertThat(notes.seen()).hasSize(orders.size() * EVENTS).doesNotHaveDuplicates();
    for (var order : orders) {
      assertThat(notes.seen().stream().filter(seen -> seen.startsWith(stream(order))))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, EVENTS).mapToObj(n -> stream(order) + " " + n).toList());
    }
    assertThat(notes.names).hasSize(3);
    assertThat(order()).isNotNull();
  }
}
