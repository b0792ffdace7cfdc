package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A request that is repeated with its key has its effect once. */
@HttpTest
class IdempotencyTests {

  private static final Map<String, String> GRACE =
      Map.of("givenName", "Grace", "familyName", "Hopper");

  private static final long OTHER_INSTANCE = -42;

  @LocalServerPort int port;
  @Autowired DataSource database;
  @Autowired JdbcClient jdbc;
  @Autowired Idempotency idempotency;
  @Autowired TransactionTemplate transaction;
  private Api web = Api.anonymous(0);
  private Sales sales = new Sales(web);

  @BeforeEach
  void connect() {
    web = Api.anonymous(port).as("web");
    sales = new Sales(web);
  }

  private static String[] key(String key) {
    return new String[] {"Idempotency-Key", key};
  }

  @Test
  void theSameAnswerAsTheFirstTime() {
    var key = UUID.randomUUID().toString();
    var first = web.post("/members", GRACE, key(key)).expect(201);
    var again = web.post("/members", GRACE, key(key)).expect(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
  }

  @Test
  void anotherBodyIsRefused() {
    var key = UUID.randomUUID().toString();
    web.post("/members", GRACE, key(key)).expect(201);
    web.post("/members", Map.of("givenName", "Alan", "familyName", "Turing"), key(key))
        .problem(422, "idempotency_key_reused");
  }

  /** In one instance the second is told to wait; two instances meet in the database. */
  @Test
  void ofTwoClaimsToOneKeyInOneGroupTheFirstHasIt() {
    var key = UUID.randomUUID().toString();
    var first = claim(key, "1");
    var second = claim(key, "2");
    var other = claim(UUID.randomUUID().toString(), "3");
    var free = transaction.execute(_ -> idempotency.claim(List.of(first, second, other)));
    assertThat(free).containsExactly(true, false, true);
    var again = transaction.execute(_ -> idempotency.claim(List.of(second)));
    assertThat(again).containsExactly(false);
  }

  private static Idempotency.Claim claim(String key, String body) {
    var digest = IdempotencyKey.Digest.ofBytes(body.getBytes(StandardCharsets.UTF_8));
    return new Idempotency.Claim(
        new IdempotencyKey("web", "POST /orders", key, digest), "subject", null);
  }

  /** Whoever holds the key, in whichever instance, has not committed yet. */
  @Test
  void whileTheFirstIsAtWorkElsewhereTheSecondIsToldSoAtOnce() {
    var key = UUID.randomUUID().toString();
    var digest = IdempotencyKey.Digest.ofBytes("1".getBytes(StandardCharsets.UTF_8));
    var claim =
        new Idempotency.Claim(
            new IdempotencyKey("web", "POST /members", key, digest), "subject", null);
    transaction.executeWithoutResult(
        status -> {
          assertThat(idempotency.claim(List.of(claim))).containsExactly(true);
          var refused = web.post("/members", GRACE, key(key)).problem(409, "request_in_progress");
          assertThat(refused.header("Retry-After")).isNotEmpty();
          status.setRollbackOnly();
        });
    web.post("/members", GRACE, key(key)).expect(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"familyName\":\"Hopper\",\"givenName\":\"Grace\"}",
        "{ \"givenName\" : \"Gr\\u0061ce\", \"familyName\" : \"Hopper\" }",
        "{\"givenName\":\"Grace\",\"familyName\":\"Hopper\",\"email\":null}"
      })
  void anotherSpellingOfTheSameBodyIsTheSameRequest(String spelling) {
    var key = UUID.randomUUID().toString();
    var first = web.post("/members", GRACE, key(key)).expect(201);
    assertThat(web.post("/members", spelling, key(key)).expect(201).text()).isEqualTo(first.text());
  }

  @Test
  void anotherSpellingOfTheAddressOrOfTheKeyIsTheSameRequest() {
    var key = UUID.randomUUID().toString();
    var first = web.post("/members", GRACE, key(key)).expect(201);
    for (var path : List.of("/members?retry=1", "/%6dembers")) {
      assertThat(web.post(path, GRACE, key(key)).expect(201).text()).isEqualTo(first.text());
    }
    var quoted = web.post("/members", GRACE, key("\"" + key + "\"")).expect(201);
    assertThat(quoted.text()).isEqualTo(first.text());
    web.post("/members?retry=1", GRACE, key(UUID.randomUUID().toString()))
        .problem(400, "invalid_parameter");
  }

  /** A route that takes no key keeps nothing under one. */
  @Test
  void aKeyWhereNoneIsTakenIsNotUsed() {
    var key = UUID.randomUUID().toString();
    web.post("/offers/price", "{}", key(key)).problem(422, "validation_failed");
    web.post("/offers/price", Map.of("offerId", "x".repeat(30_000)), key(key))
        .problem(422, "validation_failed");
    assertThat(
            jdbc.sql("select count(*) from web.idempotency where route = 'POST /offers/price'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void aRefusedBodyHasUsedItsKey() {
    var key = UUID.randomUUID().toString();
    var nameless = Map.of("givenName", "", "familyName", "Hopper");
    var refused = web.post("/members", nameless, key(key)).problem(422, "validation_failed");
    var again = web.post("/members", nameless, key(key)).problem(422, "validation_failed");
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.at("/requestId")).isEqualTo(refused.at("/requestId"));
    web.post("/members", GRACE, key(key)).problem(422, "idempotency_key_reused");
  }

  @Test
  void theSameKeyOfAnotherChannelIsAnotherKey() {
    var key = UUID.randomUUID().toString();
    var ours = web.post("/members", GRACE, key(key)).expect(201);
    var theirs = web.as("agency").post("/members", GRACE, key(key)).expect(201);
    assertThat(theirs.at("/number")).isNotEqualTo(ours.at("/number"));
  }

  /** The answer holds a name, the key opens it: neither can be read off the database. */
  @Test
  void whatIsKeptCanBeReadWithTheKeyAlone() {
    var key = "a-key-that-is-nowhere-" + UUID.randomUUID();
    var name = "Zora-" + UUID.randomUUID();
    web.post("/members", Map.of("givenName", name, "familyName", "Hopper"), key(key)).expect(201);
    var kept =
        jdbc.sql("select i::text || encode(body, 'escape') from web.idempotency i")
            .query(String.class)
            .list()
            .toString();
    assertThat(kept).doesNotContain(key).doesNotContain(name).doesNotContain("givenName");
  }

  @Test
  void aTicketIsSoldOnce() {
    var flight = sales.flight("ALB", "ER4");
    var body = Sales.ada(sales.offerId(flight, "Y"), "tok_ok");
    var key = UUID.randomUUID().toString();
    var first = web.post("/orders", body, "Idempotency-Key", key, "Prefer", "wait=20").expect(201);
    var again = web.post("/orders", body, "Idempotency-Key", key, "Prefer", "wait=20").expect(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(sales.inventory(flight, "sold")).isEqualTo(1);
  }

  @Test
  void aRefusalIsKeptToo() {
    var offer = sales.offerId(sales.flight("ALB", "ER4"), "Y");
    sales.advance("PT20M");
    var key = UUID.randomUUID().toString();
    web.post("/orders", Sales.ada(offer), key(key)).problem(410, "offer_expired");
    var again = web.post("/orders", Sales.ada(offer), key(key));
    assertThat(again.problem(410, "offer_expired").header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void atTheSameTimeOneWinsAndTheOthersAreToldToWait() throws Exception {
    var flight = sales.flight("ALB", "ER4");
    var body = Sales.ada(sales.offerId(flight, "Y"), "tok_ok");
    var key = UUID.randomUUID().toString();
    var ids = new ArrayList<String>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Api.Answer> call =
          () -> web.post("/orders", body, "Idempotency-Key", key, "Prefer", "wait=20");
      for (var answer : clients.invokeAll(List.of(call, call, call, call, call, call))) {
        var got = answer.get();
        if (got.status() == 409) {
          got.problem(409, "request_in_progress");
          assertThat(got.header("Retry-After")).isNotEmpty();
        } else {
          ids.add(got.expect(201).at("/id"));
        }
      }
    }
    assertThat(ids).isNotEmpty();
    assertThat(ids.stream().distinct()).hasSize(1);
    assertThat(sales.inventory(flight, "sold")).isEqualTo(1);
  }

  /** As if the process had died between the commit of the order and its answer. */
  @Test
  void anAnswerThatWasLostIsFoundAgainAndNothingIsSoldTwice() throws SQLException {
    var flight = sales.flight("ALB", "ER4");
    var body = Sales.ada(sales.offerId(flight, "Y"), "tok_ok");
    var key = UUID.randomUUID().toString();
    var first = web.post("/orders", body, "Idempotency-Key", key, "Prefer", "wait=20").expect(201);
    jdbc.sql(
            """
            update web.idempotency
               set status = null, headers = null, body = null, worker = :worker
             where subject = :order
            """)
        .param("order", first.at("/id"))
        .param("worker", OTHER_INSTANCE)
        .update();
    try (var other = database.getConnection();
        var statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock_shared(%d)".formatted(OTHER_INSTANCE));
      web.post("/orders", body, key(key)).problem(409, "request_in_progress");
      statement.execute("select pg_advisory_unlock_shared(%d)".formatted(OTHER_INSTANCE));
    }
    var again = web.post("/orders", body, "Idempotency-Key", key, "Prefer", "wait=20").expect(201);
    assertThat(again.at("/id")).isEqualTo(first.at("/id"));
    assertThat(sales.inventory(flight, "sold")).isEqualTo(1);
  }
}
