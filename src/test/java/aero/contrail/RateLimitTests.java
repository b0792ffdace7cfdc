package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** One client cannot crowd out the others. */
@HttpTest
@TestPropertySource(properties = "contrail.web.requests-per-second=5")
class RateLimitTests {

  @LocalServerPort int port;

  @Test
  void whoAsksTooMuchIsToldToWaitAndTheOthersAreServed() {
    var web = Api.anonymous(port).as("web");
    var answers = IntStream.range(0, 20).mapToObj(_ -> web.get("/members/4000000010")).toList();
    assertThat(answers).anyMatch(answer -> answer.status() == 200);
    var refused =
        answers.stream().filter(answer -> answer.status() != 200).findFirst().orElseThrow();
    refused.problem(429, "rate_limited");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("RateLimit-Policy")).contains("q=5");
    assertThat(refused.header("RateLimit")).contains("r=0");
    web.as("agency").get("/orders").expect(200);
    Api.anonymous(port).get("/actuator/health/liveness").expect(200);
  }
}
