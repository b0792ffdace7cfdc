package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import aero.contrail.loyalty.LedgerAudit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** Two members, and who moves their points; after each test all points add up. */
@HttpTest
@DirtiesContext // the clock moves
abstract class PointsCustomers {

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  Api web = Api.anonymous(0);
  Api staff = web;
  Api supervisor = web;
  String ada = "";
  String grace = "";

  @BeforeEach
  void enrol() {
    web = Api.anonymous(port).as("web");
    staff = web.as("backoffice");
    supervisor = web.as("supervisor");
    ada = enrolled("Ada");
    grace = enrolled("Grace");
  }

  @AfterEach
  void allAddsUp() {
    LedgerAudit.check(jdbc);
  }

  String enrolled(String name) {
    return web.create("/members", Map.of("givenName", name, "familyName", "Lovelace"))
        .expect(201)
        .at("/number");
  }

  long available(String member) {
    return staff.get("/members/" + member).expect(200).json().at("/award/available").asLong();
  }

  Answer adjust(Api by, String member, int points) {
    return by.create(
        "/members/" + member + "/adjustments", Map.of("points", points, "reason", "goodwill"));
  }

  List<String> ledger(String member) {
    return web.get("/members/" + member + "/ledger?limit=200")
        .expect(200)
        .json()
        .at("/items")
        .valueStream()
        .map(line -> line.at("/entry").asString() + " " + line.at("/points").asLong())
        .toList();
  }

  void refused(String what, Map<String, Object> body, String pointer) {
    var answer = staff.create("/members/" + ada + "/" + what, body);
    assertThat(answer.problem(422, "validation_failed").at("/errors/0/pointer")).isEqualTo(pointer);
  }

  Answer transfer(String from, String to, int points) {
    return web.create("/members/" + from + "/transfers", Map.of("to", to, "points", points));
  }
}
