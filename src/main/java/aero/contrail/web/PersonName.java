package aero.contrail.web;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Names of people: of any script, and nothing that a reader could not see. */
public final class PersonName {

  /** The longest that is taken, in UTF-16 units. */
  public static final int MAX_LENGTH = 60;

  /**
   * At least one letter or digit; no control, format (zero-width, bidirectional), private or
   * unassigned characters, no lone surrogates, no blanks that pass for letters. Nothing but blanks
   * fits too: that is for another rule to refuse.
   */
  public static final String FORM =
      "\\s*|(?=.*[\\p{L}\\p{N}&&[^\\u115F\\u1160\\u3164\\uFFA0]])"
          + "[^\\p{C}\\u2028\\u2029\\u2800\\u115F\\u1160\\u3164\\uFFA0]*";

  private PersonName() {}

  /** The one spelling of a name (Unicode NFC), without blanks around it. */
  public static String normalised(String name) {
    return Normalizer.normalize(name.strip(), Form.NFC);
  }
}
