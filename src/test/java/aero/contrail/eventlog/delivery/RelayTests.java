package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static aero.contrail.eventlog.Facts.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.EventRelay;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Notes;
import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.StoredEvent;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Events leave one log and arrive in another as they are, each once. */
class RelayTests {

  private static final String RELAY = "relay.test";

  private final Notes notes = new Notes.OfFlown();

  private static int receive(LogInstance to, List<StoredEvent> events) {
    return to.bean(TransactionTemplate.class)
        .execute(_ -> to.bean(EventRelay.class).receive("reservations", events));
  }

  @Test
  void carriesAStreamFromOneLogToAnotherAsItIs() {
    try (var from = LogInstance.on(LogInstance.database()).start();
        var to = LogInstance.on(LogInstance.database()).with(notes).start()) {
      var order = order();
      ScopedValue.where(Origin.CURRENT, new Origin("channel:web", "web", "correlation-1", "00-1"))
          .run(() -> from.publish(fact(order, 1), fact(order, 2)));
      var relay = from.bean(EventRelay.class);
      var events = relay.next(RELAY, 10);
      assertThat(receive(to, events)).isEqualTo(2);
      assertThat(relay.advance(RELAY, events.getLast())).isTrue();
      assertThat(relay.next(RELAY, 10)).isEmpty();
      notes.await(fact(order, 2));
      var sent = from.bean(EventLog.class).read(stream(order), SegmentFlown.class);
      var arrived = to.bean(EventLog.class).read(stream(order), SegmentFlown.class);
      assertThat(arrived).isEqualTo(sent);
    }
  }

  @Test
  void anEventThatComesTwiceIsTakenOnce() {
    try (var from = LogInstance.on(LogInstance.database()).start();
        var to = LogInstance.on(LogInstance.database()).with(notes).start()) {
      from.publish(fact(order(), 1));
      from.publish(fact(order(), 2));
      var events = from.bean(EventRelay.class).next(RELAY, 10);
      assertThat(receive(to, events.subList(0, 1))).isEqualTo(1);
      assertThat(receive(to, events)).isEqualTo(1);
      assertThat(receive(to, events)).isZero();
      notes.await(2);
      var last = fact(order(), 3);
      to.publish(last);
      notes.await(last);
      assertThat(notes.seen()).hasSize(3).doesNotHaveDuplicates();
    }
  }

  /** However many relays run, and however they race: each event arrives once and in order. */
  @Test
  void racingRelaysLoseNothingAndDoubleNothing() throws Exception {
    try (var from = LogInstance.on(LogInstance.database()).start();
        var to = LogInstance.on(LogInstance.database()).with(notes).start()) {
      var order = order();
      for (var number = 1; number <= 60; number++) {
        from.publish(fact(order, number));
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var i = 0; i < 3; i++) {
          var _ = threads.submit(() -> carry(from, to));
        }
      }
      notes.await(60);
      assertThat(notes.seen().stream().filter(seen -> seen.startsWith(stream(order))))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 60).mapToObj(n -> stream(order) + " " + n).toList());
    }
  }

  private static void carry(LogInstance from, LogInstance to) {
    var relay = from.bean(EventRelay.class);
    for (var events = relay.next(RELAY, 7); !events.isEmpty(); events = relay.next(RELAY, 7)) {
      try {
        receive(to, events);
        relay.advance(RELAY, events.getLast());
      } catch (OptimisticLockingFailureException another) {
        // is receiving the same: once more
      }
    }
  }

  /** While it does something slow with what it read, others publish and handle. */
  @Test
  void holdsNobodyBack() {
    try (var instance = LogInstance.on(LogInstance.database()).with(notes).start()) {
      instance.publish(fact(order(), 1));
      var relay = instance.bean(EventRelay.class);
      var slow = relay.next(RELAY, 10);
      var meanwhile = fact(order(), 2);
      instance.publish(meanwhile);
      notes.await(meanwhile);
      assertThat(relay.advance(RELAY, slow.getLast())).isTrue();
      assertThat(relay.next(RELAY, 10)).hasSize(1);
      relay.advance(RELAY, relay.next(RELAY, 10).getLast());
      assertThat(relay.advance(RELAY, slow.getLast())).as("never backwards").isFalse();
    }
  }

  @Test
  void whatWasReceivedIsNotSentOn() {
    try (var instance = LogInstance.on(LogInstance.database()).start()) {
      receive(instance, List.of(stored("reservation.SegmentFlown.v2", order() + "", 1)));
      assertThat(instance.bean(EventRelay.class).next(RELAY, 10)).isEmpty();
    }
  }

  /** Handled as soon as a release knows it: until then it waits in the log. */
  @Test
  void anUnknownTypeIsTakenToo() {
    try (var instance = LogInstance.on(LogInstance.database()).with(notes).start()) {
      assertThat(receive(instance, List.of(stored("cargo.ParcelLoaded.v3", "parcel-1", 4))))
          .isEqualTo(1);
      var after = fact(order(), 1);
      instance.publish(after);
      notes.await(after);
      assertThat(
              instance
                  .jdbc()
                  .sql("select version from eventlog.event where stream = 'parcel-1'")
                  .query(Integer.class)
                  .single())
          .isEqualTo(4);
    }
  }

  @Test
  void twoEventsOfOneVersionAreRefused() {
    try (var instance = LogInstance.on(LogInstance.database()).start()) {
      receive(instance, List.of(stored("cargo.ParcelLoaded.v3", "parcel-1", 4)));
      assertThatExceptionOfType(OptimisticLockingFailureException.class)
          .isThrownBy(
              () -> receive(instance, List.of(stored("cargo.ParcelLoaded.v3", "parcel-1", 4))));
    }
  }

  @Test
  void outsideOfATransactionIsAnError() {
    try (var instance = LogInstance.on(LogInstance.database()).start()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> instance.bean(EventRelay.class).receive("cargo", new ArrayList<>()));
    }
  }

  private static StoredEvent stored(String type, String stream, int version) {
    return new StoredEvent(
        0,
        UUID.randomUUID(),
        stream,
        version,
        type,
        Instant.parse("2026-12-01T12:00:00.123456Z"),
        Instant.parse("2026-12-01T12:00:01Z"),
        new Origin("channel:web", null, "correlation-1"),
        null,
        "{\"weight\": 12}");
  }
}
