package aero.contrail.web.limits;

import jakarta.servlet.http.HttpServletResponse;

/** What a client may still ask, as in the IETF draft "RateLimit header fields for HTTP". */
final class RateHeaders {

  private RateHeaders() {}

  /** Takes the place of what another limit has said. */
  static void set(HttpServletResponse response, String policy, int perSecond, long left) {
    response.setHeader("RateLimit-Policy", "\"%s\";q=%d;w=1".formatted(policy, perSecond));
    response.setHeader("RateLimit", "\"%s\";r=%d;t=1".formatted(policy, left));
  }
}
