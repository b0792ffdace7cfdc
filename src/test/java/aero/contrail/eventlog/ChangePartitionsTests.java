package aero.contrail.eventlog;

import static aero.contrail.eventlog.Facts.order;
import static aero.contrail.eventlog.Facts.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** The script that operators run gives every stream the partition that Java gives it. */
@LogTest
@DirtiesContext
class ChangePartitionsTests {

  @Autowired JdbcClient jdbc;
  @Autowired JdbcTemplate statements;
  @Autowired Facts facts;
  @Autowired Dispatcher dispatcher;
  @Autowired Backlog backlog;

  @Test
  void nothingIsLostOrHandledTwice() throws IOException {
    var orders = IntStream.range(0, 40).mapToObj(_ -> order()).toList();
    orders.forEach(order -> facts.publish(order, 1));
    orders.forEach(order -> facts.awaitSeen(order, 1));
    Awaitility.await()
        .until(() -> backlog.snapshot().lags().stream().allMatch(lag -> lag.events() == 0));
    dispatcher.stop();

    var script = Files.readString(Path.of("docs/operations/change-partitions.sql"));
    statements.execute(script.replace(":partitions", "7"));

    var eight = new Partitions(jdbc);
    assertThat(eight.count()).isEqualTo(7);
    var wrong = new AtomicBoolean();
    jdbc.sql("select stream, partition from eventlog.event")
        .query(
            row -> {
              if (eight.of(row.getString("stream")) != row.getInt("partition")) {
                wrong.set(true);
              }
            });
    assertThat(wrong).as("a stream is in another partition than Java finds it in").isFalse();
    assertThat(
            jdbc.sql(
                    """
                    select count(*)
                      from eventlog.cursor c
                      join eventlog.event e on e.partition = c.partition
                     where (e.tx, e.position) > (c.tx, c.position)
                    """)
                .query(Long.class)
                .single())
        .as("events that would be handled again")
        .isZero();
    assertThat(stream(orders.getFirst())).isNotEmpty();
  }
}
