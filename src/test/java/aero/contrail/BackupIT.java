package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/** A backup that was made while sales went on is restored on another server, which sells on. */
class BackupIT {

  private static final int PORT = 18_150;
  private static final int DATABASE_PORT = 18_158;
  private static final int RESTORED_PORT = 18_159;
  private static final String OFFERS = "--contrail.shopping.offer-lifetime=PT2H";

  @Test
  void aBackupOfABusyShopIsWholeAndSellsOn() throws Exception {
    var folder = Path.of("target", "backup");
    FileSystemUtils.deleteRecursively(folder);
    var source = folder.resolve("source");
    var restored = folder.resolve("restored");
    var installation = Installation.extract();
    long atTheBackup;
    try (var server = new KillableDatabase(source, DATABASE_PORT);
        var instance = installation.start(PORT, server.url(), OFFERS).awaitReady();
        var seller = Executors.newSingleThreadExecutor()) {
      var jdbc = Shop.jdbc(server.url());
      Shop.stock(instance.api(), jdbc);
      var bodies = Shop.orders(instance.api(), jdbc);
      var load = new Load(PORT, instance.api().token("web"), "respond-async", bodies);
      var sales = seller.submit(() -> load.closed(8, 8));
      Thread.sleep(Duration.ofSeconds(3));
      atTheBackup = orders(jdbc);
      Files.createDirectories(restored);
      BaseBackup.take(server.url(), source.resolve("data"), restored.resolve("data"));
      assertThat(sales.isDone()).as("sold during the whole backup").isFalse();
      sales.get();
    }
    try (var server = new KillableDatabase(restored, false, RESTORED_PORT);
        var instance = installation.start(PORT + 1, server.url(), OFFERS).awaitReady()) {
      var jdbc = Shop.jdbc(server.url());
      assertThat(orders(jdbc)).isGreaterThanOrEqualTo(atTheBackup).isPositive();
      var staff = instance.api().as("backoffice");
      staff.post("/actuator/eventlog/rebuild", Map.of("consumer", "shopping.index")).expect(202);
      var web = instance.api().as("web");
      var body = Shop.orders(instance.api(), jdbc).getFirst();
      var order = web.create("/orders", body, "Prefer", "wait=20").expect(201);
      assertThat(order.at("/status")).isEqualTo("TICKETED");
      var flight = order.at("/flights/0/flightId");
      instance.api().as("operations").create("/flights/" + flight + "/cancel", "{}").expect(200);
      var path = "/orders/" + order.at("/id");
      web.await(path, "/actionRequired", "true");
      var change = web.get(path + "/airline-changes").expect(200).at("/items/0/id");
      web.create(path + "/airline-changes/" + change + "/decline", "").expect(200);
      awaitSettled(jdbc);
      Awaitility.await("the index to be made again")
          .atMost(Duration.ofMinutes(2))
          .until(() -> staff.get("/actuator/eventlog").json().at("/rebuilds").isEmpty());
      try (var connection = new SingleConnectionDataSource(server.url(), true)) {
        var audit = new Audit(JdbcClient.create(connection));
        audit.check(1);
        System.out.printf(
            "backup: %d orders when it began, %d restored, %s%n",
            atTheBackup, orders(jdbc) - 1, audit);
      }
    }
  }

  private static long orders(JdbcClient jdbc) {
    return Shop.count(jdbc, "select count(*) from orders.order_index");
  }

  private static void awaitSettled(JdbcClient jdbc) {
    Awaitility.await("all orders to end and all flown to be cancelled")
        .atMost(Duration.ofMinutes(2))
        .until(() -> Audit.isSettled(jdbc));
  }
}
