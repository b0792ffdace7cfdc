package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Imports the year of real flights over HTTP, twice, and prints how fast. Not part of the build:
 * {@code mvn test -Dtest=YearImportBenchmark}, with the year's file where {@code -Dyear=…} says.
 */
@HttpTest
@Timeout(value = 2, unit = TimeUnit.HOURS) // the default is for tests
class YearImportBenchmark {

  private static final Path YEAR =
      Path.of(System.getProperty("year", "../shared/data/flights-2013-nyc.csv.gz"));

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;

  @Test
  void theYearTwice() throws IOException {
    assertThat(imported("new").at("/created")).isEqualTo("336729");
    assertThat(count("select sum(capacity) from reservation.cabin")).isEqualTo(40_805_274);
    for (var carrier : new String[] {"UA 58645", "B6 54635", "EV 54158", "DL 48110"}) {
      var code = carrier.substring(0, 2);
      assertThat(count("select count(*) from reservation.flight where id like '" + code + "%'"))
          .isEqualTo(Long.parseLong(carrier.substring(3)));
    }
    assertThat(imported("unchanged").at("/unchanged")).isEqualTo("336729");
  }

  private Api.Answer imported(String kind) throws IOException {
    var operations = Api.anonymous(port).as("operations");
    var begun = System.nanoTime();
    var started =
        operations
            .send(
                "POST",
                "/flights/imports",
                "application/gzip",
                Files.readAllBytes(YEAR),
                "Idempotency-Key",
                UUID.randomUUID().toString())
            .expect(202);
    var path = URI.create(started.header("Location")).getPath();
    var done =
        Awaitility.await()
            .atMost(Duration.ofMinutes(5))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> operations.get(path), a -> a.at("/status").matches("COMPLETED|FAILED"));
    var seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(done.at("/rejectedCount")).as(done.text()).isEqualTo("0");
    assertThat(done.at("/changed")).isEqualTo("0");
    System.out.printf(
        "%s: %s rows in %.1f s, %.0f rows/s%n",
        kind, done.at("/rowsRead"), seconds, Long.parseLong(done.at("/rowsRead")) / seconds);
    return done;
  }

  private long count(String sql) {
    return jdbc.sql(sql).query((row, _) -> row.getLong(1)).single();
  }
}
