package aero.contrail.web.limits;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.problem.ProblemWriter;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what an address may cost whose caller nobody knows: tokens it asks for, each of which
 * takes a slow comparison of secrets, and answers that it has no right to anything. Requests that
 * turn out well are not counted here. The limits are this instance's own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // before the security chain, which does the work
class AddressLimits extends OncePerRequestFilter {

  private static final String TOKENS = "/oauth2/token";
  private static final int MOST_ADDRESSES = 100_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int BURST = 10;
  private static final int LONGEST_FORM = 8 * 1024;

  private final int perSecond;
  private final Semaphore tokensAtOnce;
  private final ProblemWriter problems;
  private final LoadingCache<String, Bucket> buckets;

  AddressLimits(
      @Value("${contrail.web.refusals-per-second:20}") int perSecond,
      @Value("${contrail.web.tokens-at-once:16}") int tokensAtOnce,
      ProblemWriter problems) {
    this.perSecond = perSecond;
    this.tokensAtOnce = new Semaphore(tokensAtOnce);
    this.problems = problems;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(REMEMBERED)
            .build(_ -> bucket());
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity((long) perSecond * BURST)
                    .refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var bucket = buckets.get(network(request.getRemoteAddr()));
    RateHeaders.set(response, "address", perSecond, bucket.getAvailableTokens());
    if (bucket.getAvailableTokens() == 0) {
      problems.write(
          new Problem(
              ProblemCode.RATE_LIMITED,
              "Too many requests from this address were refused, or asked for tokens.",
              Duration.ofSeconds(1)),
          request,
          response);
    } else if (request.getRequestURI().equals(TOKENS)) {
      bucket.tryConsume(1);
      token(request, response, chain);
    } else {
      chain.doFilter(request, response);
      if (isRefusal(response.getStatus())) {
        bucket.tryConsume(1);
      }
    }
  }

  /** A token costs a tenth of a second of a core; a client keeps his for minutes. */
  private void token(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest read;
    try {
      read = read(request);
    } catch (SocketTimeoutException late) {
      problems.write(BodyLimits.tooSlow(), request, response);
      return;
    }
    if (read == null) {
      problems.write(BodyLimits.tooLarge(LONGEST_FORM), request, response);
      return;
    }
    if (!tokensAtOnce.tryAcquire()) {
      problems.write(
          new Problem(
              ProblemCode.UNAVAILABLE,
              "Too many ask for tokens at the moment.",
              Duration.ofSeconds(1)),
          request,
          response);
      return;
    }
    try {
      chain.doFilter(read, response);
    } finally {
      tokensAtOnce.release();
    }
  }

  /** Before a place is taken: nobody keeps others out with a form that trickles. */
  private static @Nullable HttpServletRequest read(HttpServletRequest request) throws IOException {
    if (!isForm(request)) {
      return request;
    }
    try (var bytes = new PromptBody(request.getInputStream())) {
      var body = bytes.readNBytes(LONGEST_FORM + 1);
      return body.length > LONGEST_FORM ? null : new FormRequest(request, body);
    }
  }

  private static boolean isForm(HttpServletRequest request) {
    var type = request.getContentType();
    return type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
  }

  private static boolean isRefusal(int status) {
    return status == HttpStatus.UNAUTHORIZED.value() || status == HttpStatus.FORBIDDEN.value();
  }

  /** Whoever has one address of IPv6 has the other 2^64 of its network, too. */
  static String network(String address) {
    var groups = address.split(":", -1);
    return groups.length < 4 || address.contains(".") || address.contains("::")
        ? address
        : String.join(":", groups[0], groups[1], groups[2], groups[3]);
  }
}
