package aero.contrail.eventlog;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static aero.contrail.eventlog.Facts.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Streams that closed long ago leave the hot table, and are there all the same. */
@LogTest
class ArchiveTests {

  private static final long POISON = 9_000_000;

  @Autowired Archive archive;
  @Autowired EventLog log;
  @Autowired Facts facts;
  @Autowired Cursors cursors;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired Clock clock;
  @Autowired Witness witness;
  @Autowired ParkedStreams parked;
  @Autowired Parking parking;

  private OrderId archived() {
    var order = order();
    facts.publish(order, 1, 2);
    facts.awaitSeen(order, 2);
    // Nothing goes before every cursor has passed it.
    Awaitility.await("the stream to be archived")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              archive.move(clock.instant());
              return hot(order) == 0;
            });
    return order;
  }

  private long hot(OrderId order) {
    return count("event", order);
  }

  private long count(String table, OrderId order) {
    return jdbc.sql("select count(*) from eventlog.%s where stream = ?".formatted(table))
        .param(stream(order))
        .query(Long.class)
        .single();
  }

  @Test
  void areReadAndGrowAsBefore() {
    var order = archived();
    assertThat(log.read(stream(order), SegmentFlown.class)).hasSize(2);
    facts.publish(order, 3);
    assertThat(log.read(stream(order), SegmentFlown.class))
        .extracting(Recorded::version)
        .containsExactly(1, 2, 3);
    facts.awaitSeen(order, 3);
  }

  @Test
  void refuseAnOldVersionAsBefore() {
    var order = archived();
    for (var old : List.of(0, 1)) {
      assertThatExceptionOfType(OptimisticLockingFailureException.class)
          .isThrownBy(
              () ->
                  transaction.executeWithoutResult(_ -> log.append(old, List.of(fact(order, 3)))));
    }
    transaction.executeWithoutResult(_ -> log.append(2, List.of(fact(order, 3))));
    assertThat(log.read(stream(order), SegmentFlown.class)).hasSize(3);
  }

  @Test
  void stayWhereTheyAreWhileTheyAreYoungOrSomebodyHasNotReadThem() {
    var order = order();
    facts.publish(order, 1);
    facts.awaitSeen(order, 1);
    archive.move(clock.instant().minus(Duration.ofDays(1)));
    assertThat(hot(order)).as("young").isEqualTo(1);

    transaction.executeWithoutResult(_ -> cursors.register("test.slow"));
    try {
      archive.move(clock.instant());
      assertThat(hot(order)).as("not read by all").isEqualTo(1);
    } finally {
      jdbc.sql("delete from eventlog.cursor where consumer = 'test.slow'").update();
    }
  }

  @Test
  void stayWhileTheyAreParked() {
    var order = order();
    witness.poison.add(POISON);
    try {
      facts.publish(order, POISON);
      Awaitility.await("the stream to wait for a decision, and all others to be past it")
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  parked
                          .lock("eventlog.witness", stream(order))
                          .filter(p -> p.retryAt() == null)
                          .isPresent()
                      && behind(order) == 0);
      archive.move(clock.instant());
      assertThat(hot(order)).isEqualTo(1);
    } finally {
      witness.poison.clear();
    }
    parking.retry("eventlog.witness", stream(order), "staff:test", null);
    facts.awaitSeen(order, 1);
  }

  private long behind(OrderId order) {
    return jdbc.sql(
            """
            select count(*)
              from eventlog.cursor c
              join eventlog.event e on e.partition = c.partition
             where e.stream = :stream and (e.tx, e.position) > (c.tx, c.position)
            """)
        .param("stream", stream(order))
        .query(Long.class)
        .single();
  }

  @Test
  void comeFirstForWhoReadsTheLogFromTheStart() {
    var order = archived();
    facts.publish(order, 3, 4);
    jdbc.sql("update eventlog.cursor set tx = 0, position = 0 where consumer = 'eventlog.witness'")
        .update();
    facts.awaitSeen(order, 4 + 2);
    var all = facts.seen(order);
    assertThat(all.subList(all.size() - 4, all.size())).containsExactly(1L, 2L, 3L, 4L);
  }
}
