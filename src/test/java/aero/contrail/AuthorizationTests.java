package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.web.security.ApiScopes;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Tries every route of the application with every scope, and writes down who is let in. A route
 * that nobody is let into has no rule yet.
 */
@HttpTest
class AuthorizationTests {

  private static final Path TABLE = Path.of("docs/operations/authorisation.md");
  private static final String ANYBODY = "anybody";

  @LocalServerPort int port;
  @Autowired Collection<RequestMappingInfoHandlerMapping> mappings;
  @Autowired JWKSource<SecurityContext> keys;

  private Api api = Api.anonymous(0);
  private final AtomicInteger cells = new AtomicInteger();

  @BeforeEach
  void connect() {
    api = Api.anonymous(port);
  }

  private record Route(String method, String pattern) {

    String path() {
      return pattern.replaceAll("\\{[^}]*}", "x").replace("**", "x");
    }

    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  private List<Route> routes() {
    return mappings.stream()
        .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
        .flatMap(AuthorizationTests::routes)
        .distinct()
        .filter(route -> !route.pattern().startsWith("/error"))
        .toList();
  }

  private static Stream<Route> routes(RequestMappingInfo info) {
    var methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .flatMap(
            pattern ->
                (methods.isEmpty() ? List.of(RequestMethod.GET) : methods)
                    .stream()
                        .flatMap(
                            method ->
                                method == RequestMethod.GET
                                    ? Stream.of("GET", "HEAD")
                                    : Stream.of(method.name()))
                        .map(method -> new Route(method, pattern)));
  }

  private Api.Answer call(Route route, String token) {
    cells.incrementAndGet();
    var headers =
        token.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + token};
    return api.send(
        route.method(),
        route.path(),
        "application/json",
        "{}".getBytes(StandardCharsets.UTF_8),
        headers);
  }

  private boolean isLetIn(Route route, String token) {
    var answer = call(route, token);
    assertThat(answer.status()).as("%s: %s", route, answer.text()).isNotEqualTo(500);
    return answer.status() != 401
        && answer.status() != 403
        && !answer.text().contains("There is no resource");
  }

  @Test
  void everyRouteIsOpenToItsScopesAloneAndTheTableSaysSo() throws Exception {
    var tokens = new LinkedHashMap<String, String>();
    ApiScopes.ALL.forEach(scope -> tokens.put(scope, api.token("backoffice", scope)));
    var table = new TreeMap<String, String>();
    for (var route : routes()) {
      var open = isLetIn(route, "");
      var scopes =
          tokens.entrySet().stream()
              .filter(token -> isLetIn(route, token.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(scopes).as("%s has no rule: see ApiSecurity", route).isNotEmpty();
      table.merge(
          route.pattern() + " | " + (open ? ANYBODY : String.join(" or ", scopes)),
          route.method(),
          (known, more) -> sorted(known + ", " + more));
    }
    refuseStrangers();
    System.out.println("authorisation: " + cells + " cells tried");
    var text = text(table);
    if (Boolean.getBoolean("docs.apply")) {
      Files.writeString(TABLE, text);
    }
    assertThat(Files.readString(TABLE))
        .as("write it again: mvn test -Dtest=AuthorizationTests -Ddocs.apply=true")
        .isEqualTo(text);
  }

  private static String sorted(String methods) {
    return Stream.of(methods.split(", ", -1)).sorted().collect(Collectors.joining(", "));
  }

  private static String text(Map<String, String> table) {
    var rows = new ArrayList<String>();
    table.forEach(
        (key, methods) -> {
          var parts = key.split(" \\| ", -1);
          rows.add("| `%s` | %s | %s |".formatted(parts[0], methods, parts[1]));
        });
    return """
    # Who may call what

    Written by the build, which tries every cell. What no rule names is refused. Each channel sees
    its own orders only; `backoffice:read` sees all. Not routes of the application, and so
    not here: the files of Swagger UI, which anybody may read, and `/oauth2/token`, which asks for a
    client and its secret.

    | Route | Methods | Scope |
    |---|---|---|
    %s
    """
        .formatted(String.join("\n", rows));
  }

  /** Tokens that are right in all but one thing. */
  private void refuseStrangers() throws JOSEException {
    var issuer = "http://localhost:8080";
    var soon = Duration.ofMinutes(5);
    var key =
        keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null).getFirst().toRSAKey();
    var right = token(key, "at+jwt", issuer, "contrail", soon);
    assertThat(isLetIn(new Route("GET", "/orders"), right)).isTrue();
    var wrong =
        Map.of(
            "expired", token(key, "at+jwt", issuer, "contrail", Duration.ofMinutes(-5)),
            "of another issuer", token(key, "at+jwt", "http://evil.example", "contrail", soon),
            "for somebody else", token(key, "at+jwt", issuer, "other", soon),
            "not an access token", token(key, "JWT", issuer, "contrail", soon),
            "signed by another key",
                token(
                    new RSAKeyGenerator(2048).keyID("x").generate(),
                    "at+jwt",
                    issuer,
                    "contrail",
                    soon),
            "no token at all", "x");
    for (var route : routes()) {
      if (!isLetIn(route, "")) {
        wrong.forEach(
            (why, token) ->
                assertThat(call(route, token).status()).as("%s: %s", route, why).isEqualTo(401));
      }
    }
  }

  private static String token(
      RSAKey key, String type, String issuer, String audience, Duration lifetime)
      throws JOSEException {
    var now = Clock.systemUTC().instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(audience)
            .subject("web")
            .claim("client_id", "web")
            .claim("channel", "web")
            .claim("scope", ApiScopes.ALL)
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now.minus(Duration.ofHours(1))))
            .expirationTime(Date.from(now.plus(lifetime)))
            .build();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(key.getKeyID())
            .type(new JOSEObjectType(type))
            .build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  @Test
  void openPathsAnswerReadersAlone() {
    for (var path : List.of("/problems", "/actuator/health", "/v3/api-docs", "/swagger-ui.html")) {
      for (var method : List.of("POST", "PUT", "PATCH", "DELETE")) {
        assertThat(call(new Route(method, path), "").status()).as(method + path).isEqualTo(401);
      }
    }
  }

  @Test
  void whatNoRuleNamesIsNotThereForWhoIsKnown() {
    api.as("web").get("/nowhere").problem(404, "not_found");
    api.get("/nowhere").problem(401, "unauthorized");
  }

  /** The files of the table name what exists; none is written by hand. */
  @Test
  void theTableIsWhereOperatorsLook() throws IOException {
    assertThat(Files.readString(Path.of("README.md"))).contains(TABLE.toString());
  }
}
