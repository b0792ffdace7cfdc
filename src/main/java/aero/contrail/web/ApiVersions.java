package aero.contrail.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells with every answer which version of the API gave it. */
@Component
@Order(-200) // ahead of the security chain: refusals carry the version too
class ApiVersions extends OncePerRequestFilter {

  static final String HEADER = "Api-Version";
  static final String NEWEST = "1";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HEADER, NEWEST);
    chain.doFilter(request, response);
  }
}
