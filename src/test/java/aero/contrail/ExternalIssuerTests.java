package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tokens of an issuer elsewhere: those for this API that name a channel, and no others. */
@HttpTest
class ExternalIssuerTests {

  private static final RSAKey KEY = key();
  private static final HttpServer ISSUER = start();
  private static final String ADDRESS = "http://localhost:" + ISSUER.getAddress().getPort();

  @LocalServerPort int port;

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("theirs").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The two documents that a resource server reads of an issuer (OpenID Connect Discovery). */
  private static HttpServer start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var address = "http://localhost:" + server.getAddress().getPort();
      serve(
          server,
          "/.well-known/openid-configuration",
          "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(address, address));
      serve(server, "/keys", new JWKSet(KEY.toPublicJWK()).toString());
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void serve(HttpServer server, String path, String json) {
    server.createContext(
        path,
        exchange -> {
          var body = json.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  @AfterAll
  static void stop() {
    ISSUER.stop(0);
  }

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry properties) {
    properties.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", () -> ADDRESS);
  }

  private static String token(String type, UnaryOperator<JWTClaimsSet.Builder> change)
      throws Exception {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ADDRESS)
            .subject("their-client")
            .audience("contrail")
            .claim("channel", "their-channel")
            .claim("scope", "orders:read")
            .expirationTime(Date.from(Clock.systemUTC().instant().plus(Duration.ofMinutes(5))));
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(KEY.getKeyID())
                .type(new JOSEObjectType(type))
                .build(),
            change.apply(claims).build());
    token.sign(new RSASSASigner(KEY));
    return token.serialize();
  }

  private Api.Answer orders(String token) {
    return Api.anonymous(port).get("/orders", "Authorization", "Bearer " + token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "JWT"})
  void aTokenForThisApiIsTaken(String type) throws Exception {
    var token = token(type, claims -> claims);
    orders(token).expect(200);
    Api.anonymous(port)
        .get("/flights?origin=EWR&date=2030-01-01", "Authorization", "Bearer " + token)
        .problem(403, "forbidden");
  }

  @Test
  void whatIsMissingIsNotMadeUp() throws Exception {
    orders(token("at+jwt", claims -> claims.claim("channel", null))).problem(401, "unauthorized");
    orders(token("at+jwt", claims -> claims.claim("channel", " "))).problem(401, "unauthorized");
    orders(token("at+jwt", claims -> claims.claim("channel", 7))).problem(401, "unauthorized");
    orders(token("at+jwt", claims -> claims.audience((String) null))).problem(401, "unauthorized");
    orders(token("at+jwt", claims -> claims.audience("another-api"))).problem(401, "unauthorized");
    orders(token("at+jwt", claims -> claims.issuer("http://elsewhere")))
        .problem(401, "unauthorized");
    orders(token("at+jwt", claims -> claims.expirationTime(null))).problem(401, "unauthorized");
    orders(token("id+jwt", claims -> claims)).problem(401, "unauthorized");
    orders(token("at+jwt", claims -> claims.claim("scope", null))).problem(403, "forbidden");
  }

  /** There is one issuer: the embedded server gives no tokens beside it. */
  @Test
  void theEmbeddedServerIsOff() throws Exception {
    var answer =
        Api.anonymous(port)
            .post("/oauth2/token", "", "Authorization", Api.basic("web", "web-secret"));
    assertThat(answer.status()).isIn(401, 404);
    assertThat(answer.text()).doesNotContain("access_token");
  }
}
