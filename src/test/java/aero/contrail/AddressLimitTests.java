package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
  }

  @Test
  void aFormThatCannotBeReadIsRefused() {
    Awaitility.await("room").until(() -> Api.anonymous(port).get("/problems").status() == 200);
    for (var form : List.of("grant_type=%zz", "%", "grant_type=client_credentials&%zz=1")) {
      var refused = form(form, "web-secret", "/oauth2/token");
      refused.problem(400, "invalid_token_request");
      assertThat(refused.at("/error")).isEqualTo("invalid_request");
    }
  }

  private Api.Answer token(String secret, String path) {
    return form("grant_type=client_credentials", secret, path);
  }

  private Api.Answer form(String form, String secret, String path) {
    return Api.anonymous(port)
        .send(
            "POST",
            path,
            "application/x-www-form-urlencoded",
            form.getBytes(StandardCharsets.UTF_8),
            "Authorization",
            Api.basic("web", secret));
  }
}
