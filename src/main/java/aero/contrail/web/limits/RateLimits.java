package aero.contrail.web.limits;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.problem.ProblemWriter;
import aero.contrail.web.security.Caller;
import aero.contrail.web.security.Callers;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps one client from crowding out the others, and all of them from crowding out the system. The
 * limits are this instance's own.
 */
@Component
@Order(-1) // behind the security chain, which knows the client
class RateLimits extends OncePerRequestFilter {

  private static final String CLIENT = "client ";
  private static final int MOST_CLIENTS = 10_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** So many clients can use up their places before others find none. */
  private static final int CLIENTS = 4;

  /** Open pages are small and quick: whoever is not known needs few places. */
  private static final int UNKNOWN = 40;

  private final int perSecond;
  private final int atOnce;
  private final Semaphore places;
  private final ProblemWriter problems;

  /** By client, or by address: an external issuer may have many clients. */
  private final LoadingCache<String, Share> shares;

  /** Of all callers together that nobody knows. */
  private final Semaphore unknown;

  RateLimits(
      @Value("${contrail.web.requests-per-second:2000}") int perSecond,
      @Value("${contrail.web.requests-at-once:2000}") int atOnce,
      ProblemWriter problems) {
    this.perSecond = perSecond;
    this.atOnce = atOnce;
    this.places = new Semaphore(atOnce);
    this.unknown = new Semaphore(Math.max(1, atOnce / UNKNOWN));
    this.problems = problems;
    this.shares =
        Caffeine.newBuilder()
            .maximumSize(MOST_CLIENTS)
            .expireAfterAccess(REMEMBERED)
            .build(this::share);
  }

  /** What one client may use. */
  private record Share(Bucket requests, Semaphore places) {}

  private static String key(Caller caller, HttpServletRequest request) {
    return caller.isKnown()
        ? CLIENT + caller.client()
        : AddressLimits.network(request.getRemoteAddr());
  }

  private Share share(String key) {
    return new Share(
        Bucket.builder()
            .addLimit(
                limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
            .build(),
        key.startsWith(CLIENT) ? new Semaphore(Math.max(1, atOnce / CLIENTS)) : unknown);
  }

  /** An orchestrator that asks for health must not be turned away because others ask a lot. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return isHealth(request);
  }

  static boolean isHealth(HttpServletRequest request) {
    return request.getServletPath().startsWith("/actuator/health");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var share = shares.get(key(Callers.current(), request));
    var probe = share.requests().tryConsumeAndReturnRemaining(1);
    RateHeaders.set(response, "client", perSecond, Math.max(0, probe.getRemainingTokens()));
    if (!probe.isConsumed()) {
      problems.write(
          new Problem(
              ProblemCode.RATE_LIMITED,
              "%d requests per second are allowed.".formatted(perSecond),
              Duration.ofSeconds(1)),
          request,
          response);
    } else if (!share.places().tryAcquire()) {
      problems.write(busy("Too many of your requests are at work here."), request, response);
    } else {
      try {
        within(request, response, chain);
      } finally {
        share.places().release();
      }
    }
  }

  private void within(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!places.tryAcquire()) {
      problems.write(busy("Too many requests are at work here."), request, response);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      places.release();
    }
  }

  static Problem busy(String detail) {
    return new Problem(ProblemCode.UNAVAILABLE, detail, Duration.ofSeconds(1));
  }
}
