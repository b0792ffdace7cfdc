package aero.contrail.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name of somebody: of any script, with at least one letter or digit; no control, format
 * (zero-width, bidirectional), private or unassigned characters, no lone surrogates, no blanks that
 * pass for letters. Null and blank fit too: that is for {@code @NotBlank} to refuse.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PersonName.Rule.class)
public @interface PersonName {

  /** The longest that is taken, in UTF-16 units. */
  int MAX_LENGTH = 60;

  /** What callers are told. */
  String message() default "needs a letter, and no characters that cannot be seen";

  /** As in every constraint. */
  Class<?>[] groups() default {};

  /** As in every constraint. */
  Class<? extends Payload>[] payload() default {};

  /** Decides whether a text is a name. */
  final class Rule implements ConstraintValidator<PersonName, String> {

    private static final Pattern FORM =
        Pattern.compile(
            "(?=.*[\\p{L}\\p{N}&&[^\\u115F\\u1160\\u3164\\uFFA0]])"
                + "[^\\p{C}\\u2028\\u2029\\u034F\\u2800\\u115F\\u1160\\u3164\\uFFA0]*");

    private static final Pattern BLANKS = Pattern.compile("^[\\p{Z}\\s]+|[\\p{Z}\\s]+$");

    @Override
    public boolean isValid(@Nullable String name, ConstraintValidatorContext context) {
      return name == null || name.trim().isEmpty() || FORM.matcher(name).matches();
    }

    /** The one spelling of a name (Unicode NFC), without blanks around it. */
    public static String normalised(String name) {
      return Normalizer.normalize(BLANKS.matcher(name).replaceAll(""), Form.NFC);
    }
  }
}
