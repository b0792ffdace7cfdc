package aero.contrail.order.person;

import com.ibm.icu.text.Transliterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names as they are compared: in small Latin letters without accents, whatever their script (the
 * transforms of Unicode CLDR). {@code Łukasz}, {@code Lukasz} and {@code LUKASZ} are one.
 * Thread-safe.
 */
public final class NameKey {

  private static final Transliterator LATIN =
      Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");

  /** An apostrophe is part of its word: {@code O'Neil} is found as {@code oneil}. */
  private static final Pattern SILENT = Pattern.compile("['’ʼʹ`]");

  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

  private NameKey() {}

  /** The words of a name with blanks between them; empty when it has neither letter nor digit. */
  public static String of(String name) {
    var latin = SILENT.matcher(LATIN.transliterate(name)).replaceAll("");
    return OTHERS.matcher(latin).replaceAll(" ").strip();
  }

  /** The words of a name; none when it has neither letter nor digit. */
  public static List<String> words(String name) {
    var key = of(name);
    return key.isEmpty() ? List.of() : List.of(key.split(" "));
  }
}
