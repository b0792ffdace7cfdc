package aero.contrail.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.jmolecules.ddd.types.Identifier;

/**
 * The name of a reservation: six of the 32 symbols A–Z without I and O, and 2–9. Refuses, with an
 * IllegalArgumentException, text of another form.
 */
public record RecordLocator(@JsonValue String value) implements Identifier {

  private static final Pattern FORM = Pattern.compile("[A-HJ-NP-Z2-9]{6}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RecordLocator {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a record locator: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
