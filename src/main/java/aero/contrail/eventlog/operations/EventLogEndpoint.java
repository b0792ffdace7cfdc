package aero.contrail.eventlog.operations;

import aero.contrail.eventlog.delivery.Backlog;
import aero.contrail.eventlog.delivery.ConsumerRegister;
import aero.contrail.eventlog.delivery.Dispatcher;
import aero.contrail.eventlog.delivery.ParkedStreams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

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
  private static final int LONGEST_REASON = 500;

  /** Stands in no consumer's id, and needs no escape in an address. */
  private static final char SEPARATOR = ',';

  private final Backlog backlog;
  private final ConsumerRegister consumers;
  private final Dispatcher dispatcher;
  private final ParkedStreams parked;
  private final Decisions decisions;
  private final Rebuilds rebuilds;
  private final Interventions interventions;

  EventLogEndpoint(
      Backlog backlog,
      ConsumerRegister consumers,
      Dispatcher dispatcher,
      ParkedStreams parked,
      Decisions decisions,
      Rebuilds rebuilds,
      Interventions interventions) {
    this.backlog = backlog;
    this.consumers = consumers;
    this.parked = parked;
    this.decisions = decisions;
    this.dispatcher = dispatcher;
    this.rebuilds = rebuilds;
    this.interventions = interventions;
  }

  /** The whole log at a glance. */
  record Overview(
      List<Backlog.Lag> consumers,
      Map<String, String> troubles,
      Backlog.@Nullable Holder heldBackBy,
      List<ConsumerRegister.Gone> gone,
      List<RebuildTable.Rebuild> rebuilds) {}

  /** A page; {@code next} is the cursor of the one after it, null on the last. */
  record Listing<T>(List<T> items, @Nullable String next) {}

  @ReadOperation
  Overview overview() {
    var now = backlog.snapshot();
    return new Overview(
        now.lags(), dispatcher.troubles(), now.heldBackBy(), consumers.gone(), rebuilds.list());
  }

  @ReadOperation
  Listing<?> list(
      @Selector String what,
      @Nullable String consumer,
      @Nullable String cursor,
      @Nullable Integer limit) {
    var most = limit == null ? DEFAULT_LIMIT : limit;
    if (most < 1 || most > MOST) {
      throw refusal(HttpStatus.BAD_REQUEST, "limit is from 1 to " + MOST + ".");
    }
    return switch (what) {
      case "parked" -> parked(consumer, cursor, most);
      case "interventions" -> interventions(cursor, most);
      default -> throw refusal(HttpStatus.NOT_FOUND, "There are parked and interventions.");
    };
  }

  private Listing<?> parked(@Nullable String consumer, @Nullable String cursor, int limit) {
    var after = cursor == null ? "" + SEPARATOR : cursor;
    var at = after.indexOf(SEPARATOR);
    if (at < 0) {
      throw badCursor();
    }
    return page(
        parked.list(consumer, after.substring(0, at), after.substring(at + 1), limit + 1),
        limit,
        last -> last.consumer() + SEPARATOR + last.stream());
  }

  private Listing<?> interventions(@Nullable String cursor, int limit) {
    try {
      var before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
      return page(interventions.list(before, limit + 1), limit, last -> Long.toString(last.id()));
    } catch (NumberFormatException e) {
      throw badCursor();
    }
  }

  private static <T> Listing<T> page(List<T> found, int limit, Function<T, String> next) {
    var page = List.copyOf(found.subList(0, Math.min(limit, found.size())));
    return new Listing<>(page, found.size() > limit ? next.apply(page.getLast()) : null);
  }

  @WriteOperation
  WebEndpointResponse<?> decide(
      SecurityContext security,
      @Selector String action,
      String consumer,
      @Nullable String stream,
      @Nullable String reason) {
    var actor = actor(security);
    if (reason != null && !isFit(reason)) {
      throw refusal(
          HttpStatus.BAD_REQUEST,
          "reason has at most %d characters, and no line breaks.".formatted(LONGEST_REASON));
    }
    switch (action) {
      case "retry" ->
          require(
              decisions.retry(consumer, required(stream, "stream"), actor, reason),
              consumer,
              stream);
      case "skip" ->
          require(
              decisions.skip(
                  consumer, required(stream, "stream"), actor, required(reason, "reason")),
              consumer,
              stream);
      case "retire" ->
          require(decisions.retire(consumer, actor, required(reason, "reason")), consumer);
      case "rebuild" -> require(rebuilds.begin(consumer, actor, reason), consumer);
      case "give-up" -> require(rebuilds.giveUp(consumer, actor, reason), consumer);
      default ->
          throw refusal(
              HttpStatus.NOT_FOUND, "There are retry, skip, retire, rebuild and give-up.");
    }
    return new WebEndpointResponse<>(Map.of("status", "accepted"), 202);
  }

  /** A reason gets into logs and lists: it must not forge lines or fill pages. */
  private static boolean isFit(String reason) {
    return reason.length() <= LONGEST_REASON && reason.chars().noneMatch(Character::isISOControl);
  }

  private static String required(@Nullable String value, String property) {
    if (value == null || value.isBlank()) {
      throw refusal(HttpStatus.BAD_REQUEST, "The property " + property + " is missing.");
    }
    return value;
  }

  private static void require(Decisions.Answer answer, String consumer, @Nullable String stream) {
    switch (answer) {
      case DONE -> {}
      case NOT_PARKED ->
          throw refusal(
              HttpStatus.NOT_FOUND, "Stream %s is not parked for %s.".formatted(stream, consumer));
      case BEING_TRIED ->
          throw refusal(
              HttpStatus.CONFLICT,
              "Stream %s of %s is being tried at this moment.".formatted(stream, consumer));
    }
  }

  private static void require(Decisions.Retirement answer, String consumer) {
    switch (answer) {
      case DONE -> {}
      case NOTHING_GONE ->
          throw refusal(HttpStatus.NOT_FOUND, "Nothing of consumer " + consumer + " is gone.");
      case HANDLED_ELSEWHERE ->
          throw refusal(
              HttpStatus.CONFLICT,
              "An instance of another release handles it: stop that one first, or ask it.");
    }
  }

  private static void require(Rebuilds.Answer answer, String consumer) {
    switch (answer) {
      case DONE -> {}
      case NOT_A_READ_MODEL ->
          throw refusal(
              HttpStatus.CONFLICT,
              "%s is no read model: to run it again would repeat its effects.".formatted(consumer));
      case ALREADY_RUNNING ->
          throw refusal(HttpStatus.CONFLICT, "%s is being rebuilt.".formatted(consumer));
      case NOT_RUNNING ->
          throw refusal(HttpStatus.CONFLICT, "%s is not being rebuilt.".formatted(consumer));
    }
  }

  private static ErrorResponseException badCursor() {
    return refusal(HttpStatus.BAD_REQUEST, "cursor is not one that a list gave out.");
  }

  /** The edge answers it with a problem, as all of the API. */
  private static ErrorResponseException refusal(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }

  private static String actor(SecurityContext security) {
    return "staff:"
        + Optional.ofNullable(security.getPrincipal()).map(p -> p.getName()).orElse("unknown");
  }
}
