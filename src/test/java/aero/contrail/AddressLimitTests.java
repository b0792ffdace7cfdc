package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

  @Test
  void refusalsAndWrongSecretsAreCountedTogether() {
    var api = Api.anonymous(port);
    var web = api.token("web");
    var refused = api.get("/orders");
    for (var i = 0; refused.status() == 401 && i < 2 * BURST; i++) {
      token("wrong", "/oauth2/token");
      token("wrong", "/oauth2/%74oken");
      refused = api.get("/orders");
    }
    refused.problem(429, "rate_limited");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("RateLimit")).contains("r=0");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"address\";q=1;w=1");
    assertThat(refused.header("Api-Version")).isEqualTo("1");
    api.get("/actuator/health/liveness").expect(200);

    Awaitility.await("the limit to let go").until(() -> api.get("/problems").status() == 200);
    for (var i = 0; i < 3 * BURST; i++) { // what turns out well is not counted
      api.get("/orders", "Authorization", "Bearer " + web).expect(200);
    }
    // Whoever checks tokens keeps the keys for minutes.
    Awaitility.await("the limit").until(() -> api.get("/oauth2/jwks").status() == 429);
  }

  private void token(String secret, String path) {
    Api.anonymous(port)
        .send(
            "POST",
            path,
            "application/x-www-form-urlencoded",
            "grant_type=client_credentials".getBytes(StandardCharsets.UTF_8),
            "Authorization",
            Api.basic("web", secret));
  }
}
