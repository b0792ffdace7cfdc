package aero.contrail;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** In the profile {@code tracing} a collector can follow an order across the log. */
@HttpTest
@ActiveProfiles({"demo", "tracing"})
class TracingTests {

  private static final Collector COLLECTOR = new Collector();

  @LocalServerPort int port;
  private Api web = Api.anonymous(0);
  private Sales sales = new Sales(web);

  @DynamicPropertySource
  static void collector(DynamicPropertyRegistry registry) {
    registry.add("management.opentelemetry.tracing.export.otlp.endpoint", COLLECTOR::endpoint);
    registry.add("management.opentelemetry.tracing.export.schedule-delay", () -> "100ms");
  }

  @AfterAll
  static void stop() {
    COLLECTOR.close();
  }

  @BeforeEach
  void connect() {
    web = Api.anonymous(port).as("web");
    sales = new Sales(web);
  }

  /** What a caller that traces sends along. */
  private record Caller(String trace, String span, String flags) {

    static Caller tracing(String flags) {
      var id = UUID.randomUUID().toString().replace("-", "");
      return new Caller(id, id.substring(16), flags);
    }

    String[] headers() {
      return new String[] {
        "Prefer",
        "wait=20",
        "traceparent",
        "00-%s-%s-%s".formatted(trace, span, flags),
        "X-Request-Id",
        "request-" + trace
      };
    }
  }

  private Caller buy(String offer, String flags) {
    var caller = Caller.tracing(flags);
    var order = web.create("/orders", Sales.ada(offer, "tok_ok"), caller.headers()).expect(201);
    assertThat(order.at("/status")).isEqualTo("TICKETED");
    return caller;
  }

  private static List<Collector.Span> awaitSpan(Caller caller, String name) {
    Awaitility.await(name).atMost(Duration.ofSeconds(20)).until(() -> names(caller).contains(name));
    return COLLECTOR.trace(caller.trace());
  }

  private static List<String> names(Caller caller) {
    return COLLECTOR.trace(caller.trace()).stream().map(Collector.Span::name).toList();
  }

  @Test
  void aTraceFollowsAnOrderFromTheCallToThePoints() {
    var caller = buy(sales.offerId(sales.flight("ORD", "738"), "Y"), "01");
    var spans = awaitSpan(caller, "loyalty.accrual OrderTicketed");
    assertThat(names(caller))
        .contains(
            "http post /orders",
            "reservation.space OrderPlaced",
            "order.progress SpaceHeld",
            "loyalty.accrual OrderTicketed");
    var parents = spans.stream().map(Collector.Span::id).collect(toSet());
    parents.add(caller.span());
    assertThat(spans)
        .as("one tree under the caller's span")
        .allMatch(s -> parents.contains(s.parent()));
    assertThat(spans.stream().filter(span -> span.parent().equals(caller.span()))).hasSize(1);
    assertThat(spans.stream().filter(span -> span.tags().containsKey("messaging.system")))
        .isNotEmpty()
        .allMatch(
            span ->
                span.tags().containsValue("request-" + caller.trace())
                    && span.tags().containsValue("contrail"));
  }

  /** They share batches, but not traces. */
  @Test
  void ordersOfOneMomentAreTracedEachByItself() throws Exception {
    var offer = sales.offerId(sales.flight("ORD", "738"), "Y");
    try (var buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers =
          buyers.invokeAll(Collections.<Callable<Caller>>nCopies(8, () -> buy(offer, "01")));
      var orders = new HashSet<String>();
      for (var caller : callers) {
        var spans = awaitSpan(caller.get(), "loyalty.accrual OrderTicketed");
        var streams =
            spans.stream()
                .map(span -> span.tags().getOrDefault("contrail.stream", ""))
                .filter(stream -> stream.startsWith("order-"))
                .collect(toSet());
        assertThat(streams).hasSize(1);
        orders.addAll(streams);
      }
      assertThat(orders).hasSize(8);
    }
  }

  @Test
  void aSpanNamesNoMemberAndNoLocator() {
    var caller = Caller.tracing("01");
    web.get("/members/4000000010", caller.headers()).expect(200);
    web.get("/reservations/K3X9QD", caller.headers()).expect(404);
    awaitSpan(caller, "http get /reservations/{locator}");
    var spans = awaitSpan(caller, "http get /members/{number}");
    assertThat(spans.toString()).doesNotContain("4000000010", "K3X9QD");
  }

  @Test
  void aCallerThatDoesNotTraceIsNotTraced() {
    var offer = sales.offerId(sales.flight("ORD", "738"), "Y");
    var silent = buy(offer, "00");
    awaitSpan(buy(offer, "01"), "loyalty.accrual OrderTicketed");
    assertThat(names(silent)).isEmpty();
  }
}
