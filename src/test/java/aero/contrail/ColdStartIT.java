package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The packaged application, just started, takes 32 connections at once: virtual threads that load
 * classes must not wait for each other for ever. {@code -Dcold.starts=10} for ten times in a row.
 */
class ColdStartIT {

  private static final int STARTS = Integer.getInteger("cold.starts", 3);
  private static final int PORT = 18_120;
  private static final String OFFERS = "--contrail.shopping.offer-lifetime=PT2H";

  @Test
  void everyConnectionGetsItsAnswers() throws Exception {
    var database = TestDatabase.create();
    var jdbc = Shop.jdbc(database);
    var installation = Installation.extract();
    var first = installation.start(PORT, database, OFFERS).awaitReady();
    Shop.stock(first.api(), jdbc);
    var bodies = Shop.orders(first.api(), jdbc);
    var token = first.api().token("web");
    first.close();
    for (var start = 1; start <= STARTS; start++) {
      try (var instance = installation.start(PORT, database, OFFERS)) {
        awaitPort(instance.process());
        var result = new Load(PORT, token, "wait=20", bodies).closed(32, 5);
        System.out.printf(
            "cold start %d: %d tickets, %d refused, slowest answer %.0f ms%n",
            start, result.count(201), result.count(503), result.percentile(201, 1));
        assertThat(result.count(201) + result.count(202)).isGreaterThan(32);
        assertThat(instance.api().get("/actuator/health/readiness").status()).isEqualTo(200);
      }
    }
  }

  /** Waits for the socket alone: not for the application to say that it is ready. */
  private static void awaitPort(Process process) {
    Awaitility.await("the port to be open")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> isOpen() || !process.isAlive());
  }

  private static boolean isOpen() {
    try (var socket = new Socket("localhost", PORT)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
