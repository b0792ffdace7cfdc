package aero.contrail.eventlog.operations;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.database.Instances;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Notes;
import aero.contrail.eventlog.delivery.ConsumerRegister;
import aero.contrail.eventlog.operations.Decisions.Retirement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A handler that is gone from the code is noticed. */
@LogTest
class RegisterTests {

  @Autowired ConsumerRegister register;
  @Autowired Decisions decisions;
  @Autowired EventLogHealth health;
  @Autowired JdbcClient jdbc;

  @AfterEach
  void forget() {
    for (var gone : register.gone()) {
      decisions.retire(gone.consumer(), "staff:test", "test");
    }
  }

  private void remember(String consumer, String... types) {
    jdbc.sql(
            """
            insert into eventlog.consumer (id, types, registered_at)
            values (:id, :types, now())
                on conflict (id) do update
               set types = eventlog.consumer.types || excluded.types
            """)
        .param("id", consumer)
        .param("types", types)
        .update();
  }

  @Test
  void allIsFineWhileNothingIsMissing() {
    jdbc.sql("delete from eventlog.parked_stream").update(); // what other tests left
    assertThat(register.gone()).isEmpty();
    Awaitility.await("health to look again")
        .atMost(Duration.ofSeconds(20))
        .until(() -> health.health().getStatus().equals(Status.UP));
  }

  @Test
  void aConsumerThatIsGoneIsReportedUntilItIsRetired() {
    remember("test.gone", "order.OrderPlaced.v4");
    assertThat(register.gone())
        .extracting(ConsumerRegister.Gone::consumer)
        .containsExactly("test.gone");
    assertThat(health.health().getStatus()).isEqualTo(EventLogHealth.WARNING);
    assertThat(decisions.retire("test.gone", "staff:test", "not needed any more"))
        .isEqualTo(Retirement.DONE);
    assertThat(decisions.retire("test.gone", "staff:test", "twice"))
        .isEqualTo(Retirement.NOTHING_GONE);
    assertThat(register.gone()).isEmpty();
  }

  @Test
  void aTypeThatNobodyTakesAnyMoreIsReportedToo() {
    remember("eventlog.witness", "order.OrderPlaced.v4");
    assertThat(register.gone())
        .containsExactly(
            new ConsumerRegister.Gone(
                "eventlog.witness", new java.util.TreeSet<>(List.of("order.OrderPlaced.v4"))));
    assertThat(decisions.retire("eventlog.witness", "staff:test", "moved"))
        .isEqualTo(Retirement.DONE);
    assertThat(register.gone()).isEmpty();
  }

  @Test
  void whatIsThereCannotBeRetired() {
    assertThat(decisions.retire("eventlog.witness", "staff:test", "by mistake"))
        .isEqualTo(Retirement.NOTHING_GONE);
  }

  @Test
  void whatAnotherReleaseHandlesCannotBeRetiredWhileItLives() {
    var database = LogInstance.database();
    var newer = LogInstance.on(database).with(new Notes.OfFlown()).start();
    try (var older = LogInstance.on(database).start()) {
      var lives = newer.bean(Instances.class);
      Awaitility.await("the newer instance").until(() -> lives.isAlive(lives.self()));
      var gone = older.bean(ConsumerRegister.class).gone().getFirst().consumer();
      var asked = older.bean(Decisions.class);
      assertThat(asked.retire(gone, "staff:test", "asked the wrong one"))
          .isEqualTo(Retirement.HANDLED_ELSEWHERE);
      newer.close();
      assertThat(asked.retire(gone, "staff:test", "not needed any more"))
          .isEqualTo(Retirement.DONE);
    } finally {
      newer.close();
    }
  }
}
