package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What happened to an order: listed, compared, and told as it happens. */
@HttpTest
class HistoryTests {

  @LocalServerPort private int port;

  private Api web;
  private Api agency;
  private Sales sales;

  @BeforeEach
  void callers() {
    var api = Api.anonymous(port);
    web = api.as("web");
    agency = api.as("agency");
    sales = new Sales(api);
  }

  @Test
  void twoVersionsAreComparedValueByValue() {
    var id = sales.ticket(sales.flight("ORD", "738"), "Y").at("/id");
    var newest = web.get("/orders/" + id).json().at("/version").asInt();

    var all = web.get("/orders/" + id + "/diff").expect(200);
    assertThat(all.json().at("/from").asInt()).isEqualTo(1);
    assertThat(all.json().at("/to").asInt()).isEqualTo(newest);
    assertThat(changes(all.json()))
        .containsEntry("/status", "PLACED to TICKETED")
        .containsEntry("/flights/0/status", " to HK")
        .containsEntry("/payments/0/status", "PENDING to CAPTURED")
        .containsEntry("/passengers/0/tickets/0/coupons/0/status", " to O")
        .doesNotContainKeys("/placedAt", "/passengers/0/familyName");

    var back = web.get("/orders/" + id + "/diff?from=" + newest + "&to=1").expect(200);
    assertThat(changes(back.json())).containsEntry("/status", "TICKETED to PLACED");
    var none = web.get("/orders/" + id + "/diff?from=2&to=2").expect(200);
    assertThat(none.json().at("/changes")).isEmpty();

    web.get("/orders/" + id + "/diff?to=" + (newest + 1)).problem(404, "not_found");
    web.get("/orders/" + id + "/diff?from=0").expect(400);
    agency.get("/orders/" + id + "/diff").problem(404, "not_found");
  }

  private static Map<String, String> changes(JsonNode diff) {
    var changes = new HashMap<String, String>();
    diff.at("/changes")
        .forEach(
            change ->
                changes.put(
                    change.at("/pointer").asString(),
                    change.at("/before").asString("") + " to " + change.at("/after").asString("")));
    return changes;
  }

  @Test
  void anOrderIsFollowedWhileItHappens() throws Exception {
    var id = sales.hold(sales.flight("ORD", "738"), "Y").at("/id");
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    var follower = Thread.startVirtualThread(() -> web.follow(follow(id), lines::add));
    await(lines, "event: OrderHeld");
    web.create("/orders/" + id + "/payments", Sales.card("tok_ok"), "Prefer", "wait=20")
        .expect(201);
    await(lines, "event: OrderTicketed");
    follower.interrupt();

    var told = lines.stream().filter(line -> line.startsWith("event: ")).toList();
    assertThat(told).isEqualTo(sales.history(id).stream().map(type -> "event: " + type).toList());
    assertThat(lines.stream().filter(line -> line.startsWith("id: ")).toList())
        .isEqualTo(numbered(1, told.size()));
    assertThat(String.join("\n", lines)).doesNotContain("Lovelace").doesNotContain("example.com");
  }

  @Test
  void whoComesBackMissesNothingAndGetsNothingTwice() throws Exception {
    var id = sales.ticket(sales.flight("ORD", "738"), "Y").at("/id");
    var newest = sales.history(id).size();
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    var follower =
        Thread.startVirtualThread(() -> web.follow(follow(id), lines::add, "Last-Event-ID", "2"));
    await(lines, "event: OrderTicketed");
    follower.interrupt();
    assertThat(lines.stream().filter(line -> line.startsWith("id: ")).toList())
        .isEqualTo(numbered(3, newest));
  }

  @Test
  void nobodyFollowsTheOrdersOfOthers() {
    var id = sales.hold(sales.flight("ORD", "738"), "Y").at("/id");
    agency.get(follow(id), "Accept", "text/event-stream").problem(404, "not_found");
    web.get(follow(id), "Accept", "text/event-stream", "Last-Event-ID", "x").expect(400);
    web.get(follow(id), "Accept", "text/event-stream", "Last-Event-ID", "-1").expect(400);
  }

  private static String follow(String order) {
    return "/orders/" + order + "/events";
  }

  private static List<String> numbered(int from, int to) {
    var numbered = new ArrayList<String>();
    for (var i = from; i <= to; i++) {
      numbered.add("id: " + i);
    }
    return numbered;
  }

  private static void await(Queue<String> lines, String line) {
    Awaitility.await(line).until(() -> lines.contains(line));
  }
}
