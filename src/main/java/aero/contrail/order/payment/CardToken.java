package aero.contrail.order.payment;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.text.Normalizer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.jspecify.annotations.Nullable;

/**
 * What a payment provider knows a card by, and not the card's own number: whoever takes that has to
 * keep the rules of PCI DSS. Refused are 12 to 19 digits with a right check digit (ISO/IEC 7812),
 * however they are grouped.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CardToken.Rule.class)
public @interface CardToken {

  /** What callers are told. */
  String message() default "must be the payment provider's token, never the number of a card";

  /** As in every constraint. */
  Class<?>[] groups() default {};

  /** As in every constraint. */
  Class<? extends Payload>[] payload() default {};

  /** Decides whether a text may be a token. */
  final class Rule implements ConstraintValidator<CardToken, String> {

    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{12,19}");

    /** What has a letter is a token: no card has one. */
    @Override
    public boolean isValid(@Nullable String token, ConstraintValidatorContext context) {
      if (token == null || token.codePoints().anyMatch(Character::isLetter)) {
        return true;
      }
      var text = Normalizer.normalize(token, Normalizer.Form.NFKC);
      var together = NO_DIGITS.matcher(text).replaceAll("");
      return Stream.concat(Stream.of(together), NO_DIGITS.splitAsStream(text))
          .noneMatch(Rule::isCard);
    }

    private static boolean isCard(String digits) {
      return NUMBER.matcher(digits).matches() && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits);
    }
  }
}
