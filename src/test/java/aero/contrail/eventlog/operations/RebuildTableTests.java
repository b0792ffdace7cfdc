package aero.contrail.eventlog.operations;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.EventHandler.Start;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.delivery.Cursors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The end of a rebuild that is none takes nothing from one that begins. */
@LogTest
class RebuildTableTests {

  @Autowired RebuildTable table;
  @Autowired Cursors cursors;
  @Autowired JdbcClient jdbc;

  private long shadowCursors() {
    return jdbc.sql("select count(*) from eventlog.cursor where consumer = 'test.model~rebuild'")
        .query((row, _) -> row.getLong(1))
        .single();
  }

  @Test
  void cursorsGoWithTheRebuildAlone() {
    cursors.register(RebuildTable.shadowOf("test.model"), Start.BEGINNING);
    assertThat(table.end("test.model")).isFalse();
    assertThat(shadowCursors()).isPositive();
    table.begin("test.model", "staff:test");
    assertThat(table.end("test.model")).isTrue();
    assertThat(shadowCursors()).isZero();
  }
}
