package aero.contrail.eventlog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * What operators see of the log, and can do: {@code GET /actuator/eventlog}, {@code …/parked},
 * {@code …/interventions}; {@code POST /actuator/eventlog/retry}, {@code skip}, {@code retire},
 * {@code rebuild}, {@code give-up}. Decisions are recorded with who made them.
 */
@Component
@Endpoint(id = "eventlog")
class EventLogEndpoint {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 200;
  private static final char SEPARATOR = ' ';

  private final Backlog backlog;
  private final ConsumerRegister consumers;
  private final ParkedStreams parked;
  private final Parking parking;
  private final Rebuilds rebuilds;
  private final Interventions interventions;

  EventLogEndpoint(
      Backlog backlog,
      ConsumerRegister consumers,
      ParkedStreams parked,
      Parking parking,
      Rebuilds rebuilds,
      Interventions interventions) {
    this.backlog = backlog;
    this.consumers = consumers;
    this.parked = parked;
    this.parking = parking;
    this.rebuilds = rebuilds;
    this.interventions = interventions;
  }

  /** The whole log at a glance. */
  record Overview(
      List<Backlog.Lag> consumers,
      double oldestWriterSeconds,
      List<ConsumerRegister.Gone> gone,
      List<Rebuilds.Rebuild> rebuilds) {}

  /** A page; {@code next} is the cursor of the one after it, null on the last. */
  record Listing<T>(List<T> items, @Nullable String next) {}

  /** Why not. */
  record Refusal(int status, String code, String detail) {}

  @ReadOperation
  Overview overview() {
    var now = backlog.snapshot();
    return new Overview(now.lags(), now.oldestWriterSeconds(), consumers.gone(), rebuilds.list());
  }

  @ReadOperation
  WebEndpointResponse<?> list(
      @Selector String what,
      @Nullable String consumer,
      @Nullable String cursor,
      @Nullable Integer limit) {
    var most = limit == null ? DEFAULT_LIMIT : limit;
    if (most < 1 || most > MOST) {
      return refused(400, "invalid_parameter", "limit is from 1 to " + MOST + ".");
    }
    return switch (what) {
      case "parked" -> parked(consumer, cursor, most);
      case "interventions" -> interventions(cursor, most);
      default -> refused(404, "not_found", "There are parked and interventions.");
    };
  }

  private WebEndpointResponse<?> parked(
      @Nullable String consumer, @Nullable String cursor, int limit) {
    var after = cursor == null ? "" + SEPARATOR : cursor;
    var at = after.indexOf(SEPARATOR);
    if (at < 0) {
      return refused(400, "invalid_parameter", "cursor is not one that a list gave out.");
    }
    var found = parked.list(consumer, after.substring(0, at), after.substring(at + 1), limit + 1);
    var page = found.subList(0, Math.min(limit, found.size()));
    return new WebEndpointResponse<>(
        new Listing<>(
            List.copyOf(page),
            found.size() > limit
                ? page.getLast().consumer() + SEPARATOR + page.getLast().stream()
                : null));
  }

  private WebEndpointResponse<?> interventions(@Nullable String cursor, int limit) {
    long before;
    try {
      before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      return refused(400, "invalid_parameter", "cursor is not one that a list gave out.");
    }
    var found = interventions.list(before, limit + 1);
    var page = found.subList(0, Math.min(limit, found.size()));
    return new WebEndpointResponse<>(
        new Listing<>(
            List.copyOf(page), found.size() > limit ? Long.toString(page.getLast().id()) : null));
  }

  @WriteOperation
  WebEndpointResponse<?> decide(
      SecurityContext security,
      @Selector String action,
      String consumer,
      @Nullable String stream,
      @Nullable String reason) {
    var actor = actor(security);
    return switch (action.toLowerCase(Locale.ROOT)) {
      case "retry" ->
          stream == null
              ? missing("stream")
              : answer(parking.retry(consumer, stream, actor, reason), consumer, stream);
      case "skip" ->
          stream == null || isBlank(reason)
              ? missing(stream == null ? "stream" : "reason")
              : answer(
                  parking.skip(consumer, stream, actor, String.valueOf(reason)), consumer, stream);
      case "retire" ->
          isBlank(reason)
              ? missing("reason")
              : consumers.retire(consumer, actor, String.valueOf(reason))
                  ? done()
                  : refused(404, "not_found", "Nothing of consumer " + consumer + " is gone.");
      case "rebuild" -> answer(rebuilds.begin(consumer, actor), consumer);
      case "give-up" -> answer(rebuilds.giveUp(consumer, actor), consumer);
      default -> refused(404, "not_found", "There are retry, skip, retire, rebuild and give-up.");
    };
  }

  private static WebEndpointResponse<?> answer(boolean done, String consumer, String stream) {
    return done
        ? done()
        : refused(
            404,
            "not_found",
            "Stream %s is not parked for %s, or is being tried at this moment."
                .formatted(stream, consumer));
  }

  private static WebEndpointResponse<?> answer(Rebuilds.Answer answer, String consumer) {
    return switch (answer) {
      case DONE -> done();
      case NOT_A_READ_MODEL ->
          refused(
              409,
              "illegal_state",
              "%s is no read model: to run it again would repeat its effects.".formatted(consumer));
      case ALREADY_RUNNING ->
          refused(409, "illegal_state", "%s is being rebuilt.".formatted(consumer));
      case NOT_RUNNING ->
          refused(409, "illegal_state", "%s is not being rebuilt.".formatted(consumer));
    };
  }

  private static WebEndpointResponse<?> done() {
    return new WebEndpointResponse<>(Map.of("status", "accepted"), 202);
  }

  private static WebEndpointResponse<?> missing(String property) {
    return refused(400, "invalid_parameter", "The property " + property + " is missing.");
  }

  private static WebEndpointResponse<?> refused(int status, String code, String detail) {
    return new WebEndpointResponse<>(new Refusal(status, code, detail), status);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static String actor(SecurityContext security) {
    return "staff:"
        + Optional.ofNullable(security.getPrincipal()).map(p -> p.getName()).orElse("unknown");
  }
}
