package aero.contrail.eventlog.tracing;

import aero.contrail.eventlog.Recorded;
import aero.contrail.eventlog.Traces;
import aero.contrail.events.DomainEvent;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes spans of what consumers do, named as OpenTelemetry's conventions for messaging have it: a
 * span for each event, although a batch is handled at once, so that each trace is whole.
 */
final class SpanTraces implements Traces {

  private static final String TRACEPARENT = "traceparent";

  private final Tracer tracer;
  private final Propagator propagator;

  SpanTraces(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  /** What nobody looks at is as good as not traced. */
  @Override
  public @Nullable String current() {
    var span = tracer.currentSpan();
    return span == null || !Boolean.TRUE.equals(span.context().sampled())
        ? null
        : traceparent(span);
  }

  private @Nullable String traceparent(Span span) {
    var headers = new HashMap<String, String>();
    propagator.inject(span.context(), headers, (_, name, value) -> headers.put(name, value));
    return headers.get(TRACEPARENT);
  }

  @Override
  public List<Recorded<DomainEvent>> go(String consumer, List<Recorded<DomainEvent>> batch) {
    var spans = new ArrayList<Span>();
    var traced = new ArrayList<Recorded<DomainEvent>>(batch.size());
    for (var event : batch) {
      var publisher = event.origin().trace();
      if (publisher == null) {
        traced.add(event);
      } else {
        var span = begin(consumer, event, publisher, batch.size());
        spans.add(span);
        traced.add(event.in(traceparent(span)));
      }
    }
    if (!spans.isEmpty()) {
      TransactionSynchronizationManager.registerSynchronization(new End(spans));
    }
    return traced;
  }

  private Span begin(String consumer, Recorded<?> event, String publisher, int count) {
    return propagator
        .extract(publisher, (header, name) -> name.equals(TRACEPARENT) ? header : null)
        .name(consumer + " " + event.name())
        .kind(Span.Kind.CONSUMER)
        .tag("messaging.system", "contrail")
        .tag("messaging.operation.type", "process")
        .tag("messaging.consumer.group.name", consumer)
        .tag("messaging.destination.name", event.type())
        .tag("messaging.message.id", event.id().toString())
        .tag("messaging.message.conversation_id", event.origin().correlationId())
        .tag("messaging.batch.message_count", count)
        .tag("contrail.stream", event.stream())
        .start();
  }

  /** What was rolled back is tried again, in spans of its own. */
  private record End(List<Span> spans) implements TransactionSynchronization {

    @Override
    public void afterCompletion(int status) {
      for (var span : spans) {
        if (status != STATUS_COMMITTED) {
          span.error(new NotCommitted(status == STATUS_ROLLED_BACK ? "rolled back" : "unknown"));
        }
        span.end();
      }
    }
  }

  /** Why stands in the log of the instance. */
  private static final class NotCommitted extends RuntimeException {

    NotCommitted(String outcome) {
      super(outcome, null, false, false);
    }
  }
}
