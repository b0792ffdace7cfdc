package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** One channel can read and change nothing of another's: for every route that takes an id. */
@HttpTest
class ChannelIsolationTests {

  /** Routes whose id is not an order's or member's: flights are the airline's. */
  private static final Set<String> OF_NO_CHANNEL =
      Set.of(
          "GET /disruptions/{id}",
          "GET /disruptions/{id}/cases",
          "GET /disruptions/{id}/flights",
          "GET /flights/imports/{id}",
          "GET /flights/{id}",
          "GET /flights/{id}/inventory",
          "PUT /flights/{id}/inventory",
          "GET /flights/{id}/passengers",
          "GET /flights/{id}/seat-map",
          "GET /flights/{id}/waitlist",
          "POST /flights/{id}/close",
          "POST /flights/{id}/depart",
          "POST /flights/{id}/open",
          "PATCH /flights/{id}",
          "POST /flights/{id}/cancel",
          "GET /groups/{id}",
          "POST /groups/{id}/release",
          "POST /reservations/{locator}/handling", // of the airport, whoever sold it
          "POST /work-items/{id}/resolve", // of staff alone
          "DELETE /orders/{id}/personal-data",
          "DELETE /members/{number}/personal-data", // of staff alone, as the next ones
          "GET /members/{number}/adjustments",
          "POST /members/{number}/adjustments",
          "POST /members/{number}/adjustments/{id}/approve",
          "POST /members/{number}/adjustments/{id}/reject",
          "POST /members/{number}/reinstatements",
          "GET /problems/{code}");

  @LocalServerPort int port;

  @Autowired RequestMappingHandlerMapping requestMappingHandlerMapping;

  @Test
  void whatBelongsToAnotherChannelIsAsIfItWereNotThere() {
    var web = Api.anonymous(port).as("web");
    var agency = web.as("agency");
    var order = new Sales(web).ticket(new Sales(web).flight("ALB", "ER4"), "Y");
    var path = "/orders/" + order.at("/id");
    var quote = web.create(path + "/cancellations", "").expect(201).at("/id");
    var flight = order.at("/flights/0/flightId");
    var other = new Sales(web).flight("ALB", "ER4");
    var wanted = Map.of("remove", List.of(flight), "offerId", new Sales(web).offerId(other, "Y"));
    var wish = web.create(path + "/changes", wanted, "Prefer", "wait=20").expect(201).at("/id");
    var need = Map.of("passengerId", "P1", "flightId", flight, "code", "WCHR");
    var asked = web.create(path + "/special-services", need).expect(201).at("/id");
    var version = web.get(path).expect(200).at("/version");
    var seat =
        Map.of("passengerId", "P1", "flightId", order.at("/flights/0/flightId"), "seat", "7A");

    var attempts = new LinkedHashMap<String, Api.Answer>();
    attempts.put("GET /orders/{id}", agency.get(path));
    attempts.put(
        "PATCH /orders/{id}",
        agency.patch(path, Map.of("externalReference", "mine"), "If-Match", "*"));
    attempts.put("GET /orders/{id}/receipt", agency.get(path + "/receipt"));
    attempts.put("GET /orders/{id}/diff", agency.get(path + "/diff"));
    attempts.put("GET /orders/{id}/events", agency.get(path + "/events"));
    attempts.put("GET /orders/{id}/history", agency.get(path + "/history"));
    attempts.put(
        "POST /orders/{id}/payments", agency.create(path + "/payments", Sales.card("tok_ok")));
    attempts.put("GET /orders/{id}/changes", agency.get(path + "/changes"));
    attempts.put("GET /orders/{id}/changes/{changeId}", agency.get(path + "/changes/" + wish));
    attempts.put("POST /orders/{id}/changes", agency.create(path + "/changes", wanted));
    attempts.put(
        "POST /orders/{id}/changes/{changeId}/confirm",
        agency.create(path + "/changes/" + wish + "/confirm", Map.of()));
    var services = path + "/special-services";
    attempts.put("GET /orders/{id}/special-services", agency.get(services));
    attempts.put("POST /orders/{id}/special-services", agency.create(services, need));
    attempts.put(
        "DELETE /orders/{id}/special-services/{serviceId}", agency.delete(services + "/" + asked));
    var bag = Map.of("serviceOfferId", "none", "passengerId", "P1");
    attempts.put("GET /orders/{id}/services", agency.get(path + "/services"));
    attempts.put(
        "POST /orders/{id}/services",
        agency.create(path + "/services", Map.of("services", List.of(bag))));
    attempts.put(
        "DELETE /orders/{id}/services/{serviceId}",
        agency.delete(path + "/services/" + UUID.randomUUID()));
    attempts.put(
        "POST /orders/{id}/split",
        agency.create(path + "/split", Map.of("passengerIds", List.of("P1"))));
    attempts.put("POST /orders/{id}/cancellations", agency.create(path + "/cancellations", ""));
    attempts.put(
        "GET /orders/{id}/cancellations/{cancellationId}",
        agency.get(path + "/cancellations/" + quote));
    attempts.put(
        "POST /orders/{id}/cancellations/{cancellationId}/confirm",
        agency.create(path + "/cancellations/" + quote + "/confirm", ""));
    attempts.put(
        "GET /orders/{id}/boarding-passes/{passengerId}/{flightId}",
        agency.get(path + "/boarding-passes/P1/" + order.at("/flights/0/flightId")));
    var changes = path + "/airline-changes";
    var change = changes + "/" + UUID.randomUUID();
    attempts.put("GET /orders/{id}/airline-changes", agency.get(changes));
    attempts.put("GET /orders/{id}/airline-changes/{changeId}", agency.get(change));
    attempts.put(
        "POST /orders/{id}/airline-changes/{changeId}/accept",
        agency.create(change + "/accept", ""));
    attempts.put(
        "POST /orders/{id}/airline-changes/{changeId}/decline",
        agency.create(change + "/decline", ""));
    attempts.put("PUT /orders/{id}/seats", agency.put(path + "/seats", seat));
    var ticket = order.at("/passengers/0/tickets/0/number");
    attempts.put("GET /tickets/{number}", agency.get("/tickets/" + ticket));
    attempts.put(
        "GET /reservations/{locator}", agency.get("/reservations/" + order.at("/recordLocator")));

    var member = "/members/" + enrolled(web);
    web.get(member).expect(200);
    attempts.put("GET /members/{number}", agency.get(member));
    attempts.put("GET /members/{number}/ledger", agency.get(member + "/ledger"));
    attempts.put("GET /members/{number}/lots", agency.get(member + "/lots"));
    attempts.put(
        "POST /members/{number}/claims",
        agency.create(
            member + "/claims",
            Map.of("ticketNumber", "0932400000001", "flightId", "UA1431-2026-12-01-EWR")));
    attempts.put("GET /members/{number}/tier", agency.get(member + "/tier"));
    attempts.put("GET /members/{number}/statement", agency.get(member + "/statement"));
    attempts.put(
        "POST /members/{number}/transfers",
        agency.create(member + "/transfers", Map.of("to", "4000000010", "points", 1)));

    attempts.forEach((route, answer) -> answer.problem(404, "not_found"));
    assertThat(web.get(path).expect(200).at("/version")).isEqualTo(version);
    assertThat(agency.get("/orders?ticketNumber=" + ticket).json().at("/items").size()).isZero();
    assertThat(
            agency
                .get("/orders?recordLocator=" + order.at("/recordLocator"))
                .json()
                .at("/items")
                .size())
        .isZero();
    web.get("/tickets/" + ticket).expect(200);
    web.get(path + "/cancellations/" + quote).expect(200);
    web.get("/reservations/" + order.at("/recordLocator")).expect(200);
    web.as("backoffice").get(path).expect(200);

    assertThat(routesWithAnId())
        .as("routes that take an id: try them here, or say why not in OF_NO_CHANNEL")
        .isEqualTo(union(attempts, OF_NO_CHANNEL));
  }

  private static String enrolled(Api web) {
    return web.create("/members", Map.of("givenName", "Grace", "familyName", "Hopper"))
        .expect(201)
        .at("/number");
  }

  /** Who sells to a member knows him from then on, whoever enrolled him. */
  @Test
  void aChannelThatSellsToAMemberSeesHim() {
    var web = Api.anonymous(port).as("web");
    var agency = web.as("agency");
    var member = "4000000010";
    agency.get("/members/" + member).problem(404, "not_found");
    var sales = new Sales(web, "agency");
    sales.ticket(sales.flight("ALB", "ER4"), "Y");
    agency.await("/members/" + member, "/number", member);
    agency.get("/members/" + member + "/ledger").expect(200);
    web.as("backoffice").get("/members/" + member).expect(200);
  }

  /** What a member flew is known to who sold it. */
  @Test
  void ordersOfOtherChannelsAreNotInAStatement() {
    var web = Api.anonymous(port).as("web");
    var agency = web.as("agency");
    var member = "4000000010";
    var own = new Sales(web, "agency");
    var order = own.ticket(own.flight("ALB", "ER4"), "Y").at("/id");
    agency.await("/members/" + member, "/number", member);
    var sales = new Sales(web);
    var others = sales.ticket(sales.flight("ALB", "ER4"), "Y").at("/id");
    Awaitility.await().until(() -> statement(web, member).contains(others));
    Awaitility.await().until(() -> statement(agency, member).contains(order));
    assertThat(statement(agency, member)).doesNotContain(others);
    assertThat(statement(web, member)).doesNotContain(order);
    assertThat(statement(web.as("backoffice"), member)).contains(order, others);
  }

  /** All of a member's entries, as they are told. */
  private static String statement(Api api, String member) {
    var all = new StringBuilder();
    var path = "/members/" + member + "/ledger?limit=200";
    for (var cursor = ""; cursor != null; ) {
      var page = api.get(path + cursor).expect(200).json();
      all.append(page);
      cursor = page.at("/next").isString() ? "&cursor=" + page.at("/next").asString() : null;
    }
    return all.toString();
  }

  private Set<String> routesWithAnId() {
    return requestMappingHandlerMapping.getHandlerMethods().entrySet().stream()
        .filter(
            entry -> entry.getValue().getBeanType().getPackageName().startsWith("aero.contrail."))
        .flatMap(
            entry ->
                entry.getKey().getMethodsCondition().getMethods().stream()
                    .flatMap(
                        method ->
                            entry.getKey().getPatternValues().stream()
                                .map(pattern -> method + " " + pattern)))
        .filter(route -> route.contains("{"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> union(Map<String, ?> attempts, Set<String> others) {
    var all = new TreeSet<>(attempts.keySet());
    all.addAll(others);
    return all;
  }
}
