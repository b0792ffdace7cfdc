package aero.contrail.sandbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL of one's own: real binaries, durable settings, data in a folder that outlives the
 * process.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final int ANY_PORT = 0;
  private static final Duration SHUTDOWN = Duration.ofSeconds(15);

  private final EmbeddedPostgres postgres;
  private final FileChannel lock;

  private EmbeddedDatabase(EmbeddedPostgres postgres, FileChannel lock) {
    this.postgres = postgres;
    this.lock = lock;
  }

  /**
   * Starts the server on a free port. A server that a killed process left behind on the same data
   * is stopped first.
   *
   * @param folder for the data; made when it is not there
   * @param fresh whether to begin with no data
   * @throws IllegalStateException when it does not start
   */
  public static EmbeddedDatabase start(Path folder, boolean fresh) {
    return start(folder, fresh, ANY_PORT);
  }

  /** The same on a port of one's choice. */
  public static EmbeddedDatabase start(Path folder, boolean fresh, int port) {
    var data = folder.resolve("data");
    try {
      Files.createDirectories(folder);
      var lock = lock(folder.resolve("lock"));
      stopOrphan(data);
      if (fresh) {
        FileSystemUtils.deleteRecursively(data);
      }
      log.info("Starting embedded PostgreSQL on the data in {}", data.toAbsolutePath());
      // The library switches durability off; a crash must lose nothing here either.
      return new EmbeddedDatabase(
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setOverrideWorkingDirectory(folder.resolve("bin").toFile())
              .setCleanDataDirectory(false)
              .setPort(port)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("max_connections", "200")
              .setServerConfig("shared_buffers", "128MB")
              .setServerConfig("max_wal_size", "2GB")
              // Each new file of the write-ahead log stops all commits while it is filled with
              // zeros: 50 to 150 ms here, every two seconds of a busy shop. Old ones are reused.
              .setServerConfig("min_wal_size", "1GB")
              .start(),
          lock);
    } catch (IOException e) {
      throw new IllegalStateException(
          "The embedded PostgreSQL did not start. If its data is damaged, begin afresh with"
              + " --contrail.fresh, or use a database of your own: set spring.datasource.url,"
              + " .username and .password.",
          e);
    }
  }

  public String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  @Override
  public void close() {
    try {
      postgres.close();
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One process at a time: a second one must not stop the first one's server. */
  private static FileChannel lock(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new InvalidConfigurationPropertyValueException(
          "contrail.sandbox.folder",
          file.toAbsolutePath().getParent(),
          "Another process works on the data there. Stop it, or name another folder.");
    }
    return channel;
  }

  /** A server outlives a process that was killed; its first line in postmaster.pid names it. */
  private static void stopOrphan(Path data) throws IOException {
    var pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    var lines = Files.readAllLines(pidFile);
    var orphan =
        lines.isEmpty()
            ? Optional.<ProcessHandle>empty()
            : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
    var isPostgres =
        orphan.flatMap(process -> process.info().command()).stream()
            .anyMatch(command -> command.contains("postgres"));
    var worksOnThisData =
        orphan.flatMap(process -> process.info().commandLine()).stream()
            .anyMatch(command -> command.contains(data.toString()));
    if (isPostgres && worksOnThisData) {
      log.info("Stopping the PostgreSQL that an earlier run left behind");
      stop(orphan.orElseThrow());
    }
    Files.deleteIfExists(pidFile);
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
