package aero.contrail.eventlog.operations;

import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aero.contrail.Contrail;
import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Witness;
import aero.contrail.eventlog.delivery.Backlog;
import aero.contrail.eventlog.delivery.Dispatcher;
import aero.contrail.eventlog.store.Partitions;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The scripts that operators run. */
@LogTest
@DirtiesContext
@TestPropertySource(properties = "contrail.eventlog.tries=4") // so, a database of its own
class OperatorScriptTests {

  @Autowired HikariDataSource pool;
  @Autowired JdbcTemplate statements;
  @Autowired Facts facts;
  @Autowired Dispatcher dispatcher;
  @Autowired Backlog backlog;
  @Autowired Environment environment;

  /** Every stream gets the partition that Java finds it in. */
  @Test
  void afterAChangeOfPartitionsNothingIsLostOrHandledTwice() throws IOException {
    var orders = IntStream.range(0, 40).mapToObj(_ -> order()).toList();
    orders.forEach(order -> facts.publish(order, 1));
    orders.forEach(order -> facts.awaitSeen(order, 1));
    Awaitility.await()
        .until(() -> backlog.snapshot().lags().stream().allMatch(lag -> lag.events() == 0));
    dispatcher.stop();

    var url = environment.getRequiredProperty("spring.datasource.url");
    var operator = new JdbcTemplate(new DriverManagerDataSource(url, "postgres", "postgres"));
    var after = JdbcClient.create(operator);
    var script = Files.readString(Path.of("docs/operations/change-partitions.sql"));
    assertThatThrownBy(() -> statements.execute(script.replace(":partitions", "7")))
        .hasMessageContaining("stop all of them");
    pool.close();
    Awaitility.await("the instance to be gone")
        .until(
            () ->
                after
                        .sql(
                            "select count(*) from pg_stat_activity where application_name ="
                                + " 'contrail' and datname = current_database()")
                        .query((row, _) -> row.getInt(1))
                        .single()
                    == 0);
    operator.execute(script.replace(":partitions", "7"));

    var seven = new Partitions(after);
    assertThat(seven.count()).isEqualTo(7);
    var wrong = new AtomicBoolean();
    after
        .sql("select stream, partition from eventlog.event")
        .query(
            row -> {
              if (seven.of(row.getString("stream")) != row.getInt("partition")) {
                wrong.set(true);
              }
            });
    assertThat(wrong).as("a stream is in another partition than Java finds it in").isFalse();
    assertThat(
            after
                .sql(
                    """
                    select count(*)
                      from eventlog.cursor c
                      join eventlog.event e on e.partition = c.partition
                     where e.position > c.position
                    """)
                .query(Long.class)
                .single())
        .as("events that would be handled again")
        .isZero();

    try (var restarted = restart()) {
      var now = restarted.getBean(Facts.class);
      orders.forEach(order -> now.publish(order, 2));
      orders.forEach(order -> now.awaitSeen(order, 2));
      orders.forEach(order -> assertThat(now.seen(order)).containsExactly(1L, 2L));
    }
  }

  private ConfigurableApplicationContext restart() {
    return new SpringApplicationBuilder(Contrail.class, Witness.class, Facts.class)
        .profiles("demo")
        .run(
            "--server.port=0",
            "--contrail.demo.week=",
            same("contrail.security.master-key"),
            same("contrail.sandbox.database"),
            same("spring.datasource.url"),
            "--spring.datasource.username=postgres",
            "--spring.datasource.password=postgres");
  }

  private String same(String property) {
    return "--%s=%s".formatted(property, environment.getRequiredProperty(property));
  }
}
