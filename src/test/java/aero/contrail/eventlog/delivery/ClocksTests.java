package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static aero.contrail.eventlog.Facts.stream;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.database.DatabaseTime;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Notes;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Instances whose clocks differ by minutes. */
class ClocksTests {

  private static final Duration WRONG = Duration.ofMinutes(7);

  private final String database = LogInstance.database();

  /** Whatever the moment, what was recorded until then is a prefix of the stream. */
  @Test
  void recordedTimesNeverRunBackwardsWithinAStream() {
    var order = order();
    try (var right = LogInstance.on(database).start();
        var fast = LogInstance.on(database).withClock(WRONG).start();
        var slow = LogInstance.on(database).withClock(WRONG.negated()).start()) {
      right.publish(fact(order, 1), fact(order, 2));
      fast.publish(fact(order, 3));
      slow.publish(fact(order, 4), fact(order, 5));
      right.publish(fact(order, 6));
      assertSorted(right, order, 6);
    }
  }

  /** The same for what COPY writes. */
  @Test
  void orForManyAtATime() {
    var order = order();
    try (var fast = LogInstance.on(database).withClock(WRONG).start();
        var slow = LogInstance.on(database).withClock(WRONG.negated()).start()) {
      fast.publish(fact(order, 1));
      slow.publish(
          IntStream.rangeClosed(2, 700).mapToObj(n -> fact(order, n)).toArray(SegmentFlown[]::new));
      assertSorted(slow, order, 700);
    }
  }

  private static void assertSorted(LogInstance instance, OrderId order, int count) {
    assertThat(instance.bean(EventLog.class).read(stream(order), SegmentFlown.class))
        .hasSize(count)
        .extracting(Recorded::recordedAt)
        .isSorted();
  }

  /** When a parked stream is tried again is for the database to say. */
  @Test
  void parkedStreamsAreTriedAgainByWhoeverIsThere() {
    var ill = new AtomicBoolean(true);
    var notes = new Notes.Failing(_ -> ill.get());
    var fact = fact(order(), 1);
    try (var fast = LogInstance.on(database).withClock(WRONG).with(notes).start()) {
      fast.publish(fact);
      Awaitility.await()
          .until(() -> !fast.bean(ParkedStreams.class).list("test.reader", "", "", 1).isEmpty());
    }
    ill.set(false);
    try (var slow =
        LogInstance.on(database)
            .withClock(WRONG.negated())
            .with(notes)
            .with("contrail.eventlog.poll", "PT0.1S")
            .start()) {
      notes.await(fact);
      assertThat(slow.bean(Dispatcher.class).isRunning()).isTrue();
    }
  }

  @Test
  void theDatabasesTimeIsToldByAWrongClockToo() {
    try (var instance = LogInstance.on(database).start()) {
      var wrong = Clock.offset(Clock.systemUTC(), WRONG);
      var told = new DatabaseTime(instance.jdbc(), wrong).instant();
      assertThat(Duration.between(Clock.systemUTC().instant(), told).abs())
          .isLessThan(Duration.ofMinutes(1));
    }
  }
}
