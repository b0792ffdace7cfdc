package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** An issuer that does not answer is a matter of time, not of the token or of this server. */
@HttpTest
@TestPropertySource(properties = "contrail.web.refusals-per-second=1")
class IssuerDownTests {

  /** Header and payload of {@code {"alg":"RS256"}} and {@code {}}, and no signature to speak of. */
  private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.e30.AAAA";

  /** Takes connections, and says nothing. */
  private static final ServerSocket SILENT = silent();

  @LocalServerPort int port;

  private static ServerSocket silent() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    SILENT.close();
  }

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry properties) {
    properties.add(
        "spring.security.oauth2.resourceserver.jwt.issuer-uri",
        () -> "http://localhost:" + SILENT.getLocalPort());
  }

  private Api.Answer ask() {
    return Api.anonymous(port).get("/orders", "Authorization", "Bearer " + TOKEN);
  }

  /**
   * Nobody waits longer than one look-up takes; who asks again and again is refused like others.
   */
  @Test
  void tokensThatCannotBeCheckedNowAreToBeSentAgain() throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer :
          callers.invokeAll(Collections.<Callable<Api.Answer>>nCopies(8, this::ask))) {
        answer.get().problem(503, "unavailable");
        assertThat(answer.get().header("Retry-After")).isEqualTo("5");
      }
    }
    Awaitility.await("the limit").until(() -> ask().status() == 429);
  }
}
