package aero.contrail.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the {@link IdempotencyKey} off a request. */
@Component
class IdempotencyKeys implements HandlerMethodArgumentResolver {

  static final String HEADER = "Idempotency-Key";
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,255}");

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == IdempotencyKey.class;
  }

  @Override
  public IdempotencyKey resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest webRequest,
      @Nullable WebDataBinderFactory binders) {
    var key = webRequest.getHeader(HEADER);
    if (key == null || !FORM.matcher(key).matches()) {
      var message =
          key == null
              ? "The header Idempotency-Key is missing."
              : "Idempotency-Key takes 1 to 255 visible ASCII characters.";
      throw new Problem(
          ProblemCode.IDEMPOTENCY_KEY_MISSING,
          message,
          List.of(new Problem.FieldError("/Idempotency-Key", "invalid", message)));
    }
    var request = (HttpServletRequest) webRequest.getNativeRequest();
    return new IdempotencyKey(
        Callers.current().channel(),
        request.getMethod() + " " + request.getRequestURI() + query(request),
        key,
        IdempotencyKey.Digest.of(BodyLimits.body(request)));
  }

  private static String query(HttpServletRequest request) {
    return request.getQueryString() == null ? "" : "?" + request.getQueryString();
  }
}
