package aero.contrail.eventlog.tracing;

import aero.contrail.eventlog.Traces;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TracesConfiguration {

  /** Only where there is something to carry traces with: in the profile {@code tracing}. */
  @Bean
  Traces traces(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
    var carrier = propagator.getIfAvailable();
    return carrier == null ? Traces.NONE : new SpanTraces(tracer.getObject(), carrier);
  }
}
