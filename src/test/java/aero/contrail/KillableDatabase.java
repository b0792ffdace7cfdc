package aero.contrail;

import aero.contrail.sandbox.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL with a port of its own that can be killed, and started again on its data. */
final class KillableDatabase implements AutoCloseable {

  private final Path folder;
  private final int port;
  private EmbeddedDatabase server;

  KillableDatabase(Path folder, int port) {
    this(folder, true, port);
  }

  /**
   * @param fresh whether to begin with no data
   */
  KillableDatabase(Path folder, boolean fresh, int port) {
    this.folder = folder;
    this.port = port;
    this.server = EmbeddedDatabase.start(folder, fresh, port);
  }

  String url() {
    return server.url();
  }

  /** As the kernel does it when memory is short: nobody is told, nothing is written any more. */
  void kill() {
    try {
      var postmaster =
          Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
      var processes =
          ProcessHandle.of(postmaster).stream()
              .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
              .toList();
      processes.forEach(ProcessHandle::destroyForcibly);
      for (var process : processes) {
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void startAgain() {
    close();
    server = EmbeddedDatabase.start(folder, false, port);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (RuntimeException alreadyDead) {
      System.out.println("  was dead: " + alreadyDead.getMessage());
    }
  }
}
