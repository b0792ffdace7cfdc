package aero.contrail.eventlog.tracing;

import aero.contrail.eventlog.Traces;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TracesConfiguration {

  private static final Logger log = LoggerFactory.getLogger(TracesConfiguration.class);

  /** Only where there is something to carry traces with: in the profile {@code tracing}. */
  @Bean
  Traces traces(
      ObjectProvider<Tracer> tracer,
      ObjectProvider<Propagator> propagator,
      ObjectProvider<SpanExporter> exporters) {
    var carrier = propagator.getIfAvailable();
    if (carrier == null) {
      return Traces.NONE;
    }
    if (exporters.stream().findAny().isEmpty()) {
      log.warn(
          "Nobody takes the traces: set management.opentelemetry.tracing.export.otlp.endpoint, or"
              + " leave the profile tracing out");
    }
    return new SpanTraces(tracer.getObject(), carrier);
  }
}
