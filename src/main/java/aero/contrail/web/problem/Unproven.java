package aero.contrail.web.problem;

import jakarta.servlet.http.HttpServletRequest;

/** Marks requests that were refused before it was known whose they are, whatever the status. */
public final class Unproven {

  private static final String ATTRIBUTE = Unproven.class.getName();

  private Unproven() {}

  public static void mark(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, true);
  }

  public static boolean isMarked(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) != null;
  }
}
