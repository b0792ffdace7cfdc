package aero.contrail.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves on for a while after the instance was told to stop: readiness says 503 by then, so proxies
 * send their requests elsewhere before connections are refused. {@code contrail.web.drain} says for
 * how long: longer than a proxy needs to notice. First of all that hears of the end, so that
 * everything else works on meanwhile.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Drain extends OncePerRequestFilter implements ApplicationListener<ContextClosedEvent> {

  private static final Logger log = LoggerFactory.getLogger(Drain.class);

  private final Duration time;
  private final ApplicationContext application;
  private volatile boolean draining;

  Drain(@Value("${contrail.web.drain:PT0S}") Duration time, ApplicationContext application) {
    this.time = time;
    this.application = application;
  }

  /** Connections that are kept open would be used again. */
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (draining) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    chain.doFilter(request, response);
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (time.isPositive() && application.equals(event.getApplicationContext())) {
      draining = true;
      log.info("Is not ready any more; serves on for {} s, then stops", time.toSeconds());
      try {
        Thread.sleep(time);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
