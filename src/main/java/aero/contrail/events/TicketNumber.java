package aero.contrail.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.jmolecules.ddd.types.Identifier;

/**
 * The 13 digits of a ticket: three of the airline, ten of the document (IATA Resolution 722).
 * Refuses, with an IllegalArgumentException, text of another form.
 */
public record TicketNumber(@JsonValue String value) implements Identifier {

  private static final Pattern FORM = Pattern.compile("\\d{13}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TicketNumber {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a ticket number: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
