package aero.contrail.eventlog.operations;

import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Witness;
import aero.contrail.eventlog.delivery.ParkedStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What people decide about parked streams. */
@LogTest
class DecisionsTests {

  @Autowired Witness witness;
  @Autowired Facts facts;
  @Autowired Decisions decisions;
  @Autowired ParkedStreams parked;
  @Autowired Interventions interventions;

  @AfterEach
  void cure() {
    witness.poison.clear();
  }

  @Test
  void aRetryBringsItsEventsBackInOrderOnce() {
    var order = order();
    var poison = witness.poison();
    facts.publish(order, 1, poison, poison + 500_000, poison + 600_000);
    var waits = facts.awaitParked(order);
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
    var poison = witness.poison();
    facts.publish(order, poison, 2, 3);
    var waits = facts.awaitParked(order);
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
