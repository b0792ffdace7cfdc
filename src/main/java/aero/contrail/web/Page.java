package aero.contrail.web;

import aero.contrail.web.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the next part; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /** The page size when a request names none. */
  public static final String DEFAULT_LIMIT = "50";

  public static final int MAX_LIMIT = 200;

  private static final String SEPARATOR = " ";

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts a page from rows that were read with one more than the limit.
   *
   * @param list whose cursors are of no use for another
   * @param key names a row's place in the order of the list; stays valid while rows are added
   */
  public static <R, T> Page<T> of(
      String list, List<R> rows, int limit, Function<R, String> key, Function<R, T> item) {
    var more = rows.size() > limit;
    var shown = more ? rows.subList(0, limit) : rows;
    return new Page<>(
        shown.stream().map(item).toList(), more ? cursor(list, key.apply(shown.getLast())) : null);
  }

  /**
   * What a cursor stands for.
   *
   * @param list that gave it out
   * @param start where a list without a cursor begins
   * @param parse reads a key; whatever it throws, the cursor is to blame
   * @throws Problem when the cursor is none of the list's
   */
  public static <K extends @Nullable Object> K after(
      String list, @Nullable String cursor, K start, Function<String, K> parse) {
    if (cursor == null) {
      return start;
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.startsWith(list + SEPARATOR)) {
        return parse.apply(text.substring(list.length() + SEPARATOR.length()));
      }
    } catch (RuntimeException e) {
      // it is said below what is wrong
    }
    throw Problem.invalidParameter("cursor", "cursor is not one that this list gave out.");
  }

  private static String cursor(String list, String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((list + SEPARATOR + key).getBytes(StandardCharsets.UTF_8));
  }
}
