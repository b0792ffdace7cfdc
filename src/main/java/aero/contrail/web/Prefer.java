package aero.contrail.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * How long the caller is willing to wait for a decision (RFC 7240). Who asks for {@code
 * respond-async} never waits, whatever else he asks for.
 *
 * @param patience zero when the caller never waits
 * @param applied the preferences to name in {@code Preference-Applied}; null when none was sent
 */
public record Prefer(Duration patience, @Nullable String applied) {

  private static final Duration DEFAULT = Duration.ofSeconds(2);
  private static final long MAX_SECONDS = 30;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String VALUE =
      "(?:\\s*=\\s*(?:" + TOKEN + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"))?";

  /** One preference with its parameters, up to the comma or the end. */
  private static final Pattern PREFERENCE =
      Pattern.compile(
          "\\G[\\s,]*("
              + TOKEN
              + ")("
              + VALUE
              + ")(?:\\s*;\\s*(?:"
              + TOKEN
              + VALUE
              + ")?)*\\s*(?:,|$)");

  private static final Pattern SECONDS = Pattern.compile("\\s*=\\s*\"?(\\d{1,6})\"?");

  /** Reads the header; what is not understood is ignored, as the RFC asks. */
  public static Prefer of(@Nullable String header) {
    var given = header == null ? Map.<String, String>of() : parse(header);
    if (given.containsKey("respond-async")) {
      return new Prefer(Duration.ZERO, "respond-async");
    }
    var seconds = SECONDS.matcher(given.getOrDefault("wait", ""));
    if (seconds.matches()) {
      var wait = Math.min(Long.parseLong(seconds.group(1)), MAX_SECONDS);
      return new Prefer(Duration.ofSeconds(wait), "wait=" + wait);
    }
    return new Prefer(DEFAULT, null);
  }

  /** Names in an answer what was applied of what was asked. */
  public void tell(ResponseEntity.BodyBuilder answer) {
    if (applied != null) {
      answer.header("Preference-Applied", applied);
    }
  }

  /** Of a preference that is there twice, the first counts. */
  private static Map<String, String> parse(String header) {
    var given = new HashMap<String, String>();
    var preference = PREFERENCE.matcher(header);
    while (preference.find()) {
      given.putIfAbsent(preference.group(1).toLowerCase(Locale.ROOT), preference.group(2));
    }
    return given;
  }
}
