package aero.contrail.eventlog.store;

import static aero.contrail.eventlog.Facts.order;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Origin;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was published is what is stored, and what is handled. */
class AppendTests {

  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00.123456Z");

  private static final List<String> ODD =
      List.of(
          "a\tb\nc\rd",
          "back\\slash \\N \\. \\t",
          "\"quoted\" 'single' {brace}",
          "zażółć gęślą jaźń 東京 🛫",
          "\b\f\u0001\u001f\u007f\u2028",
          "");

  /** Handles facts with texts, from the memory of who published them or from the table. */
  static final class Texts {
    private final Queue<OrderEvent.Failed> seen = new ConcurrentLinkedQueue<>();

    @EventHandler("test.texts")
    void onFailed(OrderEvent.Failed failed) {
      seen.add(failed);
    }
  }

  private static void assertKept(int copies) {
    var facts = new ArrayList<OrderEvent.Failed>();
    for (var i = 0; i < copies; i++) {
      ODD.forEach(text -> facts.add(new OrderEvent.Failed(order(), text, NOON)));
    }
    var database = LogInstance.database();
    var near = new Texts();
    var far = new Texts();
    try (var publishing = LogInstance.on(database).with(near).start()) {
      ScopedValue.where(
              Origin.CURRENT, new Origin("staff:a\tb\\c", "desk\n", "correlation\\1", "00-a\tb"))
          .run(() -> publishing.publish(facts.toArray(OrderEvent.Failed[]::new)));
      Awaitility.await().until(() -> near.seen.size() == facts.size());
      var log = publishing.bean(EventLog.class);
      var first = log.read(facts.getFirst().stream(), OrderEvent.Failed.class).getFirst();
      assertThat(first.origin())
          .isEqualTo(new Origin("staff:a\tb\\c", "desk\n", "correlation\\1", "00-a\tb"));
      publishing
          .jdbc()
          .sql("update eventlog.cursor set position = 0 where consumer = 'test.texts'")
          .update();
    }
    try (var reading = LogInstance.on(database).with(far).start()) {
      reading.publish(new OrderEvent.Failed(order(), "last", NOON));
      Awaitility.await().until(() -> far.seen.size() == facts.size() + 1);
    }
    assertThat(near.seen).as("as remembered").containsExactlyElementsOf(facts);
    assertThat(far.seen.stream().limit(facts.size()))
        .as("as stored")
        .containsExactlyElementsOf(facts);
  }

  @Test
  void ofAFew() {
    assertKept(1);
  }

  /** So many are written by COPY, which escapes otherwise. */
  @Test
  void ofHundreds() {
    assertKept(100);
  }

  /** Answers what it hears. */
  static final class Answers {
    private volatile @Nullable LogInstance instance;

    @EventHandler("test.answers")
    void onFlown(List<SegmentFlown> batch) {
      for (var flown : batch) {
        requireNonNull(instance).say(new OrderEvent.Failed(flown.order(), "flown", flown.at()));
      }
    }
  }

  /** In a batch of many each answer names what it is the answer to, and who set it off. */
  @Test
  void consequencesNameTheirCause() {
    var database = LogInstance.database();
    var answers = new Answers();
    try (var instance = LogInstance.on(database).with(answers).start()) {
      answers.instance = instance;
      var orders = List.of(order(), order(), order());
      ScopedValue.where(Origin.CURRENT, new Origin("channel:web", "web", "correlation-7", "00-7"))
          .run(
              () ->
                  instance.publish(
                      orders.stream().map(o -> Facts.fact(o, 1)).toArray(SegmentFlown[]::new)));
      var log = instance.bean(EventLog.class);
      for (var order : orders) {
        Awaitility.await().until(() -> !log.read("order-" + order, OrderEvent.class).isEmpty());
        var cause = log.read("reservation-" + order, SegmentFlown.class).getFirst();
        var answer = log.read("order-" + order, OrderEvent.class).getFirst();
        assertThat(answer.causationId()).isEqualTo(cause.id());
        assertThat(answer.origin())
            .isEqualTo(new Origin("system:test.answers", "web", "correlation-7", "00-7"));
      }
    }
  }
}
