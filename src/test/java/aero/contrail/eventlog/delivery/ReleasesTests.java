package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.FLIGHT;
import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Notes;
import aero.contrail.eventlog.Upcaster;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.FlightDeparted;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Two releases on one database: neither gets past what only the other handles. */
class ReleasesTests {

  private static final String CONSUMER = "test.reader";

  private final String database = LogInstance.database();
  private final Notes old = new Notes.OfFlown();
  private final Notes young = new Notes.OfFlownAndDeparted();

  private LogInstance older() {
    return LogInstance.on(database).with(old).start();
  }

  private LogInstance newer() {
    return LogInstance.on(database).with(young).start();
  }

  private static FlightDeparted departed(int number) {
    return new FlightDeparted(
        new FlightId("UA%d-2026-12-01-EWR".formatted(number)), Instant.ofEpochMilli(number));
  }

  private static void assertStays(Notes notes, DomainEvent event) {
    Awaitility.await()
        .during(Duration.ofMillis(1500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> !notes.has(event));
  }

  @Test
  void sideBySideEverythingIsHandledOnce() {
    try (var one = older();
        var other = newer()) {
      for (var number = 1; number <= 30; number++) {
        one.publish(fact(order(), number), departed(number));
        other.publish(fact(order(), 100 + number));
      }
      Awaitility.await("all to be handled")
          .atMost(Duration.ofSeconds(20))
          .until(() -> old.seen().size() + young.seen().size() >= 90);
      assertThat(young.seen()).filteredOn(seen -> seen.startsWith("flight-")).hasSize(30);
      assertThat(old.seen()).doesNotContainAnyElementsOf(young.seen());
      assertThat(old.seen().size() + young.seen().size()).isEqualTo(90);
    }
  }

  @Test
  void theOlderWaitsBeforeWhatTheNewerHandles() {
    newer().close(); // it has registered what it takes
    var before = fact(order(), 1);
    var behind = fact(order(), 2);
    try (var one = older()) {
      one.publish(before);
      one.publish(departed(1));
      one.publish(behind);
      old.await(before);
      assertThat(one.awaitTrouble(CONSUMER))
          .contains("reservation.FlightDeparted.v1")
          .contains("retire");
      assertStays(old, behind);
      try (var other = newer()) {
        young.await(departed(1));
        Awaitility.await().until(() -> old.has(behind) || young.has(behind));
        assertThat(other.bean(Dispatcher.class).troubles()).isEmpty();
      }
    }
  }

  @Test
  void afterGoingBackForGoodWhatIsNotNeededIsRetired() {
    newer().close();
    var behind = fact(order(), 2);
    try (var one = older()) {
      one.publish(departed(1), behind);
      one.awaitTrouble(CONSUMER);
      one.bean(ConsumerRegister.class).forget(CONSUMER);
      old.await(behind);
      assertThat(old.seen()).noneMatch(seen -> seen.startsWith("flight-"));
    }
  }

  /** A type that the older release cannot even read. */
  @Test
  void theOlderWaitsBeforeATypeThatItDoesNotKnow() {
    var order = order();
    var newest = new Notes.OfFlown();
    var sailed =
        new Upcaster() {
          @Override
          public String from() {
            return "reservation.SegmentSailed.v1";
          }

          @Override
          public String to() {
            return "reservation.SegmentFlown.v2";
          }

          @Override
          public ObjectNode upcast(ObjectNode payload) {
            return payload;
          }
        };
    LogInstance.on(database).with(newest, sailed).start().close();
    try (var one = older()) {
      one.publish(fact(order, 1));
      old.await(fact(order, 1));
      one.jdbc()
          .sql(
              """
              insert into eventlog.event (partition, stream, version, id, type, occurred_at,
                                          recorded_at, actor, correlation_id, data)
              values (0, :stream, 2, gen_random_uuid(), 'reservation.SegmentSailed.v1', now(),
                      now(), 'test', 'test', :data::json)
              """)
          .param("stream", Facts.stream(order))
          .param(
              "data",
              """
              {"order": "%s", "flight": "%s", "at": "1970-01-01T00:00:00.002Z"}
              """
                  .formatted(order, FLIGHT))
          .update();
      one.publish(fact(order, 3));
      assertThat(one.awaitTrouble(CONSUMER)).contains("SegmentSailed");
      assertStays(old, fact(order, 3));
      try (var other = LogInstance.on(database).with(newest, sailed).start()) {
        newest.await(fact(order, 2));
        Awaitility.await().until(() -> old.has(fact(order, 3)) || newest.has(fact(order, 3)));
        assertThat(other.bean(Dispatcher.class).isRunning()).isTrue();
      }
    }
  }

  /** A parked stream waits for whoever handles its next event. */
  @Test
  void parkedStreamsWaitForTheReleaseThatHandlesThem() {
    var flight = departed(7);
    try (var other = newer()) {
      // As if it had failed on the flight, which then departed.
      other
          .bean(TransactionTemplate.class)
          .executeWithoutResult(
              _ ->
                  other
                      .jdbc()
                      .sql(
                          """
                          insert into eventlog.parked_stream (consumer, stream, version, type,
                                                              failures, error, parked_at, retry_at)
                          values (:consumer, :stream, 1, 'reservation.FlightDeparted.v1', 1,
                                  'test', now(), null)
                          """)
                      .param("consumer", CONSUMER)
                      .param("stream", flight.stream())
                      .update());
      other.publish(flight);
      var later = fact(order(), 1);
      other.publish(later);
      young.await(later);
    }
    try (var one = older()) {
      retryNow(one);
      Awaitility.await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(5))
          .until(() -> one.bean(ParkedStreams.class).find(CONSUMER, flight.stream()).isPresent());
      assertThat(old.seen()).isEmpty();
    }
    try (var other = newer()) {
      retryNow(other);
      young.await(flight);
      Awaitility.await()
          .until(() -> other.bean(ParkedStreams.class).find(CONSUMER, flight.stream()).isEmpty());
    }
  }

  private static void retryNow(LogInstance instance) {
    instance.jdbc().sql("update eventlog.parked_stream set retry_at = now()").update();
    instance.bean(Dispatcher.class).retrySoon();
  }
}
