package aero.contrail.database;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns of many rows, as parameters for {@code unnest} and {@code any}. */
public final class SqlArrays {

  private SqlArrays() {}

  /** The texts of values, in their order; null stays null. */
  public static <T> String[] texts(
      Collection<T> rows, Function<? super T, ? extends @Nullable Object> value) {
    return rows.stream()
        .map(value)
        .map(one -> one == null ? null : one.toString())
        .toArray(String[]::new);
  }
}
