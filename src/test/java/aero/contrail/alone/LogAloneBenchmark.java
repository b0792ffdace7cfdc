package aero.contrail.alone;

import aero.contrail.TestDatabase;
import aero.contrail.eventlog.LogInstance;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the log alone can do: a hundred events a transaction, ten a stream, an empty handler; beside
 * Spring Modulith's registry on the same PostgreSQL, taking turns. {@code mvn -Pbenchmark verify
 * -Dit.test=LogAloneBenchmark}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS) // the default is for tests
class LogAloneBenchmark {

  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
  private static final int SECONDS = Integer.getInteger("benchmark.seconds", 20);

  private static final Pattern RESULT = Pattern.compile("RESULT (\\d+) (\\d+) (\\d+)");

  private record Figures(double perSecond, int p50, int p99) {}

  @Test
  void besideTheRegistry() throws Exception {
    var registryJars = List.of(new File("target/registry").listFiles());
    var log = new ArrayList<Figures>();
    var registry = new ArrayList<Figures>();
    for (var round = 1; round <= ROUNDS; round++) {
      log.add(run(LogAlone.class, LogInstance.database(), List.of()));
      System.out.println("log: " + log.getLast());
      registry.add(run(RegistryAlone.class, TestDatabase.create(), registryJars));
      System.out.println("registry: " + registry.getLast());
    }
    System.out.println("| What | events/s | p50 ms | p99 ms |");
    System.out.println("|---|---|---|---|");
    System.out.println("| The log alone | " + row(log));
    System.out.println("| Spring Modulith's JDBC registry | " + row(registry));
    System.out.printf("ratio %.1f%n", median(log) / median(registry));
  }

  private static String row(List<Figures> rounds) {
    return "%s | %s | %s |"
        .formatted(
            rounds.stream().map(f -> "%.0f".formatted(f.perSecond())).toList(),
            rounds.stream().map(Figures::p50).toList(),
            rounds.stream().map(Figures::p99).toList());
  }

  private static double median(List<Figures> rounds) {
    return rounds.stream().map(Figures::perSecond).sorted().toList().get(rounds.size() / 2);
  }

  private static Figures run(Class<?> main, String database, List<File> more)
      throws IOException, InterruptedException {
    var classPath = new ArrayList<String>(List.of(System.getProperty("java.class.path")));
    more.forEach(jar -> classPath.add(jar.getPath()));
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                String.join(File.pathSeparator, classPath),
                main.getName(),
                database,
                "" + SECONDS)
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    var result = RESULT.matcher(output);
    if (!result.find()) {
      throw new IllegalStateException(output);
    }
    return new Figures(
        Double.parseDouble(result.group(1)),
        Integer.parseInt(result.group(2)),
        Integer.parseInt(result.group(3)));
  }
}
