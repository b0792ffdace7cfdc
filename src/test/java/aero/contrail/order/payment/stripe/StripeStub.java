package aero.contrail.order.payment.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stripe's HTTP API as far as payments need it, on a port of this machine: payment intents,
 * refunds, idempotency keys, and what goes wrong. The payment method says what becomes of a card,
 * {@link #dropNextAnswers} and {@link #slow} what becomes of calls.
 */
public final class StripeStub implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServer server;
  private final Map<String, Map<String, Object>> intents = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> refunds = new ConcurrentHashMap<>();

  /** What was answered under a key. */
  private final Map<String, Reply> answered = new ConcurrentHashMap<>();

  private final AtomicInteger drops = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicBoolean forgetsKeys = new AtomicBoolean();
  private volatile Duration slowness = Duration.ZERO;

  private record Reply(int status, Map<String, Object> body) {}

  /** On a free port. */
  public StripeStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it listens. */
  public String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /**
   * Does what it is asked so many times, and hangs up before it has answered; twice each, for the
   * JDK repeats a call by itself when the connection is lost.
   */
  public void dropNextAnswers(int times) {
    drops.set(2 * times);
  }

  /** Calls for a card that is slow take so long. */
  public void slow(Duration howLong) {
    slowness = howLong;
  }

  /** A day later: what was answered under a key is not known any more. */
  public void forgetKeys() {
    forgetsKeys.set(true);
    answered.clear();
  }

  /** How often it was called. */
  public int calls() {
    return calls.get();
  }

  /** All payment intents, as they are. */
  public List<Map<String, Object>> intents() {
    return List.copyOf(intents.values());
  }

  /** All refunds, as they are. */
  public List<Map<String, Object>> refunds() {
    return List.copyOf(refunds.values());
  }

  /** The customer does what he was sent for. */
  public void act(String intent) {
    change(intent, "requires_capture");
  }

  private Map<String, Object> change(String intent, String status) {
    var changed = Objects.requireNonNull(intents.get(intent));
    changed.put("status", status);
    return changed;
  }

  private void handle(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    var form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    var path = exchange.getRequestURI().getPath();
    var query = exchange.getRequestURI().getRawQuery();
    if ("pm_slow".equals(form.get("payment_method"))) {
      pause();
    }
    var reply = once(key, () -> answer(exchange.getRequestMethod(), path, form, query));
    if (drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.close(); // the client reads an end where an answer should begin
      return;
    }
    var body = JSON.writeValueAsBytes(reply.body());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void pause() {
    try {
      Thread.sleep(slowness);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply once(@Nullable String key, Supplier<Reply> answer) {
    return key == null ? answer.get() : answered.computeIfAbsent(key, _ -> answer.get());
  }

  private Reply answer(
      String method, String path, Map<String, String> form, @Nullable String query) {
    var parts = path.split("/", -1);
    if (path.equals("/v1/payment_intents") && method.equals("POST")) {
      return create(form);
    }
    if (path.equals("/v1/payment_intents/search")) {
      return list(found(URLDecoder.decode(String.valueOf(query), StandardCharsets.UTF_8)));
    }
    if (path.equals("/v1/refunds")) {
      return method.equals("POST") ? refund(form) : list(refundsOf(form(String.valueOf(query))));
    }
    var intent = parts.length > 3 ? intents.get(parts[3]) : null;
    if (intent == null) {
      return error(404, "invalid_request_error", "resource_missing");
    }
    return switch (parts.length > 4 ? parts[4] : "") {
      case "capture" -> move(intent, "succeeded");
      case "cancel" -> move(intent, "canceled");
      default -> new Reply(200, intent);
    };
  }

  private Reply create(Map<String, String> form) {
    var card = String.valueOf(form.get("payment_method"));
    var id = "pi_" + UUID.randomUUID().toString().replace("-", "");
    var intent = new LinkedHashMap<String, Object>();
    intent.put("id", id);
    intent.put("object", "payment_intent");
    intent.put("amount", Long.parseLong(String.valueOf(form.get("amount"))));
    intent.put("currency", form.get("currency"));
    intent.put("capture_method", form.get("capture_method"));
    intent.put(
        "metadata", Map.of("instruction", String.valueOf(form.get("metadata[instruction]"))));
    return switch (card) {
      case "pm_declined" -> {
        intent.put("status", "requires_payment_method");
        intents.put(id, intent);
        yield declined(intent);
      }
      case "pm_unknown" -> error(400, "invalid_request_error", "resource_missing");
      case "pm_3ds" -> {
        intent.put("status", "requires_action");
        intent.put(
            "next_action",
            Map.of(
                "type",
                "redirect_to_url",
                "redirect_to_url",
                Map.of("url", "https://bank.example/3ds/" + id)));
        intents.put(id, intent);
        yield new Reply(200, new LinkedHashMap<>(intent)); // repeated, it is the answer of then
      }
      case "pm_broken" -> error(500, "api_error", null);
      default -> {
        intent.put("status", "requires_capture");
        intents.put(id, intent);
        yield new Reply(200, new LinkedHashMap<>(intent));
      }
    };
  }

  private static Reply move(Map<String, Object> intent, String to) {
    synchronized (intent) {
      var from = String.valueOf(intent.get("status"));
      if (from.equals("succeeded") || from.equals("canceled")) {
        return error(400, "invalid_request_error", "payment_intent_unexpected_state");
      }
      intent.put("status", to);
      return new Reply(200, new LinkedHashMap<>(intent));
    }
  }

  private Reply refund(Map<String, String> form) {
    var amount = Long.parseLong(String.valueOf(form.get("amount")));
    if (amount == 666) {
      return error(400, "invalid_request_error", "charge_already_refunded");
    }
    var id = "re_" + UUID.randomUUID().toString().replace("-", "");
    var refund = new LinkedHashMap<String, Object>();
    refund.put("id", id);
    refund.put("object", "refund");
    refund.put("amount", amount);
    refund.put("currency", "usd");
    refund.put("payment_intent", form.get("payment_intent"));
    refund.put(
        "metadata", Map.of("instruction", String.valueOf(form.get("metadata[instruction]"))));
    refund.put("status", "pending");
    refunds.put(id, refund);
    return new Reply(200, new LinkedHashMap<>(refund));
  }

  private List<Map<String, Object>> found(String query) {
    return intents.values().stream()
        .filter(
            intent ->
                intent.get("metadata") instanceof Map<?, ?> metadata
                    && query.contains("'" + metadata.get("instruction") + "'"))
        .toList();
  }

  private List<Map<String, Object>> refundsOf(Map<String, String> query) {
    return refunds.values().stream()
        .filter(
            refund ->
                String.valueOf(refund.get("payment_intent")).equals(query.get("payment_intent")))
        .toList();
  }

  private static Reply list(List<Map<String, Object>> items) {
    return new Reply(
        200, Map.of("object", "list", "data", new ArrayList<>(items), "has_more", false));
  }

  private static Reply error(int status, String type, @Nullable String code) {
    var error = new LinkedHashMap<String, Object>();
    error.put("type", type);
    error.put("code", code);
    error.put("message", "refused by the stub");
    return new Reply(status, Map.of("error", error));
  }

  private static Reply declined(Map<String, Object> intent) {
    var error = new LinkedHashMap<String, Object>();
    error.put("type", "card_error");
    error.put("code", "card_declined");
    error.put("decline_code", "insufficient_funds");
    error.put("message", "refused by the stub");
    error.put("payment_intent", new LinkedHashMap<>(intent));
    return new Reply(402, Map.of("error", error));
  }

  private static Map<String, String> form(String text) {
    var form = new LinkedHashMap<String, String>();
    for (var pair : text.split("&", -1)) {
      var parts = pair.split("=", 2);
      if (parts.length == 2) {
        form.put(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
            URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }
}
