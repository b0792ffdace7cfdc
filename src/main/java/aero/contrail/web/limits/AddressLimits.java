package aero.contrail.web.limits;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.problem.ProblemWriter;
import aero.contrail.web.problem.Unproven;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what an address may cost whose caller nobody knows: tokens it asks for, each of which
 * takes a slow comparison of secrets, the keys that tokens are checked with, and answers that it
 * has no right to anything. Other requests that turn out well are not counted here. The limits are
 * this instance's own.
 */
@Component
@Order(-199) // behind what every answer carries, before the security chain, which does the work
class AddressLimits extends OncePerRequestFilter {

  private static final String TOKENS = "/oauth2/token";
  private static final String KEYS = "/oauth2/jwks";
  private static final int MOST_ADDRESSES = 100_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int BURST = 10;
  private static final int IPV4_BYTES = 4;
  private static final int NETWORK_BYTES = 8;
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

  /** As for the limits of clients: health is asked by who must not be turned away. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return RateLimits.isHealth(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var bucket = buckets.get(network(request.getRemoteAddr()));
    RateHeaders.set(response, "address", perSecond, bucket.getAvailableTokens());
    if (!bucket.tryConsume(1)) {
      problems.write(
          new Problem(
              ProblemCode.RATE_LIMITED,
              "Too many requests from this address were refused, or asked for tokens or keys.",
              Duration.ofSeconds(1)),
          request,
          response);
    } else if (request.getServletPath().equals(TOKENS)) {
      token(request, response, chain);
    } else {
      chain.doFilter(request, response);
      if (!isRefusal(response.getStatus())
          && !Unproven.isMarked(request)
          && !request.getServletPath().equals(KEYS)) {
        bucket.addTokens(1);
      }
    }
  }

  /** A token costs a tenth of a second of a core; a client keeps his for minutes. */
  private void token(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest read;
    try {
      read = read(request);
    } catch (SocketTimeoutException | ClientAbortException late) {
      problems.write(BodyLimits.tooSlow(), request, response);
      return;
    } catch (HttpMessageNotReadableException malformed) {
      problems.write(
          new Problem(ProblemCode.INVALID_TOKEN_REQUEST, "invalid_request."),
          Map.of("error", "invalid_request", "error_description", "The form cannot be read."),
          request,
          response);
      return;
    }
    if (read == null) {
      problems.write(BodyLimits.tooLarge(LONGEST_FORM), request, response);
      return;
    }
    if (!tokensAtOnce.tryAcquire()) {
      problems.write(RateLimits.busy("Too many ask for tokens at the moment."), request, response);
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
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
  }

  private static boolean isRefusal(int status) {
    return status == HttpStatus.UNAUTHORIZED.value() || status == HttpStatus.FORBIDDEN.value();
  }

  /** Whoever has one address of IPv6 has the other 2^64 of its network, too. */
  static String network(String address) {
    try {
      var bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == IPV4_BYTES
          ? address
          : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
    } catch (IllegalArgumentException noAddress) {
      return address;
    }
  }
}
