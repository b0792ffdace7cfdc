package aero.contrail.reservation.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the limits of classes stand in rows: most have no seats of their own, and none is fixed. */
public final class ControlColumns {

  private ControlColumns() {}

  /** From the columns classes, limits, minimums and fixed. */
  static List<ClassControl> of(ResultSet row) throws SQLException {
    var classes = row.getString("classes");
    var limits = Cabins.numbers(row, "limits");
    var minimums = row.getArray("minimums") == null ? null : Cabins.numbers(row, "minimums");
    var fixed = row.getString("fixed");
    var controls = new ArrayList<ClassControl>(classes.length());
    for (var i = 0; i < classes.length(); i++) {
      var fareClass = classes.substring(i, i + 1);
      controls.add(
          new ClassControl(
              fareClass,
              limits.get(i),
              minimums == null ? 0 : minimums.get(i),
              fixed != null && fixed.contains(fareClass)));
    }
    return controls;
  }

  /** The letters of the classes. */
  static String classes(List<ClassControl> controls) {
    return controls.stream().map(ClassControl::fareClass).collect(Collectors.joining());
  }

  /** Null when no class has one. */
  public static @Nullable String minimums(List<ClassControl> controls) {
    return controls.stream().allMatch(control -> control.minimum() == 0)
        ? null
        : Cabins.literal(controls.stream().map(ClassControl::minimum).toList());
  }

  /** Null when none is. */
  public static @Nullable String fixed(List<ClassControl> controls) {
    var fixed = controls.stream().filter(ClassControl::isFixed).toList();
    return fixed.isEmpty() ? null : classes(fixed);
  }
}
