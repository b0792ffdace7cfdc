package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every refusal is problem+json, whoever refuses: controllers, filters, the server itself. */
@HttpTest
class ProblemTests {

  @LocalServerPort int port;
  private Api anonymous = Api.anonymous(0);
  private Api web = anonymous;

  @BeforeEach
  void connect() {
    anonymous = Api.anonymous(port);
    web = anonymous.as("web");
  }

  @Test
  void malformedJson() {
    web.create("/orders", "{").problem(400, "malformed_request");
  }

  @Test
  void anUnknownPropertyIsPointedAt() {
    var answer = web.create("/members", Map.of("givenName", "A", "familyName", "B", "age", 3));
    answer.problem(400, "malformed_request");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo("/age");
    assertThat(answer.at("/errors/0/code")).isEqualTo("unknown_property");
  }

  @Test
  void aWrongTypeDeepInTheBodyIsPointedAt() {
    var passenger = Map.of("type", "MARTIAN", "givenName", "A", "familyName", "B");
    var body = Map.of("offerId", "x", "passengers", List.of(passenger), "contact", Sales.CONTACT);
    var answer = web.create("/orders", body).problem(400, "malformed_request");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo("/passengers/0/type");
  }

  @Test
  void wrongValuesAreAllPointedAt() {
    var answer = web.create("/members", Map.of("givenName", " ", "email", "nobody"));
    answer.problem(422, "validation_failed");
    assertThat(answer.json().at("/errors").valueStream().map(e -> e.at("/pointer").asString()))
        .containsExactly("/email", "/familyName", "/givenName");
  }

  @Test
  void aMissingAndAWrongParameter() {
    web.get("/offers?origin=EWR").problem(400, "invalid_parameter");
    web.get("/offers?origin=EWR&destination=ORD&date=soon&adults=1")
        .problem(400, "invalid_parameter");
    var answer = web.get("/offers?origin=ewr&destination=ORD&date=2026-12-01&adults=1");
    assertThat(answer.problem(400, "invalid_parameter").at("/errors/0/pointer"))
        .isEqualTo("/origin");
    web.get("/orders?limit=1000").problem(400, "invalid_parameter");
    web.get("/orders?cursor=nonsense!").problem(400, "invalid_parameter");
    web.get("/orders?placedAfter=yesterday").problem(400, "invalid_parameter");
    web.get("/orders?placedAfter=%2B300000-01-01T00:00:00Z").problem(400, "invalid_parameter");
    web.get("/offers?origin=EWR&destination=ORD&date=9999-01-01&adults=1")
        .problem(400, "invalid_parameter");
    web.get("/orders?limit=%ff").problem(400, "invalid_parameter");
  }

  @Test
  void whatCannotBeStoredIsNotAskedToBeRepeated() {
    var nul = Map.of("givenName", "A\u0000", "familyName", "B");
    web.create("/members", nul).problem(422, "validation_failed");
  }

  @Test
  void noTokenAndABadOne() {
    assertThat(anonymous.get("/orders").problem(401, "unauthorized").header("WWW-Authenticate"))
        .isEqualTo("Bearer");
    anonymous.get("/orders", "Authorization", "Bearer nonsense").problem(401, "unauthorized");
  }

  @Test
  void aWrongClientSecret() {
    var form = "grant_type=client_credentials".getBytes(StandardCharsets.UTF_8);
    var type = "application/x-www-form-urlencoded";
    anonymous
        .send("POST", "/oauth2/token", type, form, "Authorization", Api.basic("web", "wrong"))
        .problem(401, "unauthorized");
    anonymous.send("POST", "/oauth2/token", type, form).problem(401, "unauthorized");
    var other = "grant_type=password".getBytes(StandardCharsets.UTF_8);
    anonymous
        .send("POST", "/oauth2/token", type, other, "Authorization", Api.basic("web", "web-secret"))
        .problem(400, "invalid_token_request");
  }

  @Test
  void aMissingScope() {
    web.create("/flights/UA1-2030-01-01-EWR/depart", "").problem(403, "forbidden");
    web.get("/actuator/prometheus").problem(403, "forbidden");
  }

  @Test
  void anUnknownPathAndAnUnknownId() {
    web.get("/nowhere").problem(404, "not_found");
    web.get("/orders/" + UUID.randomUUID()).problem(404, "not_found");
    web.get("/orders/nonsense").problem(404, "not_found");
    web.get("/members/4000000011").problem(404, "not_found");
    web.get("/tickets/123").problem(404, "not_found");
    anonymous.as("operations").get("/flights/nonsense").problem(404, "not_found");
  }

  @Test
  void aWrongMethodAndAWrongMediaType() {
    var answer = web.put("/orders", "{}").problem(405, "method_not_allowed");
    assertThat(answer.header("Allow")).contains("GET", "POST");
    web.send("POST", "/orders", "text/plain", new byte[] {65}, "Idempotency-Key", "k")
        .problem(415, "unsupported_media_type");
    web.get("/members/4000000010", "Accept", "image/png").problem(406, "not_acceptable");
  }

  @Test
  void aBodyThatIsTooLarge() {
    web.create("/orders", "{\"offerId\":\"" + "x".repeat(300_000) + "\"}")
        .problem(413, "body_too_large");
  }

  @Test
  void aMissingOrBadIdempotencyKey() {
    var body = Map.of("givenName", "A", "familyName", "B");
    web.post("/members", body).problem(400, "idempotency_key_missing");
    web.post("/members", body, "Idempotency-Key", "has space")
        .problem(400, "idempotency_key_missing");
    web.post("/members", body, "Idempotency-Key", "k".repeat(256))
        .problem(400, "idempotency_key_missing");
  }

  @Test
  void anUnknownApiVersion() {
    web.get("/members/4000000010", "Api-Version", "7").problem(400, "unsupported_api_version");
    assertThat(web.get("/members/4000000010", "Api-Version", "1").expect(200).header("Api-Version"))
        .isEqualTo("1");
  }

  @Test
  void aChangeNeedsTheVersionThatItIsBasedOn() {
    var sales = new Sales(web);
    var path = "/flights/" + sales.flight("ORD", "738") + "/inventory";
    var operations = web.as("operations");
    var limits = Map.of("cabins", List.of(Map.of("cabin", "Y", "authorised", 10)));
    operations.put(path, limits).problem(428, "precondition_required");
    operations.put(path, limits, "If-Match", "\"99\"").problem(412, "precondition_failed");
    operations.put(path, limits, "If-Match", operations.get(path).header("ETag")).expect(200);
    var twice = Map.of("cabin", "Y", "authorised", 5);
    operations
        .put(
            path,
            Map.of("cabins", List.of(twice, twice)),
            "If-Match",
            operations.get(path).header("ETag"))
        .problem(422, "validation_failed");
    var unknown = Map.of("cabins", List.of(Map.of("cabin", "W", "authorised", 10)));
    operations
        .put(path, unknown, "If-Match", operations.get(path).header("ETag"))
        .problem(422, "validation_failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /orders?x=[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET //orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /orders;x=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "TRACE /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /orders HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      })
  void whatTheServerRefusesBeforeAnyFilter(String request) throws IOException {
    var answer = raw(request);
    assertThat(answer).matches("(?s)HTTP/1.1 [45]\\d\\d .*");
    assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json");
    assertThat(answer).contains("\"requestId\":\"", "\"code\":\"");
  }

  @Test
  void headersThatAreTooLarge() throws IOException {
    var answer =
        raw(
            "GET /orders HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n"
                .formatted("x".repeat(20_000)));
    assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json");
  }

  @Test
  void everyProblemTypeHasAPage() {
    for (var problem : anonymous.get("/problems").expect(200).json()) {
      var path = "/problems/" + problem.at("/code").asString();
      assertThat(anonymous.get(path, "Accept", "application/json").expect(200).at("/remedy"))
          .isNotEmpty();
      assertThat(anonymous.get(path, "Accept", "text/html").expect(200).text())
          .contains("<h2>Remedy</h2>");
    }
    anonymous.get("/problems/none").problem(404, "not_found");
  }

  @Test
  void theRequestIdIsEchoed() {
    var answer = web.get("/orders/nonsense", "X-Request-Id", "trace-me");
    assertThat(answer.header("X-Request-Id")).isEqualTo("trace-me");
    assertThat(answer.at("/requestId")).isEqualTo("trace-me");
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket("localhost", port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grant_type=%zz", "%", "grant_type=client_credentials&%zz=1"})
  void aFormThatCannotBeReadIsRefused(String form) {
    var refused =
        Api.anonymous(port)
            .send(
                "POST",
                "/oauth2/token",
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.UTF_8),
                "Authorization",
                Api.basic("web", "web-secret"))
            .problem(400, "invalid_token_request");
    assertThat(refused.at("/error")).isEqualTo("invalid_request");
  }
}
