package aero.contrail.order.person;

import aero.contrail.order.person.PersonalData.Person;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Which names are the same person's, spelled otherwise. A ticket is not transferable: most airlines
 * correct up to three letters, and names that were entered in each other's place.
 */
public final class SpellingRules {

  private static final int MOST_LETTERS = 3;

  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private SpellingRules() {}

  /** Whether a ticket that was sold to one name may show the other. */
  public static boolean isSpelling(Person sold, Person corrected) {
    if (NameKey.of(name(sold)).isEmpty() || NameKey.of(name(corrected)).isEmpty()) {
      return name(sold).equals(name(corrected));
    }
    var given = letters(sold.givenName(), corrected.givenName());
    var family = letters(sold.familyName(), corrected.familyName());
    return isSameWords(sold, corrected)
        || (given + family <= MOST_LETTERS
            && isMostlySame(given, sold.givenName(), corrected.givenName())
            && isMostlySame(family, sold.familyName(), corrected.familyName()));
  }

  private static String name(Person person) {
    return person.givenName() + " " + person.familyName();
  }

  /** How many letters are another, are missing, or are too many; accents and case are none. */
  private static int letters(String one, String other) {
    return DISTANCE.apply(NameKey.of(one), NameKey.of(other));
  }

  /** Three letters are all there is of some names. */
  private static boolean isMostlySame(int letters, String one, String other) {
    var longer = Math.max(NameKey.of(one).length(), NameKey.of(other).length());
    return 2 * letters <= longer;
  }

  private static boolean isSameWords(Person one, Person other) {
    return words(one).equals(words(other));
  }

  private static String words(Person person) {
    return Stream.of(person.givenName(), person.familyName())
        .flatMap(name -> NameKey.words(name).stream())
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
