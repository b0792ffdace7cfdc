package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** The packaged application, extracted as it is installed, and started as processes of its own. */
final class Installation {

  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** Two slow cores that carry three busy instances need minutes for a fourth's start. */
  private static final Duration START = Duration.ofMinutes(4);

  private final Path folder;

  private Installation(Path folder) {
    this.folder = folder;
  }

  /** Extracts the jar that {@code mvn package} has made. */
  static Installation extract() throws IOException, InterruptedException {
    var folder = Path.of("target", "installation");
    FileSystemUtils.deleteRecursively(folder);
    var extraction =
        new ProcessBuilder(
                JAVA,
                "-Djarmode=tools",
                "-jar",
                jar().toString(),
                "extract",
                "--destination",
                folder.toString())
            .inheritIO()
            .start();
    assertThat(extraction.waitFor()).isZero();
    return new Installation(folder);
  }

  static Path jar() throws IOException {
    try (var files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.toString().matches(".*contrail-[^/]*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** A running instance. */
  record Instance(Process process, int port, Path log) implements AutoCloseable {

    Api api() {
      return Api.anonymous(port);
    }

    boolean isReady() {
      try {
        return api().get("/actuator/health/readiness").status() == 200;
      } catch (RuntimeException notYet) {
        return false;
      }
    }

    Instance awaitReady() {
      Awaitility.await("the application to be ready, see " + log)
          .atMost(START)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> isReady() || !process.isAlive());
      assertThat(process.isAlive()).as("alive, see " + log).isTrue();
      return this;
    }

    /** Sends a signal, for example {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** What is alive after a full collection. */
    long liveHeapMegabytes() throws IOException {
      jcmd("GC.run");
      var used = Pattern.compile("used (\\d+)K").matcher(jcmd("GC.heap_info"));
      return used.find() ? Long.parseLong(used.group(1)) / 1024 : -1;
    }

    private String jcmd(String command) throws IOException {
      var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      var run = new ProcessBuilder(tool, Long.toString(process.pid()), command).start();
      return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    void kill() {
      process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
      kill();
    }
  }

  /** Starts an instance of the sandbox, without flights; does not wait for it to be ready. */
  Instance start(int port, String database, String... settings) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                JAVA,
                "-Xms512m",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djdk.virtualThreadScheduler.parallelism=16"));
    for (var setting : settings) {
      if (setting.startsWith("-X") || setting.startsWith("-D")) {
        command.add(setting);
      }
    }
    command.addAll(
        List.of(
            "-jar",
            folder.resolve(String.valueOf(jar().getFileName())).toString(),
            "--spring.profiles.active=demo",
            "--contrail.demo.week=",
            "--contrail.web.requests-per-second=1000000",
            "--contrail.security.token-lifetime=PT12H",
            "--contrail.sandbox.database=" + TestDatabase.nameOf(database),
            "--server.port=" + port,
            "--spring.datasource.url=" + database,
            "--spring.datasource.username=postgres",
            "--spring.datasource.password=postgres"));
    for (var setting : settings) {
      if (setting.startsWith("--")) {
        command.add(setting);
      }
    }
    var log = Path.of("target", "instance-" + port + ".log");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new Instance(process, port, log);
  }
}
