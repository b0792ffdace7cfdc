package aero.contrail;

import static java.nio.charset.StandardCharsets.UTF_8;

import aero.contrail.sandbox.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
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

  static final String MASTER_KEY =
      Base64.getEncoder().encodeToString("32 bytes that tests seal keys by".getBytes(UTF_8));

  private static final EmbeddedDatabase SERVER = start();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static EmbeddedDatabase start() {
    var folder = Path.of("target", "test-postgres-" + ProcessHandle.current().pid());
    var server = EmbeddedDatabase.start(folder, true);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }

  /** What the database of an address is called. */
  static String nameOf(String url) {
    return url.replaceAll(".*/([a-z_0-9]+)\\?.*", "$1");
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
    var url = create();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test-database",
                Map.of(
                    "spring.datasource.url",
                    url,
                    "spring.datasource.username",
                    "postgres",
                    "spring.datasource.password",
                    "postgres",
                    "contrail.sandbox.database",
                    nameOf(url),
                    "contrail.security.master-key",
                    MASTER_KEY)));
  }
}
