package aero.contrail.order.person;

import com.ibm.icu.text.Transliterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names as they are compared: in small Latin letters without accents, as far as Unicode CLDR has a
 * transform for their script, and else in their own. {@code Łukasz}, {@code Lukasz} and {@code
 * LUKASZ} are one. Thread-safe.
 */
public final class NameKey {

  private static final Transliterator KEY =
      Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");

  private static final Transliterator CAPITALS =
      Transliterator.getInstance("Any-Latin; Latin-ASCII; Upper");

  /** An apostrophe is part of its word: {@code O'Neil} is found as {@code oneil}. */
  private static final Pattern SILENT = Pattern.compile("['’ʼʹ`]");

  /** Of Latin letters; in scripts that are not transcribed marks are part of the word. */
  private static final Pattern ACCENTS = Pattern.compile("(?<=[a-z])\\p{M}+");

  private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  private NameKey() {}

  /** The words of a name with blanks between them; empty when it has neither letter nor digit. */
  public static String of(String name) {
    var latin = SILENT.matcher(KEY.transliterate(name)).replaceAll("");
    return OTHERS.matcher(ACCENTS.matcher(latin).replaceAll("")).replaceAll(" ").strip();
  }

  /** A name in Latin capitals, for what cannot show its own script. */
  public static String latin(String name) {
    return CAPITALS.transliterate(name);
  }

  /** The words of a name; none when it has neither letter nor digit. */
  public static List<String> words(String name) {
    var key = of(name);
    return key.isEmpty() ? List.of() : List.of(key.split(" "));
  }
}
