package aero.contrail.web.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one purpose, and which of them is for what at a time. A new key is shown to all
 * before anybody signs with it, and an old one is good until nothing that it signed can be valid
 * any more.
 *
 * @param keys the newest first
 */
record KeyRing(List<SigningKey> keys) {

  /**
   * From when a key is made to when it signs: every instance has looked by then, and so have others
   * that read the public keys.
   */
  static final Duration ANNOUNCED = Duration.ofMinutes(10);

  KeyRing {
    keys =
        keys.stream().sorted(Comparator.comparingInt(SigningKey::generation).reversed()).toList();
  }

  /** The key that signs now; empty for an empty ring. */
  Optional<SigningKey> signing(Instant now) {
    return keys.stream()
        .filter(key -> !key.madeAt().plus(ANNOUNCED).isAfter(now))
        .findFirst()
        .or(() -> keys.stream().reduce((_, older) -> older));
  }

  /** Whether another key has to be made. */
  boolean isDue(Instant now, Duration lifetime) {
    return keys.isEmpty() || !keys.getFirst().madeAt().plus(lifetime).isAfter(now);
  }

  /** The generation of the next key. */
  int next() {
    return keys.isEmpty() ? 1 : keys.getFirst().generation() + 1;
  }

  /**
   * Keys that nothing valid is signed with any more.
   *
   * @param overlap for how long something that was signed may be valid
   */
  List<SigningKey> spent(Instant now, Duration overlap) {
    return keys.stream()
        .filter(
            key ->
                keys.stream()
                    .filter(other -> other.generation() > key.generation())
                    .anyMatch(other -> !other.madeAt().plus(ANNOUNCED).plus(overlap).isAfter(now)))
        .toList();
  }
}
