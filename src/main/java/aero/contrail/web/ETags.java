package aero.contrail.web;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Versions of resources as entity tags (RFC 9110, section 8.8.3). */
public final class ETags {

  private ETags() {}

  public static String of(Object version) {
    return "\"" + version + "\"";
  }

  /** Whether the caller's copy is the current one, so that 304 is enough. */
  public static boolean isCurrent(@Nullable String ifNoneMatch, Object version) {
    return ifNoneMatch != null && names(ifNoneMatch, version);
  }

  /**
   * Holds a change to the version that the caller has seen.
   *
   * @throws Problem 428 without {@code If-Match}, 412 when it names another version
   */
  public static void require(@Nullable String ifMatch, Object version) {
    if (ifMatch == null) {
      throw new Problem(
          ProblemCode.PRECONDITION_REQUIRED, "Send the ETag that you have seen as If-Match.");
    }
    if (!names(ifMatch, version)) {
      throw new Problem(
          ProblemCode.PRECONDITION_FAILED,
          "If-Match is %s, the current version is %s.".formatted(ifMatch, of(version)));
    }
  }

  private static boolean names(String header, Object version) {
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(of(version)));
  }
}
