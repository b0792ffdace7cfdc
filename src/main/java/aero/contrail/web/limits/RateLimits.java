package aero.contrail.web.limits;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.problem.ProblemWriter;
import aero.contrail.web.security.Callers;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps one client from crowding out the others, and all of them from crowding out the system. The
 * limits are this instance's own. Headers as in the IETF draft "RateLimit header fields for HTTP".
 */
@Component
@Order(-1) // behind the security chain, which knows the client
class RateLimits extends OncePerRequestFilter {

  private final int perSecond;
  private final Semaphore places;
  private final ProblemWriter problems;
  // One bucket a configured client, so the map is bounded.
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  RateLimits(
      @Value("${contrail.web.requests-per-second:2000}") int perSecond,
      @Value("${contrail.web.requests-at-once:2000}") int atOnce,
      ProblemWriter problems) {
    this.perSecond = perSecond;
    this.places = new Semaphore(atOnce);
    this.problems = problems;
  }

  /** An orchestrator that asks for health must not be turned away because others ask a lot. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/actuator/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var bucket = buckets.computeIfAbsent(Callers.current().client(), _ -> newBucket());
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    response.setHeader("RateLimit-Policy", "\"client\";q=%d;w=1".formatted(perSecond));
    response.setHeader(
        "RateLimit", "\"client\";r=%d;t=1".formatted(Math.max(0, probe.getRemainingTokens())));
    if (!probe.isConsumed()) {
      problems.write(
          new Problem(
              ProblemCode.RATE_LIMITED,
              "%d requests per second are allowed.".formatted(perSecond),
              Duration.ofSeconds(1)),
          request,
          response);
    } else if (!places.tryAcquire()) {
      problems.write(
          new Problem(ProblemCode.UNAVAILABLE, "Too many requests are waiting here."),
          request,
          response);
    } else {
      try {
        chain.doFilter(request, response);
      } finally {
        places.release();
      }
    }
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }
}
