package aero.contrail.web.security;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Looks an issuer up when its first token comes: it need not be up before. While it does not
 * answer, tokens are refused at once, and it is asked again every few seconds. Thread-safe.
 */
final class IssuerKeys implements JwtDecoder {

  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Longer than a look-up takes, which one does for all that wait. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);

  private final String issuer;
  private final Supplier<JwtDecoder> lookUp;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile @Nullable JwtDecoder found;
  private volatile long failedAtNanos = System.nanoTime() - PAUSE.toNanos();

  /**
   * Decodes with what a look-up finds.
   *
   * @param lookUp asks the issuer; throws when it does not answer
   */
  IssuerKeys(String issuer, Supplier<JwtDecoder> lookUp) {
    this.issuer = issuer;
    this.lookUp = lookUp;
  }

  @Override
  public Jwt decode(String token) {
    var decoder = found;
    return (decoder == null ? find() : decoder).decode(token);
  }

  private JwtDecoder find() {
    if (isPausing() || !isMyTurn()) {
      throw unavailable();
    }
    try {
      var decoder = found;
      if (decoder != null) {
        return decoder;
      }
      if (isPausing()) {
        throw unavailable();
      }
      return lookUp();
    } finally {
      looking.unlock();
    }
  }

  private JwtDecoder lookUp() {
    try {
      var decoder = lookUp.get();
      found = decoder;
      return decoder;
    } catch (RuntimeException e) {
      failedAtNanos = System.nanoTime();
      log.warn(
          "Tokens cannot be checked, the issuer {} does not answer: {}. Asks again in {} s",
          issuer,
          e.toString(),
          PAUSE.toSeconds());
      throw unavailable();
    }
  }

  private boolean isPausing() {
    return System.nanoTime() - failedAtNanos < PAUSE.toNanos();
  }

  private boolean isMyTurn() {
    try {
      return looking.tryLock(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private JwtException unavailable() {
    return new JwtException("the issuer " + issuer + " does not answer");
  }
}
