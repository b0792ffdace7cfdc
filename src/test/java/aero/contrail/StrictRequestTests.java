package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Requests that look right and are not: nothing is guessed, and nothing is done before they are.
 */
@HttpTest
class StrictRequestTests {

  @LocalServerPort int port;
  private Api anonymous = Api.anonymous(0);
  private Api web = anonymous;
  private Api operations = anonymous;
  private Sales sales = new Sales(anonymous);

  @BeforeEach
  void connect() {
    anonymous = Api.anonymous(port);
    web = anonymous.as("web");
    operations = anonymous.as("operations");
    sales = new Sales(anonymous);
  }

  private static Map<String, Object> member(String givenName, String familyName) {
    return Map.of("givenName", givenName, "familyName", familyName);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/yaml",
        "application/xml",
        "application/cbor",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/*",
        "*/*",
        "text/plain"
      })
  void aBodyOfAnotherMediaTypeIsRefused(String type) {
    for (var path : List.of("/orders", "/members", "/offers/price")) {
      web.send("POST", path, type, bytes("givenName: Ada"), "Idempotency-Key", "k")
          .problem(415, "unsupported_media_type");
    }
    anonymous.send("POST", "/orders", type, bytes("x")).problem(401, "unauthorized");
    web.send("GET", "/orders", type, new byte[0]).expect(200);
  }

  @Test
  void aBodyIsNotInflated() {
    var order = Sales.ada(sales.offerId(sales.flight("ALB", "ER4"), "Y"));
    web.create("/orders", order, "Content-Encoding", "gzip").problem(415, "unsupported_media_type");
    web.create("/orders", order, "Content-Encoding", "identity").expect(201);
    var file = bytes(Sales.FLIGHTS);
    String[] headers = {"Content-Encoding", "gzip", "Idempotency-Key", "inflated"};
    operations
        .send("POST", "/flights/imports", "text/csv", file, headers)
        .problem(415, "unsupported_media_type");
  }

  @Test
  void anAnswerInAnotherMediaTypeIsRefusedBeforeAnythingIsDone() {
    web.get("/orders", "Accept", "application/yaml").problem(406, "not_acceptable");
    var flight = sales.flight("ALB", "ER4");
    var before = operations.get("/flights/" + flight + "/inventory").expect(200);
    operations
        .put(
            "/flights/" + flight + "/inventory",
            Map.of("cabins", List.of(Map.of("cabin", "Y", "limits", Map.of("Y", 1)))),
            "If-Match",
            before.header("ETag"),
            "Accept",
            "application/xml")
        .problem(406, "not_acceptable");
    var after = operations.get("/flights/" + flight + "/inventory").expect(200);
    assertThat(after.text()).isEqualTo(before.text());
    assertThat(
            web.get("/orders", "Accept", "application/problem+json, application/json")
                .expect(200)
                .header("Content-Type"))
        .isEqualTo("application/json");
  }

  /** A dry run that was mistyped must not become the real one. */
  @ParameterizedTest
  @ValueSource(strings = {"dryRun", "dryRun=", "dryrun=true", "dryRun=yes,really", "x=1"})
  void aCommandRefusesParametersThatItDoesNotKnow(String query) {
    var flight = sales.flight("ALB", "ER4");
    operations
        .create("/flights/" + flight + "/cancel?" + query, "")
        .problem(400, "invalid_parameter");
    assertThat(operations.get("/flights/" + flight).at("/status")).isEqualTo("OPEN");
  }

  @Test
  void aDryRunNeedsNoKeyAndTheRealOneDoes() {
    var flight = sales.flight("ALB", "ER4");
    assertThat(operations.post("/flights/" + flight + "/cancel?dryRun=true", "").expect(200).text())
        .contains("affected");
    operations.post("/flights/" + flight + "/cancel", "").problem(400, "idempotency_key_missing");
  }

  /** The dry run that was meant must not be lost in a body that nobody reads. */
  @Test
  void aCommandWithoutABodyRefusesOne() {
    var flight = sales.flight("ALB", "ER4");
    operations
        .create("/flights/" + flight + "/cancel", Map.of("dryRun", true))
        .problem(400, "malformed_request");
    assertThat(operations.get("/flights/" + flight).at("/status")).isEqualTo("OPEN");
    operations.create("/flights/" + flight + "/cancel", "{}").expect(200);
  }

  /** Whoever is not known makes nobody read his forms. */
  @Test
  void aFormOfAnUnknownCallerIsNotRead() {
    var form = "x=".getBytes(StandardCharsets.UTF_8);
    for (var method : List.of("PUT", "PATCH", "DELETE")) {
      anonymous
          .send(method, "/orders/x", "application/x-www-form-urlencoded", form)
          .problem(401, "unauthorized");
    }
  }

  @Test
  void headNeedsWhatGetNeeds() {
    web.send("HEAD", "/orders", "application/json", new byte[0]).expect(200);
    operations.send("HEAD", "/orders", "application/json", new byte[0]).expect(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\u200B",
        "\\u00A0",
        "\\u2800",
        "\\u3164",
        "\\u202EadA",
        "Ada \\ud83d",
        "A\\u0000da",
        "A\\nda",
        "\\uE000",
        "---"
      })
  void aNameThatNobodyCouldReadIsRefused(String name) {
    var answer =
        web.create("/members", "{\"givenName\":\"%s\",\"familyName\":\"X\"}".formatted(name));
    assertThat(answer.status()).as(answer.text()).isIn(400, 422);
    assertThat(answer.at("/errors/0/pointer")).as(answer.text()).isEqualTo("/givenName");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Zo\u00eb", "\u738b", "\u0645\u062d\u0645\u062f", "O'Neil-Smith", "Jr. 3"})
  void aNameOfAnyScriptIsTaken(String name) {
    assertThat(web.create("/members", member(name, name)).expect(201).at("/givenName"))
        .isEqualTo(name);
  }

  @Test
  void aNameHasOneSpelling() {
    assertThat(web.create("/members", member(" Zoe\u0308 ", "X")).expect(201).at("/givenName"))
        .isEqualTo("Zo\u00eb");
  }

  private Api.Answer order(String passenger, String payment) {
    return web.create(
        "/orders",
        """
        {"offerId":"x","contact":{"email":"ada@example.com"},"passengers":[%s]%s}
        """
            .formatted(passenger, payment));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1990-12-09T23:00:00.000Z\"",
        "[1990,12,10]",
        "\" 1990-12-10 \"",
        "7648",
        "\"1990-02-30\"",
        "\"10.12.1990\"",
        "{}"
      })
  void whatIsNoDateIsNotMadeOne(String date) {
    var answer =
        order(
            """
            {"type":"ADULT","givenName":"Ada","familyName":"Lovelace","bornOn":%s}
            """
                .formatted(date),
            "");
    answer.problem(400, "malformed_request");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo("/passengers/0/bornOn");
    assertThat(answer.at("/detail")).isEqualTo("A date like 1990-12-10 is needed here.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+119.79", "1E2", "1E400000000", "0x10", " 1.00", "1,00", "1.", ".5", ""})
  void whatIsNoAmountIsNotMadeOne(String amount) {
    var answer =
        order(
            """
            {"type":"ADULT","givenName":"Ada","familyName":"Lovelace"}
            """,
            """
            ,"payment":{"tenders":[{"method":"CARD","token":"tok_ok","amount":{"amount":"%s",
            "currency":"USD"}}]}
            """
                .formatted(amount));
    answer.problem(400, "malformed_request");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo("/payment/tenders/0/amount");
  }

  @Test
  void amountsAndNamesAsNumbersAreRefused() {
    var answer = web.create("/members", Map.of("givenName", 1, "familyName", true));
    answer.problem(400, "malformed_request");
    assertThat(answer.at("/detail")).isEqualTo("A text is needed here.");
  }

  @Test
  void aDoubledMemberIsRefused() {
    web.create("/members", "{\"givenName\":\"A\",\"givenName\":\"B\",\"familyName\":\"C\"}")
        .problem(400, "malformed_request");
  }

  @Test
  void whatComesAfterTheBodyIsRefused() {
    web.create("/members", "{\"givenName\":\"A\",\"familyName\":\"C\"} {}")
        .problem(400, "malformed_request");
  }

  /** RFC 6901 escapes what a name and a pointer share. */
  @Test
  void pointersAreEscaped() {
    var body = new HashMap<>(member("A", "B"));
    body.put("a/b~c", 1);
    assertThat(
            web.create("/members", body).problem(400, "malformed_request").at("/errors/0/pointer"))
        .isEqualTo("/a~1b~0c");
  }

  @Test
  void noAnswerNamesAClassOfTheCode() {
    for (var body : List.of("[]", "1", "\"x\"", "{\"givenName\":{}}", "{", "{\"givenName\":[1]}")) {
      var answer = web.create("/members", body).problem(400, "malformed_request");
      assertThat(answer.text()).doesNotContain("java", "contrail.", "jackson", "Deserial");
    }
  }
}
