package aero.contrail.eventlog.operations;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Notes;
import aero.contrail.eventlog.ReadModel;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A log that was carried to another server goes on where it was. */
class RestoreTests {

  private static final List<String> TABLES =
      List.of("event", "cursor", "consumer", "partitioning", "parked_stream");

  /** The rows of a dump; of the sequence only when it is said, as logical replication leaves it. */
  private static void copy(String from, String to, boolean withSequence) throws Exception {
    try (var source = DriverManager.getConnection(from, "postgres", "postgres");
        var target = DriverManager.getConnection(to, "postgres", "postgres");
        var statement = target.createStatement()) {
      for (var table : TABLES) {
        var rows = new ByteArrayOutputStream();
        source
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("copy eventlog." + table + " to stdout", rows);
        statement.execute("delete from eventlog." + table);
        target
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "copy eventlog." + table + " from stdin",
                new ByteArrayInputStream(rows.toByteArray()));
      }
      statement.execute("select setval('eventlog.event_position', 1, false)");
      if (withSequence) {
        statement.execute(
            "select setval('eventlog.event_position', max(position)) from eventlog.event");
      }
    }
  }

  private static void goesOn(boolean withSequence) throws Exception {
    var from = LogInstance.database();
    var to = LogInstance.database();
    var order = order();
    var before = new Notes.OfFlown();
    try (var instance = LogInstance.on(from).with(before).start()) {
      for (var number = 1; number <= 30; number++) {
        instance.publish(fact(order, number));
      }
      before.await(30);
    }
    copy(from, to, withSequence);
    var after = new Notes.OfFlown();
    var fresh = new Everything();
    try (var instance = LogInstance.on(to).with(after, fresh).start()) {
      instance.publish(fact(order, 31));
      after.await(fact(order, 31));
      fresh.await(31);
      assertThat(after.seen()).as("handled before, and not again").hasSize(1);
      assertThat(fresh.seen()).hasSize(31).doesNotHaveDuplicates();
    }
  }

  /** A consumer that is new to the log. */
  public static class Everything extends Notes {

    @EventHandler("test.everything")
    public void onFlown(SegmentFlown flown) {
      note(flown);
    }
  }

  @Test
  void fromADump() throws Exception {
    goesOn(true);
  }

  @Test
  void fromACopyThatHasNotTheSequence() throws Exception {
    goesOn(false);
  }

  /** Counts facts in a table that can be made again. */
  static final class Counts implements ReadModel {
    private final String table;

    /** Of the instance that it belongs to, once that has started. */
    private final AtomicReference<JdbcClient> jdbc;

    Counts(AtomicReference<JdbcClient> jdbc, String table) {
      this.jdbc = jdbc;
      this.table = table;
    }

    @EventHandler("test.counts")
    void onFlown(List<SegmentFlown> batch) {
      jdbc.get()
          .sql("insert into public.%s (stream) select unnest(:streams)".formatted(table))
          .param("streams", batch.stream().map(SegmentFlown::stream).toArray(String[]::new))
          .update();
    }

    @Override
    public String consumer() {
      return "test.counts";
    }

    @Override
    public void prepare() {
      jdbc.get().sql("create table public.counts_again (stream text)").update();
    }

    @Override
    public Object shadow() {
      return new Counts(jdbc, "counts_again");
    }

    @Override
    public void swap() {
      jdbc.get().sql("drop table public.counts").update();
      jdbc.get().sql("alter table public.counts_again rename to counts").update();
    }

    @Override
    public void discard() {
      jdbc.get().sql("drop table public.counts_again").update();
    }
  }

  @Test
  void andItsReadModelsAreMadeAgain() throws Exception {
    var from = LogInstance.database();
    var to = LogInstance.database();
    var order = order();
    try (var instance = LogInstance.on(from).start()) {
      for (var number = 1; number <= 39; number++) {
        instance.publish(fact(order, number));
      }
    }
    copy(from, to, true);
    try (var prepared = LogInstance.on(to).start()) {
      var jdbc = new AtomicReference<>(prepared.jdbc());
      jdbc.get().sql("create table public.counts (stream text)").update();
      var counts = new Counts(jdbc, "counts");
      try (var instance =
          LogInstance.on(to).with(counts).with("contrail.eventlog.poll", "PT0.1S").start()) {
        jdbc.set(instance.jdbc());
        instance.publish(fact(order, 40));
        awaitCount(instance, order, 40);
        instance.jdbc().sql("delete from public.counts").update();
        assertThat(instance.bean(Rebuilds.class).begin("test.counts", "staff:test", "lost"))
            .isEqualTo(Rebuilds.Answer.DONE);
        instance.publish(fact(order, 41));
        awaitCount(instance, order, 41);
        Awaitility.await().until(() -> instance.bean(Rebuilds.class).list().isEmpty());
        instance.publish(fact(order, 42));
        awaitCount(instance, order, 42);
      }
    }
  }

  private static void awaitCount(LogInstance instance, OrderId order, int count) {
    Awaitility.await(count + " facts of " + order)
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                instance
                    .jdbc()
                    .sql("select count(*) from public.counts")
                    .query(Integer.class)
                    .single(),
            found -> found == count);
  }
}
