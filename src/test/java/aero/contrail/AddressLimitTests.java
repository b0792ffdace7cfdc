package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Whoever is not known may fail, ask for tokens and read open pages so often, and no more. */
@HttpTest
@TestPropertySource(properties = "contrail.web.refusals-per-second=1")
class AddressLimitTests {

  private static final int BURST = 10;

  @LocalServerPort int port;

  private void awaitRoom() {
    var api = Api.anonymous(port);
    Awaitility.await("the limit to let go")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> api.get("/actuator/health/liveness").header("RateLimit").contains("r=" + BURST));
  }

  @Test
  void refusalsAndWrongSecretsAreCountedTogether() {
    awaitRoom();
    var api = Api.anonymous(port);
    for (var i = 0; i < BURST; i++) {
      api.get("/orders");
      token("wrong");
    }
    var refused = api.get("/orders").problem(429, "rate_limited");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("RateLimit")).contains("r=0");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"address\";q=1;w=1");
    token("web-secret").problem(429, "rate_limited");
  }

  @Test
  void whatTurnsOutWellIsNotCounted() {
    awaitRoom();
    var web = Api.anonymous(port).as("web");
    for (var i = 0; i < 3 * BURST; i++) {
      web.get("/orders").expect(200);
    }
  }

  private Api.Answer token(String secret) {
    return Api.anonymous(port)
        .send(
            "POST",
            "/oauth2/token",
            "application/x-www-form-urlencoded",
            "grant_type=client_credentials".getBytes(StandardCharsets.UTF_8),
            "Authorization",
            Api.basic("web", secret));
  }
}
