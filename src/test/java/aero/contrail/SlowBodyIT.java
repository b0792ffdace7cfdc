package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two thousand connections that trickle their bodies to every kind of path, with and without a
 * token: others are served, all are cut off, and the process lives. {@code -Dslow.connections=…}.
 */
class SlowBodyIT {

  private static final int PORT = 18_400;
  private static final int CONNECTIONS = Integer.getInteger("slow.connections", 2_000);
  private static final int SALES_SECONDS = 10;
  private static final double SALES_PER_SECOND = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Not the address of the others: what it may cost is counted by address. */
  private static final String ATTACKER = "127.0.0.2";

  private final String database = TestDatabase.create();

  /** Where to, with the client's token or without one. */
  private record Kind(String route, String type, String client) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("/orders", "application/json", "web"),
          new Kind("/orders", "application/json", ""),
          new Kind("/offers/price", "application/json", "agency"),
          new Kind("/flights/imports", "text/csv", "operations"),
          new Kind("/flights/imports", "text/csv", ""),
          new Kind("/oauth2/token", "application/x-www-form-urlencoded", ""),
          new Kind("/actuator/eventlog/retry", "application/json", "backoffice"),
          new Kind("/no-such-route", "application/json", ""),
          new Kind("/sandbox/clock", "application/json", ""));

  @Test
  void othersAreServedAndAllAreCutOff() throws Exception {
    var installation = Installation.extract();
    try (var instance = installation.start(PORT, database).awaitReady()) {
      var jdbc = Shop.jdbc(database);
      Shop.stock(instance.api(), jdbc);
      var bodies = Shop.orders(instance.api(), jdbc);
      var sales = new Load(PORT, instance.api().token("web"), "wait=20", bodies);
      sales.open(20, SALES_PER_SECOND, SALES_SECONDS);
      var before = sales.open(20, SALES_PER_SECOND, SALES_SECONDS);
      var heapBefore = instance.liveHeapMegabytes();

      var attack = attack(instance.api());
      var trickling = Thread.ofPlatform().daemon().start(() -> trickle(attack));
      var during = sales.open(20, SALES_PER_SECOND, SALES_SECONDS);
      trickling.join(PATIENCE);
      var after = sales.open(20, SALES_PER_SECOND, SALES_SECONDS);

      System.out.printf(
          "slow bodies: %d connections; p99 of a sale %.0f ms before, %.0f during, %.0f after;"
              + " heap %d MB before, %d after; %d left%n",
          CONNECTIONS,
          before.percentile(201, 0.99),
          during.percentile(201, 0.99),
          after.percentile(201, 0.99),
          heapBefore,
          instance.liveHeapMegabytes(),
          attack.size());
      assertThat(during.answers().stream().map(Load.Answer::status).distinct())
          .as("answers to others")
          .containsExactly(201);
      assertThat(attack).as("connections that are still open").isEmpty();
      assertThat(instance.process().isAlive()).isTrue();
      instance.api().as("agency").get("/orders").expect(200);
    }
  }

  private static List<SocketChannel> attack(Api api) throws IOException {
    var open = new ArrayList<SocketChannel>();
    for (var i = 0; i < CONNECTIONS; i++) {
      var kind = KINDS.get(i % KINDS.size());
      var token = kind.client().isEmpty() ? "none" : "Bearer " + api.token(kind.client());
      var head =
          """
          POST %s HTTP/1.1\r
          Host: localhost\r
          Content-Type: %s\r
          Authorization: %s\r
          Idempotency-Key: slow-%d\r
          Content-Length: 10000\r
          \r
          """
              .formatted(kind.route(), kind.type(), token, i);
      var channel =
          SocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral(ATTACKER), 0));
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
      channel.configureBlocking(false);
      channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
      open.add(channel);
    }
    return open;
  }

  /** A byte each half second to each, until none of them takes any. */
  private static void trickle(List<SocketChannel> open) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!open.isEmpty() && System.nanoTime() < end) {
        open.removeIf(SlowBodyIT::isCutOff);
        Thread.sleep(500);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isCutOff(SocketChannel channel) {
    try {
      var answer = ByteBuffer.allocate(4096);
      while (channel.read(answer) > 0) {
        answer.clear();
      }
      var ended = channel.read(answer) < 0;
      channel.write(ByteBuffer.wrap(new byte[] {' '}));
      if (ended) {
        channel.close();
      }
      return ended;
    } catch (IOException reset) {
      return true;
    }
  }
}
