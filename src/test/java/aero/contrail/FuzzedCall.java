package aero.contrail;

import aero.contrail.OpenApiContract.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that is made up from the description of the API: mostly as it should be, with something
 * wrong in it here and there. The same random numbers make the same calls.
 */
final class FuzzedCall {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String LONG = "x".repeat(30_000);

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "null",
          "%00",
          "\u0000",
          "\u202E",
          "é",
          "\uD83D\uDE00",
          "../x",
          "a/b",
          "1E400000000",
          "99999999999999999999",
          "2026-13-45",
          "2026-12-01T00:00:00Z",
          "';--",
          "{}");

  private static final List<JsonNode> ODD_VALUES =
      List.of(
          JSON.nullNode(),
          JSON.booleanNode(true),
          JSON.numberNode(-1),
          JSON.numberNode(1e300),
          JSON.numberNode(Long.MAX_VALUE),
          JSON.stringNode("\u0000"),
          JSON.stringNode("\u200B"),
          JSON.stringNode("1E400000000"),
          JSON.stringNode(LONG),
          JSON.arrayNode(),
          JSON.objectNode(),
          JSON.arrayNode().add(JSON.nullNode()));

  private final Random random;
  private final OpenApiContract api;
  private final Map<String, List<String>> known;

  /**
   * @param known values that exist, by the name of the property or parameter
   */
  FuzzedCall(Random random, OpenApiContract api, Map<String, List<String>> known) {
    this.random = random;
    this.api = api;
    this.known = known;
  }

  /** What to send; a character of the body is a byte. */
  record Call(String method, String path, String contentType, String body, List<String> headers) {}

  Call of(Route route) {
    var path = new StringBuilder(route.template());
    var query = new ArrayList<String>();
    var headers = new ArrayList<String>();
    for (var parameter : route.operation().at("/parameters").values()) {
      var name = parameter.at("/name").asString();
      switch (parameter.at("/in").asString()) {
        case "path" -> {
          var at = path.indexOf("{" + name + "}");
          path.replace(at, at + name.length() + 2, encoded(value(route, name, parameter)));
        }
        case "query" -> {
          if (parameter.at("/required").asBoolean() ? !in(20) : in(4)) {
            query.add(name + "=" + encoded(value(route, name, parameter)));
          }
        }
        default -> header(name, headers);
      }
    }
    if (in(30)) {
      query.add("surprise=1");
    }
    if (in(30)) {
      headers.addAll(List.of("Api-Version", "9"));
    }
    if (in(30)) {
      headers.addAll(List.of("Accept", one(List.of("text/html", "application/yaml", "x", "*/*"))));
    }
    var content = route.operation().at("/requestBody/content");
    var type = content.propertyStream().map(Map.Entry::getKey).findFirst().orElse("");
    var file = route.template().endsWith("/imports");
    return new Call(
        route.method(),
        path + (query.isEmpty() ? "" : "?" + String.join("&", query)),
        in(40)
            ? one(List.of("text/plain", "application/xml", "text/csv"))
            : file ? "text/csv" : type,
        new String(
            file
                ? file()
                : type.isEmpty()
                    ? noBody()
                    : body(type, content.at("/" + pointer(type) + "/schema")),
            StandardCharsets.ISO_8859_1),
        headers);
  }

  private static String pointer(String type) {
    return type.replace("~", "~0").replace("/", "~1");
  }

  private byte[] noBody() {
    return in(40) ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];
  }

  private void header(String name, List<String> headers) {
    var value =
        switch (name) {
          case "Idempotency-Key" ->
              in(20)
                  ? one(List.of("k", "\"quoted\"", "ü", LONG.substring(0, 300)))
                  : new UUID(random.nextLong(), random.nextLong()).toString();
          case "Prefer" -> one(List.of("respond-async", "respond-async", "wait=1", "wait=x", "\""));
          case "If-Match" -> one(List.of("\"1\"", "*", "W/\"2\"", "x"));
          default -> "x";
        };
    if (name.equals("Idempotency-Key") ? !in(30) : in(2)) {
      headers.addAll(List.of(name, value));
    }
  }

  private String value(Route route, String name, JsonNode parameter) {
    if (in(6)) {
      return one(ODD);
    }
    var noun = route.template().substring(1).split("/", 2)[0];
    var pool = known.getOrDefault(noun + "." + name, known.get(name));
    return pool == null ? text(name, api.resolved(parameter.at("/schema"))) : one(pool);
  }

  private String text(String name, JsonNode schema) {
    return generated(name, schema).asString();
  }

  /** Some header lines and rows, hardly ever a schedule. */
  private byte[] file() {
    return random
        .ints(random.nextInt(400), 9, 126)
        .mapToObj(
            c -> in(9) ? one(List.of(",", "\n", "\"", "flight", "2026-12-01")) : (char) c + "")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] body(String type, JsonNode schema) {
    var value = generated("", api.resolved(schema));
    if (type.equals(FORM)) {
      return form(value);
    }
    for (var faults = in(2) ? 0 : 1 + random.nextInt(2); faults > 0; faults--) {
      spoil(value);
    }
    var text = JsonMapper.shared().writeValueAsString(value);
    text =
        switch (random.nextInt(60)) {
          case 0 -> text.substring(0, random.nextInt(text.length() + 1));
          case 1 -> text + "x";
          case 2 -> text.replaceFirst("\\{", "{\"offerId\":\"1\",\"offerId\":\"2\",");
          case 3 -> text.replaceFirst("\"[^\"]*\"", "1E400000000");
          case 4 -> "[".repeat(3000);
          case 5 -> "";
          case 6 -> text.replace('"', '\'');
          default -> text;
        };
    return in(60) ? text.getBytes(StandardCharsets.UTF_16) : text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] form(JsonNode value) {
    return value
        .propertyStream()
        .filter(_ -> !in(9))
        .map(
            field ->
                field.getKey() + "=" + (in(6) ? one(ODD) : encoded(field.getValue().asString())))
        .collect(Collectors.joining(in(20) ? "&&" : "&"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private void spoil(JsonNode value) {
    switch (value) {
      case ObjectNode object when !object.isEmpty() -> {
        var name = one(List.copyOf(object.propertyNames()));
        var inner = object.get(name);
        if (inner.isContainer() && !inner.isEmpty() && !in(3)) {
          spoil(inner);
        } else if (in(4)) {
          object.remove(name);
        } else if (in(6)) {
          object.put("surprise", 1);
        } else {
          object.set(
              name, one(ODD_VALUES).deepCopy()); // else a later fault could put it into itself
        }
      }
      case ArrayNode array when !array.isEmpty() -> {
        if (in(3)) {
          array.add(one(ODD_VALUES).deepCopy());
        } else {
          spoil(array.get(random.nextInt(array.size())));
        }
      }
      default -> {}
    }
  }

  private JsonNode generated(String name, JsonNode schema) {
    var pool = known.get(name);
    if (pool != null) {
      return JSON.stringNode(one(pool));
    }
    var example = schema.at("/example");
    return switch (schema.at("/type").asString()) {
      case "object" -> {
        var object = JSON.objectNode();
        var required = schema.at("/required").valueStream().map(JsonNode::asString).toList();
        for (var property : schema.at("/properties").properties()) {
          if (required.contains(property.getKey()) || in(2)) {
            var inner = api.resolved(property.getValue());
            object.set(property.getKey(), generated(property.getKey(), inner));
          }
        }
        yield object;
      }
      case "array" -> {
        var array = JSON.arrayNode();
        for (var items = 1 + (in(4) ? random.nextInt(12) : 0); items > 0; items--) {
          array.add(generated(name, api.resolved(schema.at("/items"))));
        }
        yield array;
      }
      case "integer" ->
          JSON.numberNode(
              schema.at("/minimum").asInt(0)
                  + random.nextInt(Math.max(1, Math.min(9, schema.at("/maximum").asInt(9)))));
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      default ->
          JSON.stringNode(
              !schema.at("/enum").isEmpty()
                  ? schema.at("/enum").get(random.nextInt(schema.at("/enum").size())).asString()
                  : !example.isMissingNode()
                      ? example.asString()
                      : schema.at("/format").asString().equals("date") ? "1990-12-10" : "Ada");
    };
  }

  /** True once in so many times. */
  private boolean in(int times) {
    return random.nextInt(times) == 0;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
