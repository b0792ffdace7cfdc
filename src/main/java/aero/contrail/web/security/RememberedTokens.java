package aero.contrail.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Spares a signature check for a token that was found valid less than a minute ago: a client sends
 * the same one with every request. Nothing is remembered beyond a token's own end. Thread-safe.
 */
final class RememberedTokens implements JwtDecoder {

  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final JwtDecoder decoder;
  private final Cache<String, Jwt> valid =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfter(Expiry.<String, Jwt>creating((_, jwt) -> timeLeft(jwt.getExpiresAt())))
          .build();

  RememberedTokens(JwtDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public Jwt decode(String token) {
    var known = valid.getIfPresent(token);
    if (known != null) {
      return known;
    }
    var decoded = decoder.decode(token);
    valid.put(token, decoded);
    return decoded;
  }

  private static Duration timeLeft(@Nullable Instant end) {
    if (end == null) {
      return Duration.ZERO;
    }
    var left = Duration.between(Clock.systemUTC().instant(), end);
    return left.compareTo(REMEMBERED) > 0 ? REMEMBERED : left.isNegative() ? Duration.ZERO : left;
  }
}
