package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.EventType;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.util.ApplicationModulesExporter;
import org.springframework.modulith.docs.Documenter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The documents that the build writes into the tree: module diagrams, canvases, and which event
 * goes where. {@code -Ddocs.apply=true} writes them; otherwise a difference fails the build.
 */
class ModuleDocumentationTests {

  private static final Path COMMITTED = Path.of("docs/architecture/modules");
  private static final Path METADATA =
      Path.of("src/main/resources/META-INF/spring-modulith/application-modules.json");
  private static final String GENERATED = "target/module-docs";

  @Test
  void isUpToDate() throws IOException {
    new Documenter(
            ApplicationModules.of(Contrail.class),
            Documenter.Options.defaults().withOutputFolder(GENERATED))
        .writeModulesAsPlantUml()
        .writeIndividualModulesAsPlantUml()
        .writeModuleCanvases(Documenter.CanvasOptions.defaults().revealInternals());
    var fresh = read(Path.of(GENERATED));
    fresh.replaceAll((_, text) -> inStableOrder(text));
    fresh.put("event-catalogue.md", eventCatalogue());
    if (Boolean.getBoolean("docs.apply")) {
      write(fresh);
    }
    assertThat(read(COMMITTED))
        .as("write it again: mvn test -Dtest=ModuleDocumentationTests -Ddocs.apply=true")
        .isEqualTo(fresh);
  }

  /** What the application would otherwise find out at every start, by reading all its classes. */
  @Test
  void theMetadataForTheStartIsUpToDate() throws IOException {
    var exported = new ApplicationModulesExporter(ApplicationModules.of(Contrail.class));
    var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    var fresh = json.writeValueAsString(modulesSorted(json.readTree(exported.toFullJson()))) + "\n";
    if (Boolean.getBoolean("docs.apply")) {
      Files.createDirectories(Objects.requireNonNull(METADATA.getParent()));
      Files.writeString(METADATA, fresh);
    }
    assertThat(Files.readString(METADATA))
        .as("write it again: mvn test -Dtest=ModuleDocumentationTests -Ddocs.apply=true")
        .isEqualTo(fresh);
  }

  /** Everything comes out in the order of hashes but the modules, whose order means something. */
  private static JsonNode modulesSorted(JsonNode modules) {
    var same = JsonNodeFactory.instance.objectNode();
    modules.properties().forEach(module -> same.set(module.getKey(), sorted(module.getValue())));
    return same;
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      var sorted = JsonNodeFactory.instance.arrayNode();
      node.valueStream()
          .map(ModuleDocumentationTests::sorted)
          .sorted(Comparator.comparing(JsonNode::toString))
          .forEach(sorted::add);
      return sorted;
    }
    if (node.isObject()) {
      var sorted = JsonNodeFactory.instance.objectNode();
      node.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> sorted.set(entry.getKey(), sorted(entry.getValue())));
      return sorted;
    }
    return node;
  }

  /** Relations and bullets come out in the order of hashes: sorted, they can be compared. */
  private static String inStableOrder(String text) {
    var lines = new ArrayList<String>();
    var run = new ArrayList<String>();
    for (var line : text.lines().toList()) {
      if (line.startsWith("Rel(") || line.startsWith("** ")) {
        run.add(line);
      } else {
        lines.addAll(run.stream().sorted().toList());
        run.clear();
        lines.add(line);
      }
    }
    lines.addAll(run.stream().sorted().toList());
    return String.join("\n", lines) + "\n";
  }

  private static String eventCatalogue() {
    JavaClasses code =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("aero.contrail");
    var consumers = new TreeMap<String, TreeSet<String>>();
    for (var type : code) {
      for (var method : type.getMethods()) {
        if (method.isAnnotatedWith(EventHandler.class)) {
          for (var event : events(method)) {
            consumers
                .computeIfAbsent(event, _ -> new TreeSet<>())
                .add(method.getAnnotationOfType(EventHandler.class).value());
          }
        }
      }
    }
    var catalogue = new StringBuilder();
    catalogue.append(
        """
        # Event catalogue

        Written by the build: which facts exist, by the name under which they are stored, and which
        consumers hear of them. A fact without a consumer is history that only its owner reads.

        | Fact | Consumers |
        |---|---|
        """);
    for (var name : storedNames(DomainEvent.class)) {
      catalogue
          .append("| `%s` | ".formatted(name))
          .append(
              consumers.getOrDefault(name, new TreeSet<>()).stream()
                  .map(id -> "`" + id + "`")
                  .collect(Collectors.joining(", ")))
          .append(" |\n");
    }
    return catalogue.toString();
  }

  private static List<String> events(JavaMethod method) {
    var parameter = method.getParameterTypes().getFirst();
    var erased =
        parameter instanceof JavaParameterizedType list
            ? list.getActualTypeArguments().getFirst().toErasure()
            : parameter.toErasure();
    return storedNames(erased.reflect());
  }

  private static List<String> storedNames(Class<?> family) {
    if (!family.isSealed()) {
      var name = family.getAnnotation(EventType.class);
      return name == null ? List.of() : List.of(name.value());
    }
    var names = new ArrayList<String>();
    for (var fact : family.getPermittedSubclasses()) {
      names.addAll(storedNames(fact));
    }
    return names.stream().distinct().toList();
  }

  private static Map<String, String> read(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    if (Files.exists(folder)) {
      try (var all = Files.list(folder)) {
        all.forEach(
            file -> {
              try {
                files.put(file.getFileName().toString(), Files.readString(file));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
    }
    return files;
  }

  private static void write(Map<String, String> files) throws IOException {
    Files.createDirectories(COMMITTED);
    for (var file : files.entrySet()) {
      Files.writeString(COMMITTED.resolve(file.getKey()), file.getValue());
    }
  }
}
