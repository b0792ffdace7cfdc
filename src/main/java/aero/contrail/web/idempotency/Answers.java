package aero.contrail.web.idempotency;

import aero.contrail.database.DeferredWrites;
import aero.contrail.database.Instances;
import aero.contrail.web.idempotency.Idempotency.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The answers that were given to requests with an idempotency key. */
@Repository
class Answers {

  private static final Duration KEPT = Duration.ofDays(2);

  /**
   * Who comes while the first, in this instance or another, has not committed gets no lock: he is
   * told so, and does not wait.
   */
  private static final String BEGIN =
      """
      insert into web.idempotency (channel, route, key, request, subject, created_at, worker)
      select :channel, :route, :key, :request, :subject, :now, :worker
       where pg_try_advisory_xact_lock(hashtextextended(:scope, 0))
          on conflict (channel, route, key) do nothing
      """;

  /** Claims keys and says which were free; a claim may come with its answer. */
  private static final String CLAIM =
      """
      insert into web.idempotency (channel, route, key, request, subject, created_at, worker,
                                   status, headers, body)
      select c.channel, c.route, c.key, c.request, c.subject, :now, :worker, c.status,
             c.headers::jsonb, c.body
        from unnest(:channels, :routes, :keys, :requests, :subjects, :statuses, :headers, :bodies)
          as c (channel, route, key, request, subject, status, headers, body)
       where pg_try_advisory_xact_lock(
               hashtextextended(c.channel || ' ' || c.route || ' ' || c.key, 0))
       order by c.channel, c.route, c.key
          on conflict (channel, route, key) do nothing
      returning channel, route, key
      """;

  private static final String COMPLETE =
      """
      update web.idempotency
         set status = :status, headers = :headers::jsonb, body = :body
       where channel = :channel and route = :route and key = :key and status is null
      """;

  /** After the change has committed: an answer that a crash loses is made again. */
  private static final String COMPLETE_LATER =
      """
      with relaxed as materialized (
        select set_config('synchronous_commit', 'off', true)
      )
      update web.idempotency i
         set status = c.status, headers = c.headers::jsonb, body = c.body
        from unnest(:channels, :routes, :keys, :statuses, :headers, :bodies)
               as c (channel, route, key, status, headers, body)
       cross join relaxed
       where i.channel = c.channel and i.route = c.route and i.key = c.key and i.status is null
      """;

  private static final String FIND =
      """
      select request, subject, worker, status, headers::text as headers, body, created_at
        from web.idempotency
       where channel = :channel and route = :route and key = :key
      """;

  private static final String FORGET =
      """
      delete from web.idempotency
       where (channel, route, key) in (select channel, route, key
                                         from web.idempotency
                                        where created_at < :before
                                        limit 2000)
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;
  private final Instances instances;
  private final JsonMapper json;
  private final Clock clock;

  Answers(
      JdbcClient jdbc, DeferredWrites deferred, Instances instances, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.deferred = deferred;
    this.instances = instances;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A request that was seen before.
   *
   * @param subject what it was about; null until its change named it
   * @param answer null until it is known
   * @param worker the instance that took it
   */
  record Seen(
      IdempotencyKey.Digest request,
      @Nullable String subject,
      @Nullable ResponseEntity<byte[]> answer,
      Instant since,
      long worker) {}

  /**
   * Claims the key for the running transaction. False when it is taken.
   *
   * @param subject what the request is about; null when that is known from its answer alone
   */
  boolean begin(IdempotencyKey key, @Nullable String subject) {
    return bind(BEGIN, key)
            .param("scope", scope(key))
            .param("request", key.request().toBytes())
            .param("subject", subject)
            .param("now", now())
            .param("worker", instances.self())
            .update()
        == 1;
  }

  /** Claims keys for the running transaction; those that were free. */
  Set<String> claim(List<Claim> claims) {
    return jdbc.sql(CLAIM)
        .paramSource(
            columns(claims)
                .addValue("now", now())
                .addValue("worker", instances.self())
                .addValue("requests", all(claims, c -> c.key().request().toBytes(), byte[][]::new))
                .addValue("subjects", all(claims, Claim::subject, String[]::new)))
        .query(
            (row, _) ->
                scope(row.getString("channel"), row.getString("route"), row.getString("key")))
        .set();
  }

  private MapSqlParameterSource columns(List<Claim> claims) {
    return new MapSqlParameterSource()
        .addValue("channels", all(claims, c -> c.key().channel(), String[]::new))
        .addValue("routes", all(claims, c -> c.key().route(), String[]::new))
        .addValue("keys", all(claims, c -> c.key().fingerprint(), String[]::new))
        .addValue(
            "statuses", all(claims, c -> answer(c, a -> a.getStatusCode().value()), Integer[]::new))
        .addValue("headers", all(claims, c -> answer(c, this::headers), String[]::new))
        .addValue("bodies", all(claims, c -> answer(c, a -> sealed(c.key(), a)), byte[][]::new));
  }

  /** One text for what a key is unique within. */
  static String scope(IdempotencyKey key) {
    return scope(key.channel(), key.route(), key.fingerprint());
  }

  private static String scope(String channel, String route, String key) {
    return channel + " " + route + " " + key;
  }

  private static <T> @Nullable T answer(
      Claim claim, Function<ResponseEntity<byte[]>, @Nullable T> part) {
    return claim.answer() == null ? null : part.apply(claim.answer());
  }

  private static <T> T[] all(
      List<Claim> claims, Function<Claim, @Nullable T> value, IntFunction<T[]> array) {
    return claims.stream().map(value).toArray(array);
  }

  private static byte @Nullable [] sealed(IdempotencyKey key, ResponseEntity<byte[]> answer) {
    var body = answer.getBody();
    return body == null ? null : key.seal().encrypt(body);
  }

  private String headers(ResponseEntity<byte[]> answer) {
    return json.writeValueAsString(answer.getHeaders().toSingleValueMap());
  }

  /** Keeps answers to changes that have committed; needs a transaction of its own. */
  void completeLater(List<Claim> answered) {
    deferred.add(COMPLETE_LATER, columns(answered));
  }

  /** Keeps the answer in the transaction of the change. */
  void complete(IdempotencyKey key, ResponseEntity<byte[]> answer) {
    bind(COMPLETE, key)
        .param("status", answer.getStatusCode().value())
        .param("headers", headers(answer))
        .param("body", sealed(key, answer))
        .update();
  }

  /** Whether somebody may still be at work on a request without an answer. */
  boolean isAtWork(Seen seen) {
    return instances.self() != seen.worker() && instances.isAlive(seen.worker());
  }

  Optional<Seen> find(IdempotencyKey key) {
    return bind(FIND, key)
        .query(
            (row, _) -> {
              var status = row.getObject("status", Integer.class);
              return new Seen(
                  IdempotencyKey.Digest.ofBytes(row.getBytes("request")),
                  row.getString("subject"),
                  status == null
                      ? null
                      : ResponseEntity.status(status)
                          .headers(headers(row.getString("headers")))
                          .body(key.seal().decrypt(row.getBytes("body"))),
                  row.getObject("created_at", OffsetDateTime.class).toInstant(),
                  row.getLong("worker"));
            })
        .optional();
  }

  @Scheduled(fixedDelayString = "PT1H")
  void forget() {
    int forgotten;
    do {
      forgotten = jdbc.sql(FORGET).param("before", now().minus(KEPT)).update();
    } while (forgotten > 0);
  }

  private HttpHeaders headers(String stored) {
    var headers = new HttpHeaders();
    json.readValue(stored, new TypeReference<Map<String, String>>() {}).forEach(headers::set);
    return headers;
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private JdbcClient.StatementSpec bind(String sql, IdempotencyKey key) {
    return jdbc.sql(sql)
        .param("channel", key.channel())
        .param("route", key.route())
        .param("key", key.fingerprint());
  }
}
