package aero.contrail.reservation.booking;

import aero.contrail.events.RecordLocator;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** Makes record locators that nobody has and that spell nothing rude. */
@Component
class Locators {

  private static final String SYMBOLS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int LENGTH = 6;

  /** Without I and O most rude words cannot be spelt; these can. */
  private static final List<String> WORDS =
      List.of(
          "ARSE", "ASS", "CRAP", "CUM", "CUNT", "DAMN", "DUMB", "FAG", "FART", "FUC", "FUK", "GAY",
          "HELL", "JEW", "KKK", "NAZ", "RAPE", "SEX", "SLUT", "SS", "TURD", "WANK", "WHRE");

  private final Reservations reservations;
  private final RandomGenerator random = new SecureRandom();

  Locators(Reservations reservations) {
    this.reservations = reservations;
  }

  /** As many locators as asked for, all different and not in use at this moment. */
  Deque<RecordLocator> fresh(int count) {
    var fresh = new LinkedHashSet<RecordLocator>();
    while (fresh.size() < count) {
      while (fresh.size() < count) {
        fresh.add(random(random));
      }
      var taken = reservations.taken(fresh);
      fresh.removeIf(locator -> taken.contains(locator.value()));
    }
    return new ArrayDeque<>(fresh);
  }

  static RecordLocator random(RandomGenerator random) {
    while (true) {
      var symbols = new StringBuilder(LENGTH);
      for (var i = 0; i < LENGTH; i++) {
        symbols.append(SYMBOLS.charAt(random.nextInt(SYMBOLS.length())));
      }
      if (isDecent(symbols.toString())) {
        return new RecordLocator(symbols.toString());
      }
    }
  }

  static boolean isDecent(String symbols) {
    return WORDS.stream().noneMatch(symbols::contains);
  }
}
