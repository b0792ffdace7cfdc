package aero.contrail;

import aero.contrail.Api.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Held orders of passengers with names of their own, and how they are found. */
@HttpTest
abstract class NamedPassengers {

  @LocalServerPort private int port;

  Api web = Api.anonymous(0);
  Api agency = Api.anonymous(0);
  Api staff = Api.anonymous(0);
  Sales sales = new Sales(web);

  @BeforeEach
  void callers() {
    var api = Api.anonymous(port);
    web = api.as("web");
    agency = api.as("agency");
    staff = api.as("backoffice");
    sales = new Sales(api);
  }

  Answer order(String given, String family, String reference) {
    var body =
        new LinkedHashMap<String, Object>(
            Sales.ada(sales.offerId(sales.flight("ORD", "738"), "Y")));
    body.put("passengers", List.of(person(given, family)));
    body.put("externalReference", reference);
    return web.create("/orders", body, "Prefer", "wait=20").expect(201);
  }

  private static Map<String, Object> person(String given, String family) {
    return Map.of("type", "ADULT", "givenName", given, "familyName", family);
  }

  void awaitFound(Api caller, String name, String order) {
    caller.await("/orders?name=" + name, "/items/0/id", order);
  }

  static List<String> ids(Answer found) {
    var ids = new ArrayList<String>();
    found.expect(200).json().at("/items").forEach(item -> ids.add(item.at("/id").asString()));
    return ids;
  }
}
