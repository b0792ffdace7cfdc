package aero.contrail.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/** An issuer is asked once for all that wait, and not again at once when it does not answer. */
class IssuerKeysTests {

  private static final Jwt JWT =
      new Jwt("t", Instant.EPOCH, Instant.MAX, Map.of("alg", "none"), Map.of("sub", "x"));

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void manyThatWaitAskOnce() throws Exception {
    var keys =
        new IssuerKeys(
            "issuer",
            () -> {
              asked.incrementAndGet();
              return _ -> JWT;
            });
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer :
          callers.invokeAll(Collections.<Callable<Jwt>>nCopies(50, () -> keys.decode("t")))) {
        assertThat(answer.get()).isSameAs(JWT);
      }
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void oneThatDoesNotAnswerIsLeftAloneForAWhile() {
    var keys =
        new IssuerKeys(
            "issuer",
            () -> {
              asked.incrementAndGet();
              throw new IllegalStateException("refused");
            });
    for (var i = 0; i < 50; i++) {
      assertThatThrownBy(() -> keys.decode("t"))
          .isInstanceOf(JwtException.class)
          .hasMessageContaining("does not answer");
    }
    assertThat(asked).hasValue(1);
  }
}
