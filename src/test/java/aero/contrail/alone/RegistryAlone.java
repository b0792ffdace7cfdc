package aero.contrail.alone;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Modulith's own publication registry over JDBC, as its documentation shows it, with one
 * empty listener. Needs its jars on the class path. Arguments: an empty database, and seconds.
 */
@EnableAutoConfiguration
@EnableAsync
@Import(RegistryAlone.Listener.class)
final class RegistryAlone {

  private static final Measurement MEASUREMENT = new Measurement();

  private RegistryAlone() {}

  record Fact(UUID stream, int number, Instant at) {}

  /** The three annotations are what {@code @ApplicationModuleListener} stands for. */
  static class Listener {

    @Async
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    @TransactionalEventListener
    public void on(Fact fact) {
      MEASUREMENT.handled(fact.at());
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    try (var context =
        new SpringApplicationBuilder(RegistryAlone.class)
            .web(WebApplicationType.NONE)
            .properties(
                Map.of(
                    "spring.flyway.enabled", false,
                    "spring.modulith.runtime.flyway-enabled", false,
                    "spring.modulith.events.completion-mode", "delete"))
            .run(
                "--spring.datasource.url=" + arguments[0],
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres",
                "--spring.modulith.events.jdbc.schema-initialization.enabled=true",
                "--logging.structured.format.console=")) {
      var transaction = context.getBean(TransactionTemplate.class);
      MEASUREMENT.run(
          Double.parseDouble(arguments[1]),
          () ->
              transaction.executeWithoutResult(
                  _ -> {
                    for (var i = 0; i < Measurement.EVENTS; i += Measurement.EVENTS_PER_STREAM) {
                      var stream = UUID.randomUUID();
                      for (var n = 0; n < Measurement.EVENTS_PER_STREAM; n++) {
                        context.publishEvent(new Fact(stream, n, Clock.systemUTC().instant()));
                      }
                    }
                  }));
    }
  }
}
