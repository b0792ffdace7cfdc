package aero.contrail.reservation.imports;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.database.Instances;
import aero.contrail.reservation.imports.Imports.Status;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An import says what becomes of it, also when its process is gone. */
@ModuleTest
class ImportsTests {

  private static final String LONG_AGO =
      "update reservation.schedule_import set updated_at = now() - interval '3 minutes'";

  @Autowired Imports imports;
  @Autowired Instances instances;
  @Autowired JdbcClient jdbc;

  private Status status(UUID id) {
    return imports.find(id).orElseThrow().status();
  }

  @Test
  void itWaitsForItsTurnHoweverLong() {
    Awaitility.await("this instance to be alive").until(() -> instances.isAlive(instances.self()));
    var id = UUID.randomUUID();
    imports.begin(id, false);
    jdbc.sql(LONG_AGO).update();
    assertThat(status(id)).isEqualTo(Status.QUEUED);
    assertThat(imports.start(id)).isTrue();
    assertThat(status(id)).isEqualTo(Status.RUNNING);
    assertThat(imports.start(id)).as("twice").isFalse();
  }

  @Test
  void itHasFailedWhenNobodyWillDoIt() {
    var id = UUID.randomUUID();
    imports.begin(id, false);
    assertThat(status(id)).isEqualTo(Status.QUEUED);
    jdbc.sql(LONG_AGO).update();
    jdbc.sql("update reservation.schedule_import set worker = -7 where id = :id")
        .param("id", id)
        .update();
    assertThat(status(id)).isEqualTo(Status.FAILED);
    assertThat(imports.find(id).orElseThrow().warnings().getFirst()).contains("again");
  }

  @Test
  void itHasFailedWhenItIsSilent() {
    var id = UUID.randomUUID();
    imports.begin(id, false);
    imports.start(id);
    jdbc.sql(LONG_AGO).update();
    assertThat(status(id)).isEqualTo(Status.FAILED);
  }
}
