package aero.contrail.loyalty;

import aero.contrail.events.MemberNumber;
import java.time.Instant;
import org.apache.commons.validator.routines.checkdigit.CheckDigitException;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.jmolecules.ddd.types.AggregateRoot;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.domain.Persistable;
import org.springframework.data.relational.core.mapping.Table;

/** Somebody who collects points. */
@Table(schema = "loyalty", name = "member")
record Member(
    @Id MemberNumber number,
    String givenName,
    String familyName,
    @Nullable String email,
    Tier tier,
    Instant enrolledAt)
    implements AggregateRoot<Member, MemberNumber>, Persistable<MemberNumber> {

  enum Tier {
    BASE
  }

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

  /**
   * The member number of a serial.
   *
   * @param serial nine digits; the check digit is added
   */
  static MemberNumber numberOf(long serial) {
    try {
      return new MemberNumber(serial + LuhnCheckDigit.LUHN_CHECK_DIGIT.calculate("" + serial));
    } catch (CheckDigitException e) {
      throw new IllegalArgumentException("not a serial: " + serial, e);
    }
  }
}
