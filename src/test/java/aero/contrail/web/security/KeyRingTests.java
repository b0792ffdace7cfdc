package aero.contrail.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.web.security.SigningKey.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTests {

  private static final Instant START = Instant.parse("2026-12-01T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final Duration OVERLAP = Duration.ofDays(1);

  private static final SigningKey FIRST = key(1, START);
  private static final SigningKey SECOND = key(2, START.plus(LIFETIME));

  private static SigningKey key(int generation, Instant madeAt) {
    return new SigningKey(generation, Purpose.OFFERS.generate(), madeAt);
  }

  private static Instant afterSecond(Duration time) {
    return SECOND.madeAt().plus(time);
  }

  @Test
  void anEmptyRingNeedsItsFirstKey() {
    var empty = new KeyRing(List.of());
    assertThat(empty.isDue(START, LIFETIME)).isTrue();
    assertThat(empty.next()).isEqualTo(1);
    assertThat(empty.signing(START)).isEmpty();
  }

  @Test
  void theFirstKeySignsAtOnce() {
    var ring = new KeyRing(List.of(FIRST));
    assertThat(ring.signing(START)).contains(FIRST);
    assertThat(ring.spent(START.plus(LIFETIME.multipliedBy(9)), OVERLAP)).isEmpty();
  }

  @Test
  void anotherKeyIsDueWhenTheNewestIsOldEnough() {
    var ring = new KeyRing(List.of(FIRST));
    assertThat(ring.isDue(SECOND.madeAt().minusSeconds(1), LIFETIME)).isFalse();
    assertThat(ring.isDue(SECOND.madeAt(), LIFETIME)).isTrue();
    assertThat(ring.next()).isEqualTo(2);
  }

  @Test
  void aNewKeySignsWhenEverybodyHasSeenIt() {
    var ring = new KeyRing(List.of(FIRST, SECOND));
    assertThat(ring.signing(afterSecond(KeyRing.ANNOUNCED).minusSeconds(1))).contains(FIRST);
    assertThat(ring.signing(afterSecond(KeyRing.ANNOUNCED))).contains(SECOND);
  }

  @Test
  void anOldKeyVerifiesUntilNothingItSignedIsValid() {
    var ring = new KeyRing(List.of(SECOND, FIRST));
    var end = afterSecond(KeyRing.ANNOUNCED.plus(OVERLAP));
    assertThat(ring.spent(end.minusSeconds(1), OVERLAP)).isEmpty();
    assertThat(ring.spent(end, OVERLAP)).containsExactly(FIRST);
  }

  /** As after the newest was deleted, because it is not secret any more. */
  @Test
  void whatIsLeftSignsOn() {
    var third = key(3, afterSecond(LIFETIME));
    var ring = new KeyRing(List.of(FIRST, third));
    assertThat(ring.signing(third.madeAt())).contains(FIRST);
    assertThat(ring.next()).isEqualTo(4);
  }
}
