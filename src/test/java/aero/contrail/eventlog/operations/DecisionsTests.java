package aero.contrail.eventlog.operations;

import static aero.contrail.eventlog.Facts.order;
import static aero.contrail.eventlog.Facts.stream;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Witness;
import aero.contrail.eventlog.delivery.ParkedStreams;
import aero.contrail.events.OrderId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What people decide about parked streams. */
@LogTest
class DecisionsTests {

  private static final AtomicLong NUMBERS = new AtomicLong(2_000_000);

  @Autowired Witness witness;
  @Autowired Facts facts;
  @Autowired Decisions decisions;
  @Autowired ParkedStreams parked;
  @Autowired Interventions interventions;

  @AfterEach
  void cure() {
    witness.poison.clear();
  }

  private long poison() {
    var number = NUMBERS.getAndIncrement();
    witness.poison.add(number);
    return number;
  }

  private ParkedStreams.Parked awaitParked(OrderId order) {
    return Awaitility.await("the stream to wait for a decision")
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> parked.find("eventlog.witness", stream(order)).orElse(null),
            p -> p != null && p.retryAt() == null);
  }

  @Test
  void aRetryBringsItsEventsBackInOrderOnce() {
    var order = order();
    var poison = poison();
    facts.publish(order, 1, poison, poison + 500_000, poison + 600_000);
    var waits = awaitParked(order);
    witness.poison.clear();
    assertThat(decisions.retry(waits.consumer(), waits.stream(), "staff:test", "mended"))
        .isEqualTo(Decisions.Answer.DONE);
    facts.publish(order, poison + 700_000);
    facts.awaitSeen(order, 5);
    assertThat(facts.seen(order))
        .containsExactly(1L, poison, poison + 500_000, poison + 600_000, poison + 700_000);
    Awaitility.await().until(() -> parked.lock(waits.consumer(), waits.stream()).isEmpty());
    assertThat(interventions.list(Long.MAX_VALUE, 200))
        .anyMatch(i -> i.action().equals("RETRY") && waits.stream().equals(i.stream()));
  }

  @Test
  void aSkipGivesUpOneEventAndIsRecorded() {
    var order = order();
    var poison = poison();
    facts.publish(order, poison, 2, 3);
    var waits = awaitParked(order);
    assertThat(decisions.skip(waits.consumer(), waits.stream(), "staff:grace", "was tested"))
        .isEqualTo(Decisions.Answer.DONE);
    assertThat(decisions.skip(waits.consumer(), waits.stream(), "staff:grace", "twice"))
        .as("a second skip must not take the next event")
        .isNotEqualTo(Decisions.Answer.DONE);
    facts.awaitSeen(order, 2);
    assertThat(facts.seen(order)).containsExactly(2L, 3L);
    assertThat(interventions.list(Long.MAX_VALUE, 200))
        .filteredOn(i -> waits.stream().equals(i.stream()))
        .singleElement()
        .satisfies(
            skip -> {
              assertThat(skip.action()).isEqualTo("SKIP");
              assertThat(skip.actor()).isEqualTo("staff:grace");
              assertThat(skip.reason()).isEqualTo("was tested");
              assertThat(skip.version()).isEqualTo(1);
            });
  }
}
