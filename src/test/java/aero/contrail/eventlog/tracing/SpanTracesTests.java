package aero.contrail.eventlog.tracing;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.DomainEvent;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/** Spans of events: one for each that is traced, ended with the transaction. */
class SpanTracesTests {

  private static final String CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final List<SpanData> ended = new ArrayList<>();

  @BeforeEach
  void begin() {
    TransactionSynchronizationManager.initSynchronization();
  }

  @AfterEach
  void end() {
    TransactionSynchronizationManager.clearSynchronization();
  }

  private SpanTraces traces(Sampler sampler) {
    var provider =
        SdkTracerProvider.builder()
            .setSampler(sampler)
            .addSpanProcessor(SimpleSpanProcessor.create(new Ended()))
            .build();
    var tracer = provider.get("test");
    var propagators = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
    return new SpanTraces(
        new OtelTracer(tracer, new OtelCurrentTraceContext(), _ -> {}),
        new OtelPropagator(propagators, tracer));
  }

  private final class Ended implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      ended.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static Recorded<DomainEvent> event(@Nullable String trace) {
    var fact = fact(order(), 1);
    return new Recorded<>(
        UUID.randomUUID(),
        fact.stream(),
        1,
        "reservation.SegmentFlown.v2",
        fact.at(),
        new Origin("channel:web", "web", "correlation-1", trace),
        null,
        fact);
  }

  private static void complete(int status) {
    TransactionSynchronizationUtils.invokeAfterCompletion(
        TransactionSynchronizationManager.getSynchronizations(), status);
  }

  @Test
  void whatHandlersPublishIsPartOfTheSpanOfItsCause() {
    var events = List.of(event(CALLER), event(null));
    var traced = traces(Sampler.alwaysOn()).go("test.consumer", events);
    assertThat(ended).as("before the commit").isEmpty();
    complete(TransactionSynchronization.STATUS_COMMITTED);
    assertThat(ended).hasSize(1);
    var span = ended.getFirst();
    assertThat(span.getName()).isEqualTo("test.consumer SegmentFlown");
    assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(traced.getFirst().origin().trace())
        .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-" + span.getSpanId() + "-01");
    assertThat(traced.getLast()).isEqualTo(events.getLast());
  }

  @Test
  void whatIsRolledBackIsAnError() {
    traces(Sampler.alwaysOn()).go("test.consumer", List.of(event(CALLER)));
    complete(TransactionSynchronization.STATUS_ROLLED_BACK);
    assertThat(ended.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void whatIsNotSampledIsNotRecorded() {
    assertThat(traces(Sampler.alwaysOn()).current()).as("outside of a span").isNull();
    var provider = SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()).build();
    var span = provider.get("test").spanBuilder("request").startSpan();
    try (var _ = span.makeCurrent()) {
      assertThat(traces(Sampler.alwaysOff()).current()).isNull();
    }
  }
}
