package aero.contrail.order.document;

import aero.contrail.events.FlightId;
import aero.contrail.events.PassengerType;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bar-coded boarding pass string of one leg: IATA Resolution 792, format M, mandatory items.
 * Pure.
 */
public final class Bcbp {

  private static final int NAME = 20;
  private static final int CARRIER = 3;
  private static final int SEAT = 4;
  private static final String CHECKED_IN = "1";
  private static final String STANDBY = "7";

  private static final Pattern DESIGNATOR =
      Pattern.compile("(?<carrier>..)(?<number>\\d{1,4})(?<suffix>[A-Z]?)");

  /** Letters that do not come apart into a Latin one and a mark: ICAO Doc 9303, part 3. */
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("Ä", "AE"),
          Map.entry("Ö", "OE"),
          Map.entry("Ü", "UE"),
          Map.entry("Å", "AA"),
          Map.entry("Æ", "AE"),
          Map.entry("Ø", "OE"),
          Map.entry("Œ", "OE"),
          Map.entry("Þ", "TH"),
          Map.entry("Ð", "D"),
          Map.entry("Đ", "D"),
          Map.entry("Ħ", "H"),
          Map.entry("Ł", "L"),
          Map.entry("Ŋ", "N"),
          Map.entry("Ŧ", "T"));

  private Bcbp() {}

  /** The string that the bar code holds: 60 characters. */
  public static String of(BoardingPassData pass) {
    var flight = pass.flight();
    return "M1"
        + left(name(pass), NAME)
        + "E" // an electronic ticket
        + left(pass.locator().value(), 7)
        + flight.origin()
        + pass.destination()
        + flightNumber(flight)
        + "%03d".formatted(flight.departureDate().getDayOfYear())
        + pass.cabin()
        + seat(pass)
        + "%04d ".formatted(pass.sequence())
        + (pass.seat() == null && pass.type().takesSeat() ? STANDBY : CHECKED_IN)
        + "00"; // no conditional items
  }

  private static String flightNumber(FlightId flight) {
    var parts = DESIGNATOR.matcher(flight.designator());
    if (!parts.matches()) {
      throw new IllegalStateException("not a designator: " + flight.designator());
    }
    return left(parts.group("carrier"), CARRIER)
        + "%04d".formatted(Integer.parseInt(parts.group("number")))
        + left(parts.group("suffix"), 1);
  }

  private static String seat(BoardingPassData pass) {
    var seat = pass.seat();
    if (seat == null) {
      return pass.type() == PassengerType.INFANT ? "INF " : "GATE";
    }
    return "0".repeat(Math.max(0, SEAT - seat.length())) + seat;
  }

  /** Family name first; only letters that a reader at the gate knows. */
  static String name(BoardingPassData pass) {
    var family = letters(pass.familyName());
    var given = letters(pass.givenName());
    return given.isEmpty() ? family : family + "/" + given;
  }

  /** Latin capitals; X where a name has none. */
  static String letters(@Nullable String name) {
    if (name == null) {
      return "";
    }
    var text = name.toUpperCase(Locale.ROOT);
    for (var letter : LETTERS.entrySet()) {
      text = text.replace(letter.getKey(), letter.getValue());
    }
    var latin =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("[\\s-]+", " ")
            .replaceAll("[^A-Z ]", "")
            .strip();
    return latin.isEmpty() ? "X" : latin;
  }

  private static String left(String text, int width) {
    return text.length() > width
        ? text.substring(0, width)
        : text + " ".repeat(width - text.length());
  }
}
