package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the committed description of the API says of an answer. Thread-safe. */
final class OpenApiContract {

  /** Answers that come before an operation is found: of the server, or of no operation. */
  private static final Set<Integer> OF_NO_OPERATION = Set.of(405, 414);

  private static final OpenApiContract COMMITTED = read(Path.of("docs/openapi.yaml"));

  /** An operation and where it answers. */
  record Route(String method, String template, JsonNode operation) {

    boolean serves(String calledMethod, String calledPath) {
      var asked = calledMethod.equals("HEAD") ? "GET" : calledMethod;
      return asked.equals(method)
          && Pattern.matches(template.replaceAll("\\{[^}]*}", "[^/]+"), calledPath);
    }
  }

  private final JsonNode api;
  private final List<Route> routes;

  private OpenApiContract(JsonNode api) {
    this.api = api;
    this.routes =
        api.at("/paths")
            .propertyStream()
            .flatMap(
                path ->
                    path.getValue()
                        .propertyStream()
                        .map(
                            operation ->
                                new Route(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    operation.getValue())))
            .sorted(Comparator.comparing(route -> route.template().contains("{")))
            .toList();
  }

  static OpenApiContract committed() {
    return COMMITTED;
  }

  private static OpenApiContract read(Path file) {
    try (var text = Files.newBufferedReader(file)) {
      Object yaml = new Yaml().load(text);
      return new OpenApiContract(JsonMapper.shared().valueToTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Route> routes() {
    return routes;
  }

  /** A schema, also one that is only referred to. */
  JsonNode resolved(JsonNode schema) {
    var reference = schema.at("/$ref").asString();
    return reference.isEmpty() ? schema : api.at(reference.substring(1));
  }

  Optional<Route> find(String method, String path) {
    return routes.stream().filter(route -> route.serves(method, path)).findFirst();
  }

  /** Fails when an operation gave an answer that its description does not name. */
  void check(String method, String path, int status, String problemCode) {
    if (OF_NO_OPERATION.contains(status)) {
      return;
    }
    find(method, path)
        .ifPresent(
            route -> {
              var answer = "%s %s: %d %s".formatted(method, route.template(), status, problemCode);
              var described = resolved(route.operation().at("/responses/" + status));
              assertThat(described.isObject()).as("in docs/openapi.yaml: " + answer).isTrue();
              if (!problemCode.isEmpty()) {
                assertThat(described.at("/x-problem-codes").valueStream().map(JsonNode::asString))
                    .as("in docs/openapi.yaml: " + answer)
                    .contains(problemCode);
              }
            });
  }
}
