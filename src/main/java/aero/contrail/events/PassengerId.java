package aero.contrail.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.jmolecules.ddd.types.Identifier;

/**
 * Names a passenger within one order: P1, P2, … Refuses, with an IllegalArgumentException, text of
 * another form.
 */
public record PassengerId(@JsonValue String value) implements Identifier {

  private static final Pattern FORM = Pattern.compile("P[1-9]");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PassengerId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a passenger id: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
