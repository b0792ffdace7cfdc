package aero.contrail.web;

import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.Traces;
import aero.contrail.web.problem.RequestIds;
import aero.contrail.web.security.Callers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the event log who is at work: the caller, with the request id as correlation. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class RequestOrigin extends OncePerRequestFilter {

  private final Traces traces;

  RequestOrigin(Traces traces) {
    this.traces = traces;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var caller = Callers.current();
    var actor = caller.staff() ? "staff:" + caller.client() : "channel:" + caller.channel();
    var origin = new Origin(actor, caller.channel(), RequestIds.of(request), traces.current());
    var failure =
        ScopedValue.where(Origin.CURRENT, origin)
            .call(
                () -> {
                  try {
                    chain.doFilter(request, response);
                    return null;
                  } catch (ServletException | IOException e) {
                    return e;
                  }
                });
    switch (failure) {
      case null -> {}
      case ServletException e -> throw e;
      case IOException e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
