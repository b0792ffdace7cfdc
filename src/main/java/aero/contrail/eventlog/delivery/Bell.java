package aero.contrail.eventlog.delivery;

import aero.contrail.database.Instances;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the other instances that there are new events, and hears from them ({@code listen}/{@code
 * notify}). A transaction that notifies commits under a lock of the whole server, one at a time; so
 * publishers do not: what they committed is gathered and told by a transaction of its own, a
 * hundred times a second at most. What a crash keeps from being told is found by the poll.
 */
@Component
class Bell {

  private static final Logger log = LoggerFactory.getLogger(Bell.class);

  private static final String CHANNEL = "contrail_events";

  /** Losing the message is no loss: its commit need not wait for the disk. */
  private static final String RING =
      """
      select set_config('synchronous_commit', 'off', true), pg_notify(:channel, :message)::text
      """;

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration LISTEN = Duration.ofSeconds(5);
  private static final Duration RECONNECT = Duration.ofSeconds(1);

  /** PostgreSQL takes less than 8000 bytes. */
  private static final int LONGEST_MESSAGE = 7000;

  /** Stands for everything. */
  static final String ALL = "*";

  private final String self = UUID.randomUUID().toString();
  private final JdbcClient jdbc;
  private final JdbcConnectionDetails database;
  private final Instances instances;
  // What has been committed and not told yet. Guarded by itself.
  private final Set<String> untold = new TreeSet<>();
  private volatile @Nullable Connection listening;
  private volatile boolean closed;

  Bell(JdbcClient jdbc, JdbcConnectionDetails database, Instances instances) {
    this.jdbc = jdbc;
    this.database = database;
    this.instances = instances;
  }

  /** Is told what others have committed; {@link #ALL} when something may have been missed. */
  interface Listener {
    void heard(Set<String> types);
  }

  /** Has others told of which types something was committed. Returns at once. */
  void ring(Set<String> types) {
    synchronized (untold) {
      untold.addAll(types);
      untold.notifyAll();
    }
  }

  /** Tells the others until interrupted. */
  void tell() {
    try {
      while (true) {
        var message = next();
        try {
          jdbc.sql(RING)
              .param("channel", CHANNEL)
              .param("message", self + " " + message)
              .query((_, _) -> true)
              .single();
        } catch (RuntimeException | Error e) {
          log.warn("Could not tell the other instances; they find out by their polls", e);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      log.debug("Stopped telling");
    }
  }

  private String next() throws InterruptedException {
    synchronized (untold) {
      while (untold.isEmpty()) {
        untold.wait();
      }
      var message = String.join(" ", untold);
      untold.clear();
      return message.length() > LONGEST_MESSAGE ? ALL : message;
    }
  }

  /** Hears from the others until closed. */
  void listen(Listener listener) {
    closed = false;
    while (!closed) {
      try (var connection = connect();
          var statement = connection.createStatement()) {
        listening = connection;
        instances.live(connection);
        statement.execute("listen " + CHANNEL);
        listener.heard(Set.of(ALL));
        hear(connection, statement, listener);
      } catch (SQLException | RuntimeException | Error e) {
        if (!closed) {
          log.warn("Cannot hear from other instances, next try in {}", RECONNECT, e);
          pause();
        }
      }
    }
  }

  void close() {
    closed = true;
    var connection = listening;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        log.debug("Was closed already", e);
      }
    }
  }

  /** Not from the pool, whose connections are renewed now and then. */
  private Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", String.valueOf(database.getUsername()));
    properties.setProperty("password", String.valueOf(database.getPassword()));
    properties.setProperty("ApplicationName", "contrail-bell");
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "15");
    properties.setProperty("tcpKeepAlive", "true");
    return DriverManager.getConnection(database.getJdbcUrl(), properties);
  }

  private void hear(Connection connection, Statement statement, Listener listener)
      throws SQLException {
    while (!closed) {
      var notifications =
          connection.unwrap(PGConnection.class).getNotifications((int) LISTEN.toMillis());
      var types =
          Arrays.stream(notifications)
              .map(PGNotification::getParameter)
              .filter(message -> !message.startsWith(self))
              .flatMap(message -> Arrays.stream(message.split(" ")).skip(1))
              .collect(Collectors.toSet());
      if (!types.isEmpty()) {
        listener.heard(types);
      }
      if (notifications.length == 0) {
        statement.execute("select 1"); // is the line still up?
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RECONNECT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
