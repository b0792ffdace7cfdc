package aero.contrail.web.security;

import java.util.Objects;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the {@link Caller} off the access token. */
@Component
public class Callers implements HandlerMethodArgumentResolver {

  static final String CHANNEL_CLAIM = "channel";

  /** The caller of the current request; anonymous where no token is needed. */
  public static Caller current() {
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof JwtAuthenticationToken token) {
      var client = token.getName();
      var channel =
          Objects.requireNonNull(
              token.getToken().getClaimAsString(CHANNEL_CLAIM), "every decoder wants a channel");
      var staff =
          token.getAuthorities().stream()
              .anyMatch(
                  granted ->
                      ApiScopes.authority(ApiScopes.BACKOFFICE_READ)
                          .equals(granted.getAuthority()));
      return new Caller(client, channel, staff);
    }
    return Caller.UNKNOWN;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class;
  }

  @Override
  public Caller resolveArgument(
      MethodParameter parameter,
      @org.jspecify.annotations.Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @org.jspecify.annotations.Nullable WebDataBinderFactory binders) {
    return current();
  }
}
