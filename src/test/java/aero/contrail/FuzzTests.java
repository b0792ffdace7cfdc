package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * Whatever is asked for, the answer is one that the description of the API names, a refusal is a
 * complete problem, and nothing is a fault of ours. {@code -Dfuzz.calls=20000 -Dfuzz.seed=…}.
 */
// Whoever follows an order is let go soon: the calls come one after the other.
@HttpTest
@TestPropertySource(properties = "contrail.order.live.longest=PT0.1S")
@DirtiesContext // rules that it files are about the flights of all others
class FuzzTests {

  private static final Logger log = LoggerFactory.getLogger(FuzzTests.class);

  private static final int CALLS = Integer.getInteger("fuzz.calls", 1_500);
  private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());

  /** Most calls are of who may do everything. */
  private static final List<String> CLIENTS =
      List.of("backoffice", "backoffice", "web", "web", "web", "operations", "agency", "");

  private static final int MOST_CURSORS = 20;

  /** It moves the time of all others, and offers with it. */
  private static final Set<String> LEFT_OUT = Set.of("POST /sandbox/clock");

  @LocalServerPort int port;

  private final Random random = new Random(SEED);
  private final Map<String, List<String>> known = new HashMap<>();

  @Test
  void noCallFindsAFault() {
    log.info("fuzz.seed={} fuzz.calls={}", SEED, CALLS);
    var api = OpenApiContract.committed();
    var routes =
        api.routes().stream()
            .filter(route -> !LEFT_OUT.contains(route.method() + " " + route.template()))
            .toList();
    var calls = new FuzzedCall(random, api, known);
    known.putAll(known());
    var statuses = new TreeMap<Integer, Integer>();
    for (var i = 0; i < CALLS; i++) {
      var call = calls.of(routes.get(random.nextInt(routes.size())));
      var answer = send(call);
      statuses.merge(answer.status(), 1, Integer::sum);
      remember(call, answer);
      assertThat(answer.status())
          .as("seed %d, call %d: %s %s: %s", SEED, i, call.method(), call.path(), answer.text())
          .isLessThan(500);
      if (answer.status() >= 400) {
        answer.problem(answer.status(), answer.at("/code"));
      }
    }
    log.info("answers by status: {}", statuses);
    assertThat(statuses.keySet()).as("what was tried").contains(200, 201, 400, 403, 404, 409, 422);
  }

  private Api.Answer send(FuzzedCall.Call call) {
    var client = CLIENTS.get(random.nextInt(CLIENTS.size()));
    var anonymous = Api.anonymous(port);
    var headers = new ArrayList<>(call.headers());
    var isToken = call.path().startsWith("/oauth2/");
    if (isToken && !client.isEmpty()) {
      var secret = client + (random.nextInt(5) == 0 ? "" : "-secret");
      headers.addAll(List.of("Authorization", Api.basic(client, secret)));
    }
    return (client.isEmpty() || isToken ? anonymous : anonymous.as(client))
        .send(
            call.method(),
            call.path(),
            call.contentType().isEmpty() ? "application/json" : call.contentType(),
            call.body().getBytes(StandardCharsets.ISO_8859_1),
            headers.toArray(String[]::new));
  }

  /** Cursors that were given out are sent again, also to other lists. */
  private void remember(FuzzedCall.Call call, Api.Answer answer) {
    var isList = answer.status() == 200 && answer.header("Content-Type").contains("json");
    var next = isList ? answer.at("/next") : "";
    if (!next.isEmpty()) {
      var noun = call.path().substring(1).split("[/?]", 2)[0];
      for (var list : List.of(noun + ".cursor", "cursor")) {
        var cursors = known.computeIfAbsent(list, _ -> new ArrayList<>());
        cursors.add(next);
        if (cursors.size() > MOST_CURSORS) {
          cursors.removeFirst();
        }
      }
    }
  }

  /** Things that exist, so that calls get further than a look at an id. */
  private Map<String, List<String>> known() {
    var web = Api.anonymous(port).as("web");
    var sales = new Sales(web);
    var flights = List.of(sales.flight("ALB", "ER4"), sales.flight("ORD", "738"));
    var ticketed = sales.ticket(flights.getFirst(), "Y");
    var held = sales.hold(flights.getLast(), "Y");
    var quote =
        web.create("/orders/" + held.at("/id") + "/cancellations", "").expect(201).at("/id");
    var known = new HashMap<String, List<String>>();
    known.put("orders.id", List.of(ticketed.at("/id"), held.at("/id"), held.at("/id")));
    known.put("flights.id", flights);
    known.put("flightId", flights);
    known.put("cancellationId", List.of(quote));
    known.put("number", List.of("4000000010", ticketed.at("/passengers/0/tickets/0/number")));
    known.put("locator", List.of(ticketed.at("/recordLocator")));
    known.put("recordLocator", List.of(ticketed.at("/recordLocator")));
    known.put("offerId", List.of(sales.offerId(flights.getFirst(), "Y"), "x.y.z"));
    known.put("date", List.of(Sales.day().toString()));
    known.put("origin", List.of("EWR", "EWR", "LAX"));
    known.put("destination", List.of("ALB", "ORD"));
    known.put("cabin", List.of("Y"));
    known.put("fareClass", List.of("Y", "M"));
    known.put("adults", List.of("1", "2"));
    known.put("children", List.of("0", "1"));
    known.put("infants", List.of("0", "1"));
    known.put("code", List.of("not_found", "rate_limited"));
    known.put("onError", List.of("skip", "reject_all"));
    known.put("type", List.of("ADULT", "ADULT", "CHILD", "INFANT"));
    known.put("email", List.of("ada@example.com"));
    known.put("bornOn", List.of("1990-12-10"));
    known.put("memberNumber", List.of("4000000010"));
    known.put("method", List.of("CARD"));
    known.put("token", List.of("tok_ok", "tok_declined"));
    known.put("amount", List.of("100.00", "1", "0.001"));
    known.put("currency", List.of("USD", "JPY"));
    known.put("id", List.of("01a20906-3c05-7cf5-b5e2-0708084d2323"));
    known.put("asOf", List.of("2026-12-01T12:00:00Z"));
    return known;
  }
}
