package aero.contrail.reservation.schedule;

import aero.contrail.reservation.schedule.ReferenceData.Layout;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** When the rows of a configuration make one aircraft: they are taken as a whole or not at all. */
public final class LayoutRules {

  private LayoutRules() {}

  /**
   * Why configurations cannot be taken, by name; those that can are missing.
   *
   * @param spoiled have rows that could not be read
   */
  public static Map<String, String> faults(Collection<Layout> layouts, Set<String> spoiled) {
    var faults = new HashMap<String, String>();
    layouts.stream()
        .collect(Collectors.groupingBy(Layout::configuration))
        .forEach(
            (configuration, rows) -> {
              if (spoiled.contains(configuration)) {
                faults.put(configuration, "another row of " + configuration + " is wrong");
              } else {
                fault(rows).ifPresent(why -> faults.put(configuration, why));
              }
            });
    return faults;
  }

  private static Optional<String> fault(List<Layout> rows) {
    var types = rows.stream().map(Layout::aircraft).distinct().sorted().toList();
    if (types.size() > 1) {
      return Optional.of(
          "%s is of types %s".formatted(rows.getFirst().configuration(), String.join(", ", types)));
    }
    for (var i = 0; i < rows.size(); i++) {
      for (var j = i + 1; j < rows.size(); j++) {
        if (overlap(rows.get(i), rows.get(j))) {
          return Optional.of(
              "%s has rows %d to %d and %d to %d"
                  .formatted(
                      rows.get(i).configuration(),
                      rows.get(i).firstRow(),
                      rows.get(i).lastRow(),
                      rows.get(j).firstRow(),
                      rows.get(j).lastRow()));
        }
      }
    }
    return rows.stream().flatMap(row -> faultOf(row).stream()).findFirst();
  }

  private static boolean overlap(Layout one, Layout other) {
    return one.firstRow() <= other.lastRow() && other.firstRow() <= one.lastRow();
  }

  private static Optional<String> faultOf(Layout row) {
    var letters = row.columns().replace("-", "");
    if (letters.chars().distinct().count() < letters.length()) {
      return Optional.of("columns %s name a seat twice".formatted(row.columns()));
    }
    var outside =
        Arrays.stream(row.exitRows().split(" ", -1))
            .filter(exit -> !exit.isEmpty())
            .filter(exit -> !isWithin(exit, row))
            .findFirst();
    return outside.map(
        exit ->
            "exit row %s is not of rows %d to %d".formatted(exit, row.firstRow(), row.lastRow()));
  }

  private static boolean isWithin(String exit, Layout row) {
    return exit.matches("\\d{1,3}")
        && Integer.parseInt(exit) >= row.firstRow()
        && Integer.parseInt(exit) <= row.lastRow();
  }
}
