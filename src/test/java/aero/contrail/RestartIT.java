package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Installation.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One of two instances is restarted while both sell, behind what goes by readiness and tries
 * nothing twice, as a plain proxy does: no customer notices.
 */
class RestartIT {

  private static final int PORT = 18_140;
  private static final int CLIENTS = 8;
  private static final Duration CHECK = Duration.ofMillis(200);
  private static final String DRAIN = "--contrail.web.drain=PT2S";

  private final String database = TestDatabase.create();
  private final JdbcClient jdbc = Shop.jdbc(database);
  private final List<Instance> instances = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<Integer, Boolean> ready = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  /** Orders that were accepted, and not decided while their callers waited. */
  private final List<String> late = new CopyOnWriteArrayList<>();

  private volatile boolean over;

  @Test
  void noRequestFailsWhileOneOfTwoInstancesIsRestarted() throws Exception {
    var installation = Installation.extract();
    try {
      instances.add(start(installation, 0).awaitReady());
      instances.add(start(installation, 1).awaitReady());
      Shop.stock(instances.getFirst().api(), jdbc);
      var bodies = Shop.orders(instances.getFirst().api(), jdbc);
      instances.forEach(instance -> instance.api().token("web"));
      var served = new AtomicInteger[] {new AtomicInteger(), new AtomicInteger()};
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var health = threads.submit(this::checkHealth);
        while (ready.size() < 2) {
          Thread.sleep(CHECK);
        }
        var clients = new ArrayList<Future<List<String>>>();
        for (var i = 0; i < CLIENTS; i++) {
          var random = new Random(i);
          clients.add(threads.submit(() -> buy(bodies, random, served)));
        }
        Thread.sleep(Duration.ofSeconds(2));
        var old = instances.getFirst();
        old.process().destroy();
        old.process().waitFor();
        var before = served[0].get();
        instances.set(0, start(installation, 0).awaitReady());
        while (served[0].get() < before + CLIENTS) {
          Thread.sleep(CHECK);
        }
        over = true;
        for (var client : clients) {
          assertThat(client.get()).as("requests that failed").isEmpty();
        }
        health.get();
        late.forEach(this::awaitTicket);
      } finally {
        over = true;
      }
      System.out.printf(
          "restart: instance 1 answered %d orders, instance 2 %d, none failed, %d were decided"
              + " after their callers had stopped waiting%n",
          served[0].get(), served[1].get(), late.size());
      assertThat(served[0].get() + served[1].get())
          .as("sold through both")
          .isEqualTo((int) Shop.count(jdbc, "select count(*) from orders.order_index"));
    } finally {
      over = true;
      instances.forEach(Instance::close);
    }
  }

  /** Its payments are still asked for, although there is nobody else to do it. */
  @Test
  void anInstanceThatDrainsDoesAllItsWork() throws Exception {
    var installation = Installation.extract();
    try (var instance =
        installation.start(PORT + 2, database, "--contrail.web.drain=PT15S").awaitReady()) {
      Shop.stock(instance.api(), jdbc);
      var body = Shop.orders(instance.api(), jdbc).getFirst().replace("tok_ok", "tok_timeout");
      assertThat(body).contains("tok_timeout");
      var web = instance.api().as("web");
      web.get("/orders").expect(200); // with a token
      instance.process().destroy();
      Awaitility.await("readiness to be refused").until(() -> !instance.isReady());
      var order = web.create("/orders", body, "Prefer", "wait=12").expect(201);
      assertThat(order.at("/status")).isEqualTo("TICKETED");
      assertThat(order.header("Connection")).isEqualTo("close");
    }
  }

  private void awaitTicket(String order) {
    var web = instances.getFirst().api().as("web");
    Awaitility.await("the order %s to be ticketed".formatted(order))
        .atMost(Duration.ofMinutes(1))
        .until(() -> web.get("/orders/" + order).at("/status").equals("TICKETED"));
  }

  private Instance start(Installation installation, int number) throws IOException {
    return installation.start(
        PORT + number, database, DRAIN, "--contrail.shopping.offer-lifetime=PT2H");
  }

  /** What a proxy does: asks every now and then. */
  private void checkHealth() {
    try {
      while (!over) {
        for (var i = 0; i < 2; i++) {
          if (instances.get(i).isReady()) {
            ready.put(i, true);
          } else {
            ready.remove(i);
          }
        }
        Thread.sleep(CHECK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> buy(List<String> bodies, Random random, AtomicInteger[] served) {
    var failed = new ArrayList<String>();
    while (!over) {
      var number = turn.getAndIncrement() % 2;
      var target = ready.containsKey(number) ? number : 1 - number;
      var body = bodies.get(random.nextInt(bodies.size()));
      try {
        var api = instances.get(target).api().as("web");
        var answer = api.create("/orders", body, "Prefer", "wait=20");
        served[target].incrementAndGet();
        if (answer.status() == 202) {
          late.add(answer.at("/id")); // a busy machine took longer than the caller would wait
        } else if (answer.status() != 201) {
          failed.add(answer.status() + " " + answer.text());
        }
      } catch (RuntimeException e) {
        failed.add(e.toString());
      }
    }
    return failed;
  }
}
