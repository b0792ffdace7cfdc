package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Notes;
import aero.contrail.eventlog.Upcaster;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** Consumers that do not get on, and what keeps them from doing harm. */
class IllConsumerTests {

  private static final String CONSUMER = "test.reader";

  private final String database = LogInstance.database();

  @Test
  void thatFailsOnStreamAfterStreamRestsInsteadOfParkingTheWorld() {
    var ill = new AtomicBoolean(true);
    var notes = new Notes.Failing(_ -> ill.get());
    try (var instance = LogInstance.on(database).with(notes).start()) {
      for (var number = 1; number <= 40; number++) {
        instance.publish(fact(order(), number));
      }
      assertThat(instance.awaitTrouble(CONSUMER)).contains("stream after stream");
      assertThat(instance.bean(ParkedStreams.class).list(CONSUMER, "", "", 200))
          .hasSizeLessThanOrEqualTo(Setbacks.MOST_PARKED_IN_A_ROW);
      ill.set(false);
      notes.await(40);
      assertThat(notes.seen()).hasSize(40).doesNotHaveDuplicates();
      Awaitility.await().until(() -> instance.bean(Dispatcher.class).troubles().isEmpty());
    }
  }

  @Test
  void thatFailsNowAndThenParksTheBadAndGoesOn() {
    var notes = new Notes.Failing(event -> event.at().toEpochMilli() % 3 == 0);
    try (var instance =
        LogInstance.on(database).with(notes).with("contrail.eventlog.tries", 1).start()) {
      for (var number = 1; number <= 60; number++) {
        instance.publish(fact(order(), number));
      }
      notes.await(40);
      assertThat(instance.bean(Dispatcher.class).troubles()).isEmpty();
      Awaitility.await()
          .until(() -> instance.bean(ParkedStreams.class).list(CONSUMER, "", "", 200).size() == 20);
    }
  }

  /** Takes longer than a statement may as long as it gets more than a few events at a time. */
  static final class Slow {
    static final int BEARABLE = 5;

    private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    private final Queue<Long> seen = new ConcurrentLinkedQueue<>();
    private volatile JdbcClient jdbc;

    Slow(JdbcClient none) {
      jdbc = none;
    }

    @EventHandler(CONSUMER)
    void onFlown(List<SegmentFlown> batch) {
      sizes.add(batch.size());
      if (batch.size() > BEARABLE) {
        jdbc.sql("set local statement_timeout = '100ms'").update();
        jdbc.sql("select pg_sleep(5)::text").query(String.class).single();
      }
      batch.forEach(flown -> seen.add(flown.at().toEpochMilli()));
    }
  }

  @Test
  void thatTimesOutIsGivenHalfOfWhatItHadUntilItGetsThrough() {
    var events = IntStream.rangeClosed(1, 40).mapToObj(n -> fact(order(), n)).toList();
    JdbcClient writer;
    try (var instance = LogInstance.on(database).start()) {
      writer = instance.jdbc();
      instance.publish(events.toArray(SegmentFlown[]::new));
      var slow = new Slow(writer);
      try (var reading = LogInstance.on(database).with(slow).start()) {
        slow.jdbc = reading.jdbc();
        reading.publish(fact(order(), 41));
        Awaitility.await("all events")
            .atMost(Duration.ofSeconds(30))
            .until(() -> slow.seen.size() >= 41);
        var sizes = new ArrayList<>(slow.sizes);
        assertThat(sizes.getFirst()).isGreaterThanOrEqualTo(40);
        assertThat(sizes.subList(1, 4)).containsExactly(20, 10, 5);
        assertThat(slow.seen).hasSize(41).doesNotHaveDuplicates();
      }
    }
  }

  /** Throws what is no exception. */
  static final class Faulty extends Notes {
    private final AtomicInteger errors = new AtomicInteger(3);

    @EventHandler(CONSUMER)
    void onFlown(SegmentFlown flown) {
      if (errors.getAndDecrement() > 0) {
        throw new OutOfMemoryError("pretended");
      }
      note(flown);
    }
  }

  @Test
  void whoseCodeThrowsAnErrorIsTriedAgain() {
    var notes = new Faulty();
    try (var instance = LogInstance.on(database).with(notes).start()) {
      var fact = fact(order(), 1);
      instance.publish(fact);
      notes.await(fact);
      assertThat(instance.bean(ParkedStreams.class).list(CONSUMER, "", "", 1)).isEmpty();
    }
  }

  /** An error that comes back with its event is poison like any other. */
  static final class Overflowing extends Notes {

    @EventHandler(CONSUMER)
    void onFlown(SegmentFlown flown) {
      if (flown.at().toEpochMilli() == 1) {
        throw new StackOverflowError("pretended");
      }
      note(flown);
    }
  }

  @Test
  void whoseErrorIsAnEventsFaultParksIt() {
    var notes = new Overflowing();
    try (var instance = LogInstance.on(database).with(notes).start()) {
      var bad = fact(order(), 1);
      var good = fact(order(), 2);
      instance.publish(bad);
      instance.publish(good);
      notes.await(good);
      assertThat(instance.bean(ParkedStreams.class).list(CONSUMER, "", "", 10))
          .extracting(ParkedStreams.Parked::stream)
          .containsExactly(bad.stream());
    }
  }

  /** Retries go on after a restart, and a stream that waits keeps no other from its turn. */
  @Test
  void whoseStreamsAreParkedHasThemTriedAgainAfterARestart() {
    var ill = new AtomicBoolean(true);
    var first = new Notes.Failing(event -> ill.get() && event.at().toEpochMilli() <= 3);
    var parked = List.of(fact(order(), 1), fact(order(), 2), fact(order(), 3));
    try (var instance = LogInstance.on(database).with(first).start()) {
      parked.forEach(instance::publish);
      Awaitility.await()
          .until(() -> instance.bean(ParkedStreams.class).list(CONSUMER, "", "", 9).size() == 3);
    }
    var again = new Notes.OfFlown();
    try (var instance =
        LogInstance.on(database).with(again).with("contrail.eventlog.poll", "PT0.1S").start()) {
      parked.forEach(again::await);
      assertThat(Collections.frequency(again.seen(), again.seen().getFirst())).isOne();
      Awaitility.await()
          .until(() -> instance.bean(ParkedStreams.class).list(CONSUMER, "", "", 9).isEmpty());
    }
  }

  /** Takes its time when the first fact is tried again. */
  static final class Pondering extends Notes {
    private final AtomicInteger tries = new AtomicInteger();
    private final CountDownLatch ponders = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @EventHandler(CONSUMER)
    void onFlown(SegmentFlown flown) throws InterruptedException {
      if (flown.at().toEpochMilli() == 1) {
        if (tries.getAndIncrement() == 0) {
          throw new IllegalStateException("at first");
        }
        ponders.countDown();
        mayGoOn.await();
      }
      note(flown);
    }
  }

  @Test
  void whoPondersOverAParkedStreamKeepsNoOtherWaiting() throws Exception {
    var notes = new Pondering();
    try (var instance = LogInstance.on(database).with(notes).start()) {
      var parked = fact(order(), 1);
      instance.publish(parked);
      notes.ponders.await();
      var others = List.of(fact(order(), 2), fact(order(), 3));
      others.forEach(instance::publish);
      others.forEach(notes::await);
      assertThat(notes.has(parked)).isFalse();
      notes.mayGoOn.countDown();
      notes.await(parked);
    }
  }

  /** Old payloads that no class of today fits, and code that cannot even be linked. */
  static final class Unlinked implements Upcaster {

    @Override
    public String from() {
      return "reservation.SegmentFlown.v0";
    }

    @Override
    public String to() {
      return "reservation.SegmentFlown.v2";
    }

    @Override
    public ObjectNode upcast(ObjectNode payload) {
      throw new NoClassDefFoundError("pretended");
    }
  }

  @Test
  void whoseEventThrowsAnErrorWhenItIsReadGoesOnWithTheOthers() {
    var notes = new Notes.OfFlown();
    try (var writing = LogInstance.on(database).start()) {
      var bad = fact(order(), 1);
      writing.publish(bad);
      writing.jdbc().sql("update eventlog.event set type = replace(type, 'v2', 'v0')").update();
      var good = fact(order(), 2);
      writing.publish(good);
      try (var reading = LogInstance.on(database).with(notes, new Unlinked()).start()) {
        notes.await(good);
        assertThat(reading.bean(ParkedStreams.class).list(CONSUMER, "", "", 9))
            .extracting(ParkedStreams.Parked::stream)
            .containsExactly(bad.stream());
      }
    }
  }
}
