package aero.contrail.eventlog;

import aero.contrail.TestDatabase;
import aero.contrail.eventlog.delivery.Dispatcher;
import aero.contrail.events.DomainEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An instance of the log alone, with handlers, upcasters and a clock of its own, on a database that
 * it may share with others: as releases and machines differ. Its poll is an hour away, unless said
 * otherwise: what it handles, it was woken for.
 */
public final class LogInstance implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private LogInstance(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** No stereotype: the application's own scan must not find it. */
  @EnableAutoConfiguration
  @ComponentScan({"aero.contrail.eventlog", "aero.contrail.database"})
  @ConfigurationPropertiesScan("aero.contrail.eventlog")
  static class TheLogAlone {}

  /** An empty database with the tables of the log, and one to write down what was seen. */
  public static String database() {
    var url = TestDatabase.create();
    Flyway.configure()
        .dataSource(url, "postgres", "postgres")
        .locations("classpath:db/migration/eventlog")
        .defaultSchema("public")
        .load()
        .migrate();
    return url;
  }

  public static Starting on(String database) {
    return new Starting(database);
  }

  /** An instance that is about to be started. */
  public static final class Starting {
    private final String database;
    private final List<Object> beans = new ArrayList<>();
    private Clock clock = Clock.systemUTC();
    private final Map<String, Object> properties = new HashMap<>();

    private Starting(String database) {
      this.database = database;
      properties.put("contrail.eventlog.poll", "PT1H");
    }

    /** Handlers and upcasters. */
    public Starting with(Object... more) {
      beans.addAll(List.of(more));
      return this;
    }

    /** A machine whose clock is wrong. */
    public Starting withClock(Duration ahead) {
      clock = Clock.offset(Clock.systemUTC(), ahead);
      return this;
    }

    public Starting with(String property, Object value) {
      properties.put(property, value);
      return this;
    }

    public LogInstance start() {
      properties.put("spring.datasource.url", database);
      properties.put("spring.datasource.username", "postgres");
      properties.put("spring.datasource.password", "postgres");
      properties.put("spring.flyway.enabled", false);
      properties.put("spring.modulith.runtime.flyway-enabled", false);
      return new LogInstance(
          new SpringApplicationBuilder(TheLogAlone.class)
              .web(WebApplicationType.NONE)
              .initializers(
                  (ApplicationContextInitializer<GenericApplicationContext>)
                      fresh -> {
                        fresh
                            .getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource("instance", properties));
                        fresh.registerBean(Clock.class, () -> clock);
                        for (var i = 0; i < beans.size(); i++) {
                          register(fresh, "given" + i, beans.get(i));
                        }
                      })
              .run("--logging.structured.format.console="));
    }

    @SuppressWarnings("unchecked") // a bean is of its own class
    private static <T> void register(GenericApplicationContext context, String name, T bean) {
      context.registerBean(name, (Class<T>) bean.getClass(), () -> bean);
    }
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public JdbcClient jdbc() {
    return bean(JdbcClient.class);
  }

  /** Publishes facts in one transaction. */
  public void publish(DomainEvent... facts) {
    bean(TransactionTemplate.class)
        .executeWithoutResult(
            _ -> {
              for (var fact : facts) {
                context.publishEvent(fact);
              }
            });
  }

  /** Publishes a fact in the caller's transaction. */
  public void say(DomainEvent fact) {
    context.publishEvent(fact);
  }

  /** What keeps a consumer from getting on, once something does. */
  public String awaitTrouble(String consumer) {
    return Awaitility.await("trouble of " + consumer)
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> bean(Dispatcher.class).troubles().getOrDefault(consumer, ""),
            trouble -> !trouble.isEmpty());
  }

  @Override
  public void close() {
    context.close();
  }
}
