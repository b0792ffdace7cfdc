package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a glance at the sources would find, found by a test. */
class TidyTests {

  private static final int LONGEST_FILE = 330;
  private static final int LONGEST_LINE = 100;

  private static final int MOST_TYPES = 25;

  /** Packages still to be split by subject; these numbers may only shrink. */
  private static final Map<String, Integer> TO_BE_SPLIT = Map.of();

  /** Catalogues and whole stories read better in one piece. */
  private static final Set<String> LONG_ON_PURPOSE =
      Set.of(
          "ProblemCode.java",
          "JourneyTests.java",
          "OrderEvent.java",
          "ReservationEvent.java",
          "OrderDecider.java",
          "FlightIndex.java",
          "LogBenchmark.java",
          "OrderDeciderTests.java");

  private static final Pattern FOREIGN_SCHEMA =
      Pattern.compile("\\b(eventlog|web|shopping|orders|reservation|loyalty)\\.[a-z_]+\\b");

  @Test
  void filesAreShort() throws IOException {
    var tooLong = new ArrayList<String>();
    for (var file : FormatTests.sources()) {
      var lines = Files.readAllLines(file);
      if (lines.size() > LONGEST_FILE && !LONG_ON_PURPOSE.contains(file.getFileName().toString())) {
        tooLong.add(file + " has " + lines.size() + " lines");
      }
      for (var line : lines) {
        if (line.length() > LONGEST_LINE && !line.startsWith("import ")) {
          tooLong.add(file + ": " + line);
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void packagesAreSmall() throws IOException {
    var types = new TreeMap<String, Integer>();
    for (var file : FormatTests.sources()) {
      if (file.startsWith("src/main") && !file.endsWith("package-info.java")) {
        types.merge(folder(file).toString(), 1, Integer::sum);
      }
    }
    types
        .entrySet()
        .removeIf(
            p ->
                p.getValue()
                    <= TO_BE_SPLIT.getOrDefault(
                        Path.of(p.getKey()).getFileName().toString(), MOST_TYPES));
    assertThat(types).isEmpty();
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    try (var packages = Files.walk(Path.of("src/main/java/aero/contrail"))) {
      var unmarked =
          packages
              .filter(Files::isDirectory)
              .filter(folder -> !isNullMarked(folder))
              .map(Path::toString)
              .toList();
      assertThat(unmarked).isEmpty();
    }
  }

  private static boolean isNullMarked(Path folder) {
    try {
      return Files.readString(folder.resolve("package-info.java")).contains("@NullMarked");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aModulesSqlNamesItsOwnSchemaAlone() throws IOException {
    var foreign = new ArrayList<String>();
    for (var file : FormatTests.sources()) {
      if (file.startsWith("src/main")) {
        var module = module(file);
        for (var sql : textBlocks(Files.readString(file))) {
          foreign.addAll(foreignSchemas(sql, module, file));
        }
      }
    }
    try (var migrations = Files.walk(Path.of("src/main/resources/db/migration"))) {
      for (var file : migrations.filter(Files::isRegularFile).toList()) {
        var module = folder(file).getFileName().toString();
        foreign.addAll(
            foreignSchemas(Files.readString(file).replaceAll("--.*|'[^']*'", ""), module, file));
      }
    }
    assertThat(foreign).isEmpty();
  }

  /** The first segment below the root package. */
  private static String module(Path file) {
    return Path.of("src/main/java/aero/contrail").relativize(file).getName(0).toString();
  }

  private static List<String> textBlocks(String source) {
    return Pattern.compile("\"\"\"(.*?)\"\"\"", Pattern.DOTALL)
        .matcher(source)
        .results()
        .map(match -> match.group(1).replaceAll("'[^']*'", ""))
        .filter(text -> text.contains("select ") || text.contains("update "))
        .toList();
  }

  private static List<String> foreignSchemas(String sql, String module, Path file) {
    // The schema of order is orders (a reserved word); the sandbox's clock lives with the web's.
    var own =
        switch (module) {
          case "order" -> "orders";
          case "sandbox" -> "web";
          default -> module;
        };
    return FOREIGN_SCHEMA
        .matcher(sql)
        .results()
        .map(match -> match.group())
        .filter(name -> !name.startsWith(own + "."))
        .map(name -> file + " names " + name)
        .toList();
  }

  @Test
  void switchesOverFamiliesHaveNoDefault() throws IOException {
    var withDefault = new ArrayList<String>();
    for (var file : FormatTests.sources()) {
      var name = file.getFileName().toString();
      if (file.startsWith("src/main")
          && (name.endsWith("Decider.java") || name.endsWith("Evolution.java"))
          && Files.readString(file).contains("default ->")) {
        withDefault.add(name);
      }
    }
    assertThat(withDefault).isEmpty();
  }

  /** The table "To change …, go to …" of the architecture leads to files that exist. */
  @Test
  void theWayToAChangeExists() throws IOException {
    var table = Files.readString(Path.of("docs/architecture/README.md"));
    var missing =
        Pattern.compile("`([A-Za-z/_0-9]+\\.(?:java|sql))`")
            .matcher(table)
            .results()
            .map(match -> match.group(1))
            .filter(
                file ->
                    Files.notExists(Path.of(file))
                        && Files.notExists(Path.of("src/main/java/aero/contrail", file)))
            .toList();
    assertThat(missing).isEmpty();
  }
}
