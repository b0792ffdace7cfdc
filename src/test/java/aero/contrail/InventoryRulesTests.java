package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Overbooking, plans of classes and the ways to write limits, over HTTP. */
@HttpTest
class InventoryRulesTests {

  @LocalServerPort int port;
  private Api operations = Api.anonymous(0);
  private Sales sales = new Sales(operations);

  @BeforeEach
  void connect() {
    operations = Api.anonymous(port).as("operations");
    sales = new Sales(operations);
  }

  private Map<String, Object> overbooking(String flight, Map<String, Object> how) {
    var number = Integer.parseInt(flight.substring(2, flight.indexOf('-')));
    var rule =
        new HashMap<String, Object>(
            Map.of(
                "carrier",
                "UA",
                "firstNumber",
                number,
                "lastNumber",
                number,
                "fromDate",
                "" + Sales.day(),
                "toDate",
                "" + Sales.day()));
    rule.putAll(how);
    return rule;
  }

  private JsonNode cabin(String flight) {
    return operations.get("/flights/" + flight + "/inventory").expect(200).json().at("/cabins/0");
  }

  private void awaitAuthorised(String flight, int seats) {
    Awaitility.await(seats + " authorised on " + flight)
        .atMost(Duration.ofSeconds(20))
        .until(() -> cabin(flight).at("/authorised").asInt() == seats);
  }

  /** Fifty seats: also those of flights that are on sale already, and what is sold stays sold. */
  @Test
  void anOverbookingRuleReachesFlightsThatAreOnSale() {
    var flight = sales.flight("ALB", "ER4");
    sales.hold(flight, "Y");
    var tag = operations.get("/flights/" + flight + "/inventory").header("ETag");
    var filed =
        operations
            .create("/inventory/overbooking-rules", overbooking(flight, Map.of("percent", 10)))
            .expect(201);
    awaitAuthorised(flight, 55);
    assertThat(cabin(flight).at("/held").asInt()).isEqualTo(1);
    assertThat(cabin(flight).at("/available").asInt()).isEqualTo(54);
    assertThat(operations.get("/flights/" + flight + "/inventory").header("ETag"))
        .isNotEqualTo(tag);
    var listed = operations.get("/inventory/overbooking-rules").expect(200).json();
    assertThat(listed.at("/items/0/id").asString()).isEqualTo(filed.at("/id"));

    operations
        .create("/inventory/overbooking-rules", overbooking(flight, Map.of("seats", 2)))
        .expect(201);
    awaitAuthorised(flight, 52);
  }

  @Test
  void whatAnOperatorHasSetStays() {
    var flight = sales.flight("ALB", "ER4");
    var path = "/flights/" + flight + "/inventory";
    var limits = Map.of("cabins", List.of(Map.of("cabin", "Y", "authorised", 40)));
    operations.put(path, limits, "If-Match", operations.get(path).header("ETag")).expect(200);
    var filed =
        operations
            .create("/inventory/overbooking-rules", overbooking(flight, Map.of("seats", 9)))
            .expect(201)
            .at("/id");
    Awaitility.await("the rule to be applied")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                operations
                    .get("/inventory/overbooking-rules")
                    .json()
                    .at("/items")
                    .valueStream()
                    .anyMatch(
                        rule ->
                            rule.at("/id").asString().equals(filed)
                                && rule.at("/applied").asBoolean()));
    assertThat(cabin(flight).at("/authorised").asInt()).isEqualTo(40);
  }

  @Test
  void aRuleThatIsNoneIsRefused() {
    var flight = "UA1-" + Sales.day() + "-EWR";
    var path = "/inventory/overbooking-rules";
    operations.create(path, overbooking(flight, Map.of())).problem(422, "validation_failed");
    operations
        .create(path, overbooking(flight, Map.of("percent", 1, "seats", 1)))
        .problem(422, "validation_failed");
    operations
        .create(path, overbooking(flight, Map.of("percent", 101)))
        .problem(422, "validation_failed");
    operations
        .create(path, overbooking(flight, Map.of("percent", 1, "toDate", "2020-01-01")))
        .problem(422, "validation_failed");
    operations.as("web").create(path, overbooking(flight, Map.of("percent", 1))).expect(403);
  }

  private static Map<String, Object> plan(String carrier, List<Map<String, Object>> classes) {
    return Map.of(
        "carrier", carrier, "cabin", "Y", "effectiveFrom", "" + Sales.day(), "classes", classes);
  }

  private static Map<String, Object> share(String fareClass, int percent) {
    return Map.of("fareClass", fareClass, "limitPercent", percent);
  }

  @Test
  void aPlanOfClassesIsOfACarrierAndOfDays() {
    var row = "ZP,%d,%s,EWR,ALB,10:00,11:00,ER4\n";
    var day = Sales.day();
    sales.importFile(
        Sales.FLIGHTS + row.formatted(1, day) + row.formatted(2, day.minusDays(1)), "skip");
    var body = plan("ZP", List.of(share("Y", 100), share("M", 50)));
    operations.create("/inventory/class-plans", body).expect(201);
    operations.create("/inventory/class-plans", body).problem(409, "illegal_state");
    var planned = "ZP1-%s-EWR".formatted(day);
    Awaitility.await("two classes")
        .atMost(Duration.ofSeconds(20))
        .until(() -> cabin(planned).at("/classes").size() == 2);
    assertThat(cabin(planned).at("/classes/1/limit").asInt()).isEqualTo(25);
    assertThat(cabin("ZP2-%s-EWR".formatted(day.minusDays(1))).at("/classes").size()).isEqualTo(7);
  }

  @Test
  void aPlanThatIsNoneIsRefused() {
    var path = "/inventory/class-plans";
    var rising = plan("ZR", List.of(share("Y", 50), share("M", 60)));
    assertThat(operations.create(path, rising).problem(422, "validation_failed").text())
        .contains("not_nested");
    var twice = plan("ZR", List.of(share("Y", 50), share("Y", 40)));
    assertThat(operations.create(path, twice).problem(422, "validation_failed").text())
        .contains("duplicate");
    var business = plan("ZR", List.of(share("Y", 50), share("J", 40)));
    assertThat(operations.create(path, business).problem(422, "validation_failed").text())
        .contains("class_of_another_cabin");
  }

  /** Each way to write a limit, and what it leaves to others. */
  @Test
  void limitsAreWrittenAsProtectionMinimumAndFixedSeats() {
    var flight = sales.flight("ALB", "ER4");
    var path = "/flights/" + flight + "/inventory";
    var classes =
        List.of(
            Map.of("fareClass", "Y", "protected", 20),
            Map.of("fareClass", "M", "minimum", 5),
            Map.of("fareClass", "L", "fixed", 4));
    var limits =
        Map.of("cabins", List.of(Map.of("cabin", "Y", "authorised", 50, "classes", classes)));
    var set =
        operations.put(path, limits, "If-Match", operations.get(path).header("ETag")).expect(200);
    var b = set.json().at("/cabins/0/classes/1");
    assertThat(b.at("/limit").asInt()).isEqualTo(30);
    assertThat(b.at("/available").asInt()).isEqualTo(25);
    assertThat(b.at("/binding").asString()).isEqualTo("guarantee of class M");
    assertThat(set.at("/cabins/0/classes/2/minimum")).isEqualTo("5");
    assertThat(set.at("/cabins/0/classes/6/fixed")).isEqualTo("true");
    assertThat(set.at("/cabins/0/classes/0/available")).isEqualTo("41");
    sales.hold(flight, "L");
    assertThat(cabin(flight).at("/classes/6/available").asInt()).isEqualTo(3);
    assertThat(cabin(flight).at("/classes/0/available").asInt()).isEqualTo(41);
  }
}
