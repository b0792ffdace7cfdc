package aero.contrail;

import aero.contrail.sandbox.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives every application context of the tests a database of its own, on one real PostgreSQL with
 * durable settings that all tests of the process share.
 */
public final class TestDatabase
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final EmbeddedDatabase SERVER = start();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static EmbeddedDatabase start() {
    var folder = Path.of("target", "test-postgres-" + ProcessHandle.current().pid());
    var server = EmbeddedDatabase.start(folder, true);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }

  /** Makes an empty database; its JDBC address. */
  public static String create() {
    var name = "test_" + COUNT.incrementAndGet();
    try (var connection = DriverManager.getConnection(SERVER.url());
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return SERVER.url().replace("/postgres?", "/" + name + "?");
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test-database",
                Map.of(
                    "spring.datasource.url", create(),
                    "spring.datasource.username", "postgres",
                    "spring.datasource.password", "postgres")));
  }
}
