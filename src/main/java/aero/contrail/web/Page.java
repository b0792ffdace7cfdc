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

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts a page from rows that were read with one more than the limit.
   *
   * @param key names a row's place in the order of the list; stays valid while rows are added
   */
  public static <R, T> Page<T> of(
      List<R> rows, int limit, Function<R, String> key, Function<R, T> item) {
    var more = rows.size() > limit;
    var shown = more ? rows.subList(0, limit) : rows;
    return new Page<>(
        shown.stream().map(item).toList(), more ? cursor(key.apply(shown.getLast())) : null);
  }

  /**
   * What a cursor stands for.
   *
   * @param start where a list without a cursor begins
   * @throws Problem when the cursor is none of ours
   */
  public static String after(@Nullable String cursor, String start) {
    if (cursor == null) {
      return start;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.invalidParameter("cursor", "cursor is not one that a list gave out.");
    }
  }

  private static String cursor(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
