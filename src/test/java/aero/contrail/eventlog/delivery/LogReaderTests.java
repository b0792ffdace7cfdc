package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Notes;
import aero.contrail.events.OrderEvent;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a consumer gets at a time. */
class LogReaderTests {

  private static final String FOREIGN =
      """
      insert into eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at,
                                  actor, correlation_id, data)
      select 0, 'foreign-' || n, 1, gen_random_uuid(), 'order.OrderExpired.v1', now(), now(),
             'test', 'test', '{}'
        from generate_series(1, :many) n
      """;

  /** A consumer that needs one event in twenty thousand passes all others in steps. */
  @Test
  void isFoundHoweverMuchThatIsForOthersLiesBefore() {
    var notes = new Notes.OfFlown();
    var database = LogInstance.database();
    try (var writing = LogInstance.on(database).start()) {
      writing.jdbc().sql(FOREIGN).param("many", 2 * LogReader.WINDOW + 500).update();
      var wanted = fact(order(), 1);
      writing.publish(wanted);
      try (var reading = LogInstance.on(database).with(notes).start()) {
        reading.publish(fact(order(), 2));
        notes.await(2);
        assertThat(notes.seen().getFirst()).endsWith(" 1");
      }
    }
  }

  /** Handles large facts. */
  static final class Large {
    private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

    @EventHandler("test.large")
    void onFailed(List<OrderEvent.Failed> batch) {
      sizes.add(batch.size());
    }
  }

  @Test
  void isBoundedInBytesHoweverManyEventsItMayBe() {
    var large = new Large();
    var database = LogInstance.database();
    try (var writing = LogInstance.on(database).start()) {
      for (var i = 0; i < 10; i++) {
        writing.publish(new OrderEvent.Failed(order(), "x".repeat(40_000), Instant.EPOCH));
      }
      writing.publish(new OrderEvent.Failed(order(), "small", Instant.EPOCH));
      try (var _ =
          LogInstance.on(database)
              .with(large)
              .with("contrail.eventlog.batch-bytes", 100_000)
              .start()) {
        Awaitility.await()
            .until(() -> large.sizes.stream().mapToInt(Integer::intValue).sum() == 11);
        // Fewer only after a batch that took long: a slow machine may have one.
        assertThat(large.sizes).startsWith(3).allMatch(size -> size <= 3);
      }
    }
  }
}
