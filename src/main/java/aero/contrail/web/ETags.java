package aero.contrail.web;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Versions of resources as entity tags (RFC 9110, section 8.8.3). */
public final class ETags {

  private ETags() {}

  public static String of(Object version) {
    return "\"" + version + "\"";
  }

  /**
   * The tag of something that changes without a new version: also by time alone.
   *
   * @param shown all that can change so; its text must say everything
   */
  public static String of(Object version, Object shown) {
    return of(version + "." + Integer.toHexString(shown.toString().hashCode()));
  }

  /**
   * Holds a change to be one of something that the caller has seen.
   *
   * @throws Problem 428 without {@code If-Match}
   */
  public static void require(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw new Problem(
          ProblemCode.PRECONDITION_REQUIRED, "Send the ETag that you have seen as If-Match.");
    }
  }

  /**
   * Holds a command to the version that the caller has seen, if he says which; what has changed
   * since without a new version does not matter.
   *
   * @throws Problem 412 when it names another version
   */
  public static void check(@Nullable String ifMatch, Object version) {
    var tag = of(version);
    var sameVersion = tag.substring(0, tag.length() - 1) + ".";
    if (ifMatch != null
        && tags(ifMatch)
            .noneMatch(
                named -> named.equals("*") || named.equals(tag) || named.startsWith(sameVersion))) {
      throw changed(ifMatch, tag);
    }
  }

  private static Stream<String> tags(String header) {
    return Arrays.stream(header.split(",", -1)).map(String::strip);
  }

  private static Problem changed(String ifMatch, String tag) {
    return new Problem(
        ProblemCode.PRECONDITION_FAILED,
        "If-Match is %s, the current version is %s.".formatted(ifMatch, tag));
  }
}
