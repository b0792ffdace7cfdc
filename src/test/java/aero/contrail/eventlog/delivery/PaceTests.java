package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Witness;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A consumer that is in no hurry takes together what came meanwhile. */
@LogTest
@TestPropertySource(properties = "contrail.eventlog.pace[eventlog.witness]=PT2S")
class PaceTests {

  private static final int MANY = 15;

  @Autowired Facts facts;
  @Autowired Witness witness;

  @Test
  void whatCameMeanwhileIsOneBatch() {
    var order = order();
    facts.publish(order, 0);
    facts.awaitSeen(order, 1);
    for (var number = 1; number <= MANY; number++) {
      facts.publish(order, number);
    }
    facts.awaitSeen(order, MANY + 1);
    assertThat(facts.seen(order))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, MANY).boxed().toList());
    assertThat(witness.batchSizes).containsKey(MANY);
  }
}
