package aero.contrail.reservation.seating;

import aero.contrail.reservation.schedule.ReferenceData.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The seats of a configuration, from the front to the back, in each row from left to right. */
final class SeatMap {

  private final Map<String, Seat> seats = new LinkedHashMap<>();

  private SeatMap(List<Seat> seats) {
    seats.forEach(seat -> this.seats.put(seat.number(), seat));
  }

  /**
   * @param layouts all rows of one configuration; columns as in ABC-DEF, the dash being the aisle
   */
  static SeatMap of(List<Layout> layouts) {
    return new SeatMap(
        layouts.stream()
            .sorted(Comparator.comparingInt(Layout::firstRow))
            .flatMap(layout -> seats(layout).stream())
            .toList());
  }

  private static List<Seat> seats(Layout layout) {
    var exits = Set.copyOf(Arrays.asList(layout.exitRows().split(" ", -1)));
    var seats = new ArrayList<Seat>();
    for (var row = layout.firstRow(); row <= layout.lastRow(); row++) {
      seats.addAll(row(layout, row, exits.contains(Integer.toString(row))));
    }
    return seats;
  }

  private static List<Seat> row(Layout layout, int row, boolean isExit) {
    var columns = layout.columns();
    var seats = new ArrayList<Seat>();
    for (var i = 0; i < columns.length(); i++) {
      if (!isDash(columns, i)) {
        seats.add(
            new Seat(
                row,
                columns.charAt(i),
                layout.cabin(),
                i,
                i == 0 || i == columns.length() - 1,
                isDash(columns, i - 1) || isDash(columns, i + 1),
                isExit));
      }
    }
    return seats;
  }

  private static boolean isDash(String columns, int at) {
    return at >= 0 && at < columns.length() && columns.charAt(at) == '-';
  }

  Optional<Seat> find(@Nullable String number) {
    return number == null ? Optional.empty() : Optional.ofNullable(seats.get(number));
  }

  List<Seat> all() {
    return List.copyOf(seats.values());
  }

  /** The seats of a row that no aisle separates from a seat, itself included. */
  List<Seat> block(Seat seat) {
    var row =
        seats.values().stream()
            .filter(other -> other.row() == seat.row() && other.cabin().equals(seat.cabin()))
            .toList();
    var block = new ArrayList<Seat>();
    for (var other : row) {
      var isConnected = !block.isEmpty() && block.getLast().place() + 1 == other.place();
      if (!isConnected && block.contains(seat)) {
        break;
      }
      if (!isConnected) {
        block.clear();
      }
      block.add(other);
    }
    return block;
  }

  /** The rows of a cabin, from the front. */
  List<List<Seat>> rows(String cabin) {
    return List.copyOf(
        seats.values().stream()
            .filter(seat -> seat.cabin().equals(cabin))
            .collect(Collectors.groupingBy(Seat::row, LinkedHashMap::new, Collectors.toList()))
            .values());
  }
}
