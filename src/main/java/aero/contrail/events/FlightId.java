package aero.contrail.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jmolecules.ddd.types.Identifier;

/**
 * Identifies a dated leg: designator, local departure date and origin, for example {@code
 * UA1431-2026-12-01-EWR}. The origin belongs to it: real schedules repeat a number on several legs
 * of a day. Refuses, with an IllegalArgumentException, text of another form.
 */
public record FlightId(@JsonValue String value) implements Identifier {

  private static final Pattern FORM =
      Pattern.compile("[A-Z0-9]{2}[1-9]\\d{0,3}[A-Z]?-\\d{4}-\\d{2}-\\d{2}-[A-Z]{3}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public FlightId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a flight id: " + value);
    }
    try {
      LocalDate.parse(value.substring(value.length() - 14, value.length() - 4));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a flight id: " + value, e);
    }
  }

  public static FlightId of(String designator, LocalDate departureDate, String origin) {
    return new FlightId(designator + "-" + departureDate + "-" + origin);
  }

  /** Carrier, number and suffix, for example {@code UA1431}. */
  public String designator() {
    return value.substring(0, value.length() - 15);
  }

  /** The local date at the origin. */
  public LocalDate departureDate() {
    return LocalDate.parse(value.substring(value.length() - 14, value.length() - 4));
  }

  public String origin() {
    return value.substring(value.length() - 3);
  }

  @Override
  public String toString() {
    return value;
  }
}
