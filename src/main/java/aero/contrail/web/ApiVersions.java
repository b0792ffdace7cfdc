package aero.contrail.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.accept.ApiVersionHolder;
import org.springframework.web.accept.SemanticApiVersionParser;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells with every answer which version of the API gave it: the newest, unless the request asked
 * for another and was understood.
 */
@Component
@Order(-200) // ahead of the security chain: refusals carry the version too
class ApiVersions extends OncePerRequestFilter implements HandlerInterceptor {

  static final String HEADER = "Api-Version";
  static final String NEWEST = "1";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HEADER, NEWEST);
    chain.doFilter(request, response);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getAttribute(HandlerMapping.API_VERSION_ATTRIBUTE) instanceof ApiVersionHolder found
        && found.hasVersion()
        && found.getVersion() instanceof SemanticApiVersionParser.Version served) {
      response.setHeader(HEADER, Integer.toString(served.getMajor()));
    }
    return true;
  }
}
