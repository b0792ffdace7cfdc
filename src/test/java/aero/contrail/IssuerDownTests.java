package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** An issuer that does not answer is a matter of time, not of the token or of this server. */
@HttpTest
@TestPropertySource(
    properties = "spring.security.oauth2.resourceserver.jwt.issuer-uri=http://localhost:9")
class IssuerDownTests {

  /** Header and payload of {@code {"alg":"RS256"}} and {@code {}}, and no signature to speak of. */
  private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.e30.AAAA";

  @LocalServerPort int port;

  @Test
  void tokensThatCannotBeCheckedNowAreToBeSentAgain() {
    var answer =
        Api.anonymous(port)
            .get("/orders", "Authorization", "Bearer " + TOKEN)
            .problem(503, "unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
  }
}
