package aero.contrail.loyalty.member;

import aero.contrail.events.MemberNumber;
import java.security.SecureRandom;
import java.time.Instant;
import org.apache.commons.validator.routines.checkdigit.CheckDigitException;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.jmolecules.ddd.types.AggregateRoot;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.domain.Persistable;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Somebody who collects points.
 *
 * @param givenName null when it was erased, as the others
 */
@Table(schema = "loyalty", name = "member")
public record Member(
    @Id MemberNumber number,
    @Nullable String givenName,
    @Nullable String familyName,
    @Nullable String email,
    Instant enrolledAt)
    implements AggregateRoot<Member, MemberNumber>, Persistable<MemberNumber> {

  @Override
  public MemberNumber getId() {
    return number;
  }

  /** Members are only ever added here; what they earn is in the ledger. */
  @Override
  @Transient
  public boolean isNew() {
    return true;
  }

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long FIRST = 400_000_000;
  private static final long LAST = 999_999_999;

  /** Any number: who knows some knows no others. It may be somebody's already. */
  static MemberNumber anyNumber() {
    return numberOf(RANDOM.nextLong(FIRST, LAST + 1));
  }

  /**
   * The member number of a serial.
   *
   * @param serial nine digits; the check digit is added
   */
  public static MemberNumber numberOf(long serial) {
    try {
      return new MemberNumber(serial + LuhnCheckDigit.LUHN_CHECK_DIGIT.calculate("" + serial));
    } catch (CheckDigitException e) {
      throw new IllegalArgumentException("not a serial: " + serial, e);
    }
  }
}
