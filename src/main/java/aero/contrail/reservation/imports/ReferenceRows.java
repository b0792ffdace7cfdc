package aero.contrail.reservation.imports;

import aero.contrail.reservation.imports.Imports.Rejection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a file of reference data, right and wrong. For one thread. */
final class ReferenceRows<T> {

  private record Numbered<T>(long line, String group, T value) {}

  private final Map<Object, Numbered<T>> good = new LinkedHashMap<>();
  private final Set<String> spoiled = new HashSet<>();
  private final List<Rejection> rejected = new ArrayList<>();

  /**
   * Takes a row.
   *
   * @param group of which all rows are taken, or none
   * @param key what must not repeat
   */
  void add(long line, String group, Object key, T value) {
    if (good.putIfAbsent(key, new Numbered<>(line, group, value)) != null) {
      reject(line, group, "it was there before");
    }
  }

  /**
   * Lists a row as wrong.
   *
   * @param group null when that cannot be read either
   */
  void reject(long line, @Nullable String group, String why) {
    if (group != null) {
      spoiled.add(group);
    }
    rejected.add(new Rejection(line, "bad_row", why));
  }

  /**
   * Takes groups out.
   *
   * @param faults why, by name
   */
  void rejectGroups(Map<String, String> faults) {
    for (var row : List.copyOf(good.values())) {
      var fault = faults.get(row.group());
      if (fault != null) {
        reject(row.line(), row.group(), fault);
      }
    }
    good.values().removeIf(row -> faults.containsKey(row.group()));
  }

  Collection<T> good() {
    return good.values().stream().map(Numbered::value).toList();
  }

  /** Groups with a wrong row. */
  Set<String> spoiled() {
    return Set.copyOf(spoiled);
  }

  List<Rejection> rejected() {
    return List.copyOf(rejected);
  }
}
