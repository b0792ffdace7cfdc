package aero.contrail.web.idempotency;

import aero.contrail.web.limits.BodyLimits;
import aero.contrail.web.security.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.util.UrlPathHelper;

/** Reads the {@link IdempotencyKey} off a request. */
@Component
class IdempotencyKeys implements HandlerMethodArgumentResolver {

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,255}");

  /** A string of RFC 8941, as the IETF draft writes the key. */
  private static final Pattern QUOTED =
      Pattern.compile("\"([^\"\\\\]*+(?:\\\\[\"\\\\][^\"\\\\]*+)*+)\"");

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == IdempotencyKey.class;
  }

  /** A parameter that may be null is for routes on which some requests need no key. */
  @Override
  public @Nullable IdempotencyKey resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest webRequest,
      @Nullable WebDataBinderFactory binders) {
    var request = (HttpServletRequest) webRequest.getNativeRequest();
    var key = find(request);
    if (key.isEmpty() && request.getHeader(IdempotencyKey.HEADER) != null) {
      throw IdempotencyKey.missing("Idempotency-Key takes 1 to 255 visible ASCII characters.");
    }
    return parameter.isOptional() ? key.orElse(null) : IdempotencyKey.required(key.orElse(null));
  }

  /**
   * The key of a request; empty when it has none, or one of a wrong form. Neither the query string
   * nor the spelling of the path or of the body make it another.
   */
  static Optional<IdempotencyKey> find(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(IdempotencyKey.HEADER))
        .map(IdempotencyKeys::unquoted)
        .filter(key -> FORM.matcher(key).matches())
        .map(
            key ->
                new IdempotencyKey(
                    Callers.current().channel(),
                    request.getMethod()
                        + " "
                        + UrlPathHelper.defaultInstance.getPathWithinApplication(request),
                    key,
                    IdempotencyKey.Digest.of(CanonicalJson.of(BodyLimits.body(request)))));
  }

  private static String unquoted(String header) {
    var quoted = QUOTED.matcher(header.strip());
    return quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : header;
  }
}
