package aero.contrail.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The answers that were given to requests with an idempotency key. */
@Repository
class Answers {

  private static final Duration KEPT = Duration.ofDays(2);

  private static final String BEGIN =
      """
      insert into web.idempotency (channel, route, key, request, subject, created_at)
      values (:channel, :route, :key, :request, :subject, :now)
          on conflict (channel, route, key) do nothing
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
      update web.idempotency
         set status = :status, headers = :headers::jsonb, body = :body
        from relaxed
       where channel = :channel and route = :route and key = :key and status is null
      """;

  private static final String FIND =
      """
      select request, subject, status, headers::text as headers, body, created_at
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
  private final JsonMapper json;
  private final Clock clock;

  Answers(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A request that was seen before.
   *
   * @param subject what it was about; null until its change named it
   * @param answer null until it is known
   */
  record Seen(
      IdempotencyKey.Digest request,
      @Nullable String subject,
      @Nullable ResponseEntity<byte[]> answer,
      Instant since) {}

  /**
   * Claims the key for the running transaction. False when it is taken.
   *
   * @param subject what the request is about; null when that is known from its answer alone
   */
  boolean begin(IdempotencyKey key, @Nullable String subject) {
    return bind(BEGIN, key)
            .param("request", key.request().toBytes())
            .param("subject", subject)
            .param("now", now())
            .update()
        == 1;
  }

  /** Keeps the answer in the transaction of the change. */
  void complete(IdempotencyKey key, ResponseEntity<byte[]> answer) {
    complete(COMPLETE, key, answer);
  }

  /** Keeps the answer when the change has committed. */
  void completeLater(IdempotencyKey key, ResponseEntity<byte[]> answer) {
    complete(COMPLETE_LATER, key, answer);
  }

  private void complete(String sql, IdempotencyKey key, ResponseEntity<byte[]> answer) {
    bind(sql, key)
        .param("status", answer.getStatusCode().value())
        .param("headers", json.writeValueAsString(answer.getHeaders().toSingleValueMap()))
        .param("body", answer.getBody())
        .update();
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
                          .body(row.getBytes("body")),
                  row.getObject("created_at", OffsetDateTime.class).toInstant());
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
        .param("key", key.key());
  }
}
