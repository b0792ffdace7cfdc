package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Calls the API as a client does, over HTTP with a token. */
final class Api {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

  private final String base;
  private final @Nullable String client;

  private Api(String base, @Nullable String client) {
    this.base = base;
    this.client = client;
  }

  static Api anonymous(int port) {
    return new Api("http://localhost:" + port, null);
  }

  Api as(String otherClient) {
    return new Api(base, otherClient);
  }

  /** What came back; the body is missing when it was no JSON. */
  record Answer(int status, HttpHeaders headers, String text) {

    JsonNode json() {
      return text.isEmpty() ? JsonNodeFactory.instance.missingNode() : JSON.readTree(text);
    }

    /** A value of the body by JSON pointer, as text. */
    String at(String pointer) {
      return json().at(pointer).asString();
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    Answer expect(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }

    /** Checks that it is a problem of the kind, complete. */
    Answer problem(int expected, String code) {
      expect(expected);
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(at("/code")).as(text).isEqualTo(code);
      assertThat(json().at("/status").asInt()).isEqualTo(expected);
      assertThat(at("/type")).endsWith("/problems/" + code);
      for (var field : new String[] {"title", "detail", "instance", "requestId"}) {
        assertThat(at("/" + field)).as("%s of %s", field, text).isNotEmpty();
      }
      assertThat(json().at("/retryable").isBoolean()).isTrue();
      assertThat(json().at("/errors").isArray()).isTrue();
      return this;
    }
  }

  Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  Answer post(String path, Object body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(text(body))));
  }

  /** Posts with a new idempotency key. */
  Answer create(String path, Object body, String... headers) {
    var all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Idempotency-Key";
    all[headers.length + 1] = UUID.randomUUID().toString();
    return post(path, body, all);
  }

  Answer send(String method, String path, String contentType, byte[] body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", contentType)
            .method(method, BodyPublishers.ofByteArray(body)));
  }

  Answer patch(String path, Object body, String... headers) {
    return send(
        "PATCH", path, "application/json", text(body).getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer delete(String path, String... headers) {
    return send(request(path, headers).DELETE());
  }

  Answer put(String path, Object body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(text(body))));
  }

  /** Repeats a call until its answer has the value. */
  Answer await(String path, String pointer, String value) {
    return Awaitility.await("%s of %s to be %s".formatted(pointer, path, value))
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(25))
        .until(() -> get(path), answer -> answer.at(pointer).equals(value));
  }

  /** What is no text. */
  byte[] bytes(String path, String type) {
    try {
      var answer =
          HTTP.send(request(path, "Accept", type).GET().build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads lines as they come, until the answer ends or the thread is interrupted. */
  void follow(String path, Consumer<String> lines, String... headers) {
    try {
      HTTP.send(request(path, headers).GET().build(), BodyHandlers.ofLines())
          .body()
          .takeWhile(_ -> !Thread.currentThread().isInterrupted())
          .forEach(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (client != null) {
      request.header("Authorization", "Bearer " + token(client));
    }
    return request;
  }

  String token(String client) {
    return token(client, "");
  }

  /** A token with the scopes of the client, or only those that are named. */
  String token(String client, String scopes) {
    return TOKENS.computeIfAbsent(
        base + client + scopes,
        _ ->
            send(HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                    .header("Authorization", basic(client, client + "-secret"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(
                        BodyPublishers.ofString(
                            "grant_type=client_credentials"
                                + (scopes.isEmpty() ? "" : "&scope=" + scopes))))
                .expect(200)
                .at("/access_token"));
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Object body) {
    return body instanceof String text ? text : JSON.writeValueAsString(body);
  }

  /** Whatever a test asks for, the answer is one that the description of the API names. */
  private static Answer send(HttpRequest.Builder builder) {
    try {
      var request = builder.build();
      var response = HTTP.send(request, BodyHandlers.ofString());
      var answer = new Answer(response.statusCode(), response.headers(), response.body());
      var isProblem = answer.header("Content-Type").equals("application/problem+json");
      OpenApiContract.committed()
          .check(
              request.method(),
              request.uri().getPath(),
              answer.status(),
              isProblem ? answer.at("/code") : "");
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
