package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Customers of several instances: each asks one after the other, under one key, until one answers.
 * Thread-safe.
 */
final class Customers {

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** How long an id is. */
  private static final int ID = 36;

  /** Answers that end a request: sold out, cancelled or expired meanwhile, not paid. */
  private static final Set<String> REFUSALS =
      Set.of(
          "space_unavailable",
          "hold_limit",
          "schedule_changed",
          "illegal_state",
          "seat_taken",
          "order_expired",
          "payment_declined",
          "already_paid",
          "quote_superseded",
          "quote_expired",
          "validation_failed"); // who travels alone has no second passenger to cancel

  /** So many customers that no instance could start beside them have to think now and then. */
  private static final long THINKS_MILLIS = Long.getLong("crash.thinks", 0);

  private final int firstPort;
  private final int instances;
  private final PrintWriter history;
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  Customers(int firstPort, int instances, PrintWriter history) {
    this.firstPort = firstPort;
    this.instances = instances;
    this.history = history;
  }

  /** How many orders they placed, each under a key of its own. */
  int orders() {
    return answers.size();
  }

  /** The ids of those orders that were not refused. */
  List<String> acknowledged() {
    return answers.stream().filter(answer -> answer.length() == ID).toList();
  }

  void note(String what, String answer) {
    history.printf("%s %s: %s%n", Clock.systemUTC().instant(), what, answer);
  }

  /** Orders until the time is over, and asks for each until it has an answer; gives some up. */
  void sell(Random random, Basket basket, String token, long end) throws InterruptedException {
    while (System.nanoTime() < end) {
      Thread.sleep(THINKS_MILLIS);
      var prefer = random.nextBoolean() ? "respond-async" : "wait=5";
      var answer = persist(random, "/orders", basket.order(random), prefer, token, end);
      answers.add(answer);
      note("ordered", answer);
      var next = random.nextInt(10);
      if (next < 2 && answer.length() == ID) {
        giveUp(random, answer, token, end);
      } else if (next < 5 && answer.length() == ID) {
        pay(random, answer, token, end);
      } else if (next < 8 && answer.length() == ID) {
        change(random, answer, basket, token, end);
      } else if (answer.length() == ID) {
        buyServices(random, answer, basket, token, end);
      }
      answerAirline(random, token, end);
    }
  }

  /** Most are paid already, or wait for space. */
  private void pay(Random random, String order, String token, long end) {
    var path = "/orders/" + order + "/payments";
    var card = JsonMapper.shared().writeValueAsString(Sales.card("tok_ok"));
    note("paid " + order, persist(random, path, card, "wait=5", token, end));
  }

  /**
   * Lets a flight sell so many seats, if it answers: what it was asked may have been done all the
   * same.
   */
  void limit(Random random, String flight, int seats, String token) throws InterruptedException {
    var base = "http://localhost:%d".formatted(firstPort + random.nextInt(instances));
    var uri = URI.create(base + "/flights/" + flight + "/inventory");
    var builder =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    try {
      var seen = http.send(builder.GET().build(), HttpResponse.BodyHandlers.ofString());
      var tag = seen.headers().firstValue("ETag").orElse("");
      var body = "{\"cabins\":[{\"cabin\":\"Y\",\"authorised\":%d}]}".formatted(seats);
      var request =
          builder
              .header("If-Match", tag)
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      note("limited %s to %d".formatted(flight, seats), "" + answer.statusCode());
    } catch (IOException lost) {
      note("limited %s to %d".formatted(flight, seats), "lost");
    }
  }

  /** Somebody whose flight was cancelled takes the other one, or his money. */
  private void answerAirline(Random random, String token, long end) throws InterruptedException {
    var placed = acknowledged();
    if (placed.isEmpty()) {
      return;
    }
    var changes = "/orders/" + placed.get(random.nextInt(placed.size())) + "/airline-changes";
    var open = see(random, changes, token).at("/items/0");
    if (open.at("/status").asString("").equals("OPEN")) {
      var what = random.nextBoolean() ? "accept" : "decline";
      var path = changes + "/" + open.at("/id").asString() + "/" + what;
      note(what + " " + path, persist(random, path, "{}", "wait=5", token, end));
    }
  }

  /** What one of the instances shows; missing when it does not answer. */
  private JsonNode see(Random random, String path, String token) throws InterruptedException {
    var uri =
        URI.create("http://localhost:%d%s".formatted(firstPort + random.nextInt(instances), path));
    var request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    try {
      var seen = http.send(request.GET().build(), HttpResponse.BodyHandlers.ofString());
      return seen.statusCode() == 200
          ? JsonMapper.shared().readTree(seen.body())
          : JsonNodeFactory.instance.missingNode();
    } catch (IOException lost) {
      note("looked at " + path, "lost");
      return JsonNodeFactory.instance.missingNode();
    }
  }

  /** One of the party wants to fly something else; most take what is quoted, and pay for it. */
  private void change(Random random, String order, Basket basket, String token, long end)
      throws InterruptedException {
    var flies = flights(random, order, token);
    if (flies.isEmpty()) {
      return;
    }
    var path = "/orders/" + order + "/changes";
    var quote =
        persist(random, path, basket.change(random, flies.reversed()), "wait=5", token, end);
    if (quote.length() != ID) {
      note("wants to change " + order, quote);
      return;
    }
    var cost = see(random, path + "/" + quote, token).at("/addCollect/amount").asString("");
    if (!cost.isEmpty() && random.nextInt(5) > 0) {
      var body = cost.equals("0.00") ? "{}" : basket.payment(random);
      var done = persist(random, path + "/" + quote + "/confirm", body, "wait=5", token, end);
      note("changed " + order, done);
    }
  }

  /** The flights of the first passenger. */
  private List<String> flights(Random random, String order, String token)
      throws InterruptedException {
    return see(random, "/orders/" + order, token)
        .at("/flights")
        .valueStream()
        .filter(flight -> flight.at("/status").asString("").matches("HK|TK"))
        .filter(flight -> flight.at("/passengerIds").toString().contains("P1"))
        .map(flight -> flight.at("/flightId").asString())
        .toList();
  }

  /** Bags and seats; some are given up again, alone or with all the rest. */
  private void buyServices(Random random, String order, Basket basket, String token, long end)
      throws InterruptedException {
    var path = "/orders/" + order + "/services";
    for (var flight : flights(random, order, token)) {
      var body = basket.service(random, flight);
      if (!body.isEmpty()) {
        note("bought for " + order, persist(random, path, body, "wait=5", token, end));
      }
    }
    var next = random.nextInt(4);
    if (next == 0) {
      giveUp(random, order, token, end);
    } else if (next == 1) {
      change(random, order, basket, token, end);
    } else if (next == 2) {
      for (var service : see(random, path, token).at("/items")) {
        delete(random, path + "/" + service.at("/id").asString(), token);
      }
    }
  }

  /** Once: what was asked may have been done all the same. */
  private void delete(Random random, String path, String token) throws InterruptedException {
    var uri =
        URI.create("http://localhost:%d%s".formatted(firstPort + random.nextInt(instances), path));
    var request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    try {
      var answer = http.send(request.DELETE().build(), HttpResponse.BodyHandlers.ofString());
      note("gave up " + path, "" + answer.statusCode());
    } catch (IOException lost) {
      note("gave up " + path, "lost");
    }
  }

  /** All of it, or a passenger. */
  private void giveUp(Random random, String order, String token, long end) {
    var path = "/orders/" + order + "/cancellations";
    var what = random.nextBoolean() ? "{}" : "{\"passengerIds\":[\"P2\"]}";
    var quote = persist(random, path, what, "wait=5", token, end);
    if (quote.length() == ID) {
      var confirmed = persist(random, path + "/" + quote + "/confirm", "{}", "wait=5", token, end);
      note("gave up " + order, confirmed);
    }
  }

  /** Sends a request, under one key, to one instance after the other until one answers. */
  String persist(Random random, String path, String body, String prefer, String token, long end) {
    var key = UUID.randomUUID().toString();
    var answer = "";
    while (answer.isEmpty()) {
      assertThat(System.nanoTime() - end)
          .as("time without an answer to %s, key %s", path, key)
          .isLessThan(Duration.ofMinutes(2).toNanos());
      var port = firstPort + random.nextInt(instances);
      answer = ask(port, path, key, body, prefer, token);
    }
    return answer;
  }

  /** The id of what was made, or why there is none; empty when nobody knows yet. */
  private String ask(int port, String path, String key, String body, String prefer, String token) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", key)
            .header("Prefer", prefer)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      var json = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() < 300) {
        return json.at("/id").asString(json.at("/flightId").asString());
      }
      if (REFUSALS.contains(json.at("/code").asString())) {
        return json.at("/code").asString();
      }
      assertThat(answer.statusCode()).as(answer.body()).isIn(409, 500, 503);
      Thread.sleep(200);
    } catch (IOException lost) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
    return "";
  }
}
