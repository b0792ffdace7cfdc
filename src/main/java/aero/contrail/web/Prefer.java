package aero.contrail.web;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long the caller is willing to wait for a decision (RFC 7240).
 *
 * @param patience zero when the caller never waits
 * @param applied the preference to name in {@code Preference-Applied}; null when none was sent
 */
public record Prefer(Duration patience, @Nullable String applied) {

  private static final Duration DEFAULT = Duration.ofSeconds(2);
  private static final long MAX_SECONDS = 30;
  private static final Pattern WAIT =
      Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?(?:$|[,;\\s])");
  private static final Pattern ASYNC = Pattern.compile("(?:^|[,;\\s])respond-async(?:$|[,;\\s])");

  /** Reads the header; what is not understood is ignored, as the RFC asks. */
  public static Prefer of(@Nullable String header) {
    if (header == null) {
      return new Prefer(DEFAULT, null);
    }
    if (ASYNC.matcher(header).find()) {
      return new Prefer(Duration.ZERO, "respond-async");
    }
    var wait = WAIT.matcher(header);
    if (wait.find()) {
      var seconds = Math.min(Long.parseLong(wait.group(1)), MAX_SECONDS);
      return new Prefer(Duration.ofSeconds(seconds), "wait=" + seconds);
    }
    return new Prefer(DEFAULT, null);
  }
}
