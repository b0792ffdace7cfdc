package aero.contrail.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.jmolecules.ddd.types.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * The number on a frequent flyer's card: ten digits, the last a Luhn check digit (ISO/IEC 7812-1).
 * Refuses, with an IllegalArgumentException, a wrong form or check digit.
 */
public record MemberNumber(@JsonValue String value) implements Identifier {

  private static final Pattern FORM = Pattern.compile("\\d{10}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public MemberNumber {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a member number: " + value);
    }
  }

  /** Whether a text is one. */
  public static boolean isValid(@Nullable String value) {
    return value != null
        && FORM.matcher(value).matches()
        && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
