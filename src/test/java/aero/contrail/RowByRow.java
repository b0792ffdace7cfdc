package aero.contrail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The limit that the log is measured against: the statements of {@code row-by-row.sql} over plain
 * JDBC, each prepared once a connection, one order after the other. The same file runs in pgbench.
 */
final class RowByRow {

  static final Path SCRIPT = Path.of("src/test/resources/benchmark/row-by-row.sql");

  private static final Pattern VARIABLE = Pattern.compile("(?<!:):([a-z]+)");
  private static final Pattern RANDOM =
      Pattern.compile("\\\\set ([a-z]+) random\\((\\d+), (\\d+)\\)");

  private final String database;
  private final Map<String, String> given;
  private final List<MatchResult> randoms;
  private final List<Step> steps;

  /** A statement with question marks, and what stands for them. */
  private record Step(String sql, List<String> names) {

    static Step of(String line) {
      var variables = VARIABLE.matcher(line.substring(0, line.length() - 1));
      var names = variables.results().map(match -> match.group(1)).toList();
      return new Step(variables.replaceAll("?"), names);
    }
  }

  RowByRow(String database, Map<String, String> given) throws IOException {
    this.database = database;
    this.given = Map.copyOf(given);
    var lines = Files.readAllLines(SCRIPT);
    this.randoms = lines.stream().flatMap(line -> RANDOM.matcher(line).results()).toList();
    this.steps = lines.stream().filter(line -> line.endsWith(";")).map(Step::of).toList();
  }

  /** Statements an order, without begin and commit. */
  long statementsPerOrder() {
    return steps.stream().filter(s -> !s.sql().matches("begin|commit")).count();
  }

  long transactionsPerOrder() {
    return steps.stream().filter(s -> s.sql().equals("commit")).count();
  }

  /** Settles orders over a number of connections for a time; how many a second. */
  double perSecond(int connections, double seconds) throws Exception {
    var begun = System.nanoTime();
    var end = begun + (long) (seconds * 1e9);
    var tasks = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < connections; i++) {
      tasks.add(() -> settle(end));
    }
    var settled = 0;
    try (var threads = Executors.newFixedThreadPool(connections)) {
      for (var count : threads.invokeAll(tasks)) {
        settled += count.get();
      }
    }
    return settled / ((System.nanoTime() - begun) / 1e9);
  }

  private int settle(long end) throws SQLException {
    var settled = 0;
    try (var connection =
        DriverManager.getConnection(
            database + "&preparedStatementCacheQueries=512&prepareThreshold=1")) {
      connection.setAutoCommit(false);
      while (System.nanoTime() < end) {
        settle(connection);
        settled++;
      }
    }
    return settled;
  }

  private void settle(Connection connection) throws SQLException {
    var values = new HashMap<String, Object>(given);
    for (var random : randoms) {
      values.put(
          random.group(1),
          ThreadLocalRandom.current()
              .nextLong(Long.parseLong(random.group(2)), Long.parseLong(random.group(3))));
    }
    for (var step : steps) {
      switch (step.sql()) {
        case "begin" -> {} // the driver sends it with the first statement
        case "commit" -> connection.commit();
        default -> execute(connection, step, values);
      }
    }
  }

  private static void execute(Connection connection, Step step, Map<String, Object> values)
      throws SQLException {
    try (var prepared = connection.prepareStatement(step.sql())) {
      for (var i = 0; i < step.names().size(); i++) {
        prepared.setObject(i + 1, values.get(step.names().get(i)));
      }
      prepared.execute();
    }
  }

  /** The same in pgbench, where it is installed; NaN where it is not. */
  double perSecondInPgbench(int connections, int seconds) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                "" + connections,
                "-j",
                "2",
                "-T",
                "" + seconds,
                "-f",
                SCRIPT.toString()));
    given.forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
    command.addAll(List.of("-d", database.replace("jdbc:", "")));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var tps = Pattern.compile("tps = ([0-9.]+)").matcher(output);
      if (!tps.find()) {
        System.out.println(output);
        return Double.NaN;
      }
      return Double.parseDouble(tps.group(1));
    } catch (IOException notInstalled) {
      return Double.NaN;
    }
  }
}
