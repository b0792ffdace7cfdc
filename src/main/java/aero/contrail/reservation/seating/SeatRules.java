package aero.contrail.reservation.seating;

import aero.contrail.events.PassengerType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may sit where, and who sits together. Pure. */
final class SeatRules {

  private SeatRules() {}

  /** Why somebody may not have a seat. */
  enum Refusal {
    /** The seat is in a cabin that was not bought. */
    OTHER_CABIN("in another cabin"),
    /** Who sits at an exit must be able to open it, and have nobody to look after. */
    EXIT_ROW("at an exit, for adults without an infant"),
    /** There is one oxygen mask more than seats on each side of an aisle: for one infant. */
    INFANT_BESIDE("beside another infant"),
    /** An infant travels on a lap. */
    NO_SEAT_NEEDED("not for an infant");

    private final String words;

    Refusal(String words) {
      this.words = words;
    }

    /** To be said after the seat. */
    String words() {
      return words;
    }
  }

  /**
   * @param party the types of all who travel with him, himself included
   */
  static Optional<Refusal> refusal(
      Seat seat, String cabin, PassengerType type, Collection<PassengerType> party) {
    if (!type.takesSeat()) {
      return Optional.of(Refusal.NO_SEAT_NEEDED);
    }
    if (!seat.cabin().equals(cabin)) {
      return Optional.of(Refusal.OTHER_CABIN);
    }
    return seat.isExit() && !mayOpenExits(type, party)
        ? Optional.of(Refusal.EXIT_ROW)
        : Optional.empty();
  }

  private static boolean mayOpenExits(PassengerType type, Collection<PassengerType> party) {
    return type == PassengerType.ADULT && !party.contains(PassengerType.INFANT);
  }

  /**
   * Seats for some of a party, as near together as there are: side by side if possible, else in one
   * row, else in the fewest rows next to each other; of several such places the one that is nearest
   * to where others of the party sit, else the foremost.
   *
   * @param count how many seats are wanted
   * @param taken seats of others
   * @param near rows in which others of the party sit
   * @return from the front to the back; fewer than wanted when the cabin is full
   */
  static List<Seat> together(
      SeatMap map,
      String cabin,
      int count,
      boolean mayOpenExits,
      Set<String> taken,
      Collection<Integer> near) {
    var free =
        map.rows(cabin).stream()
            .map(
                row ->
                    row.stream()
                        .filter(seat -> !taken.contains(seat.number()))
                        .filter(seat -> mayOpenExits || !seat.isExit())
                        .toList())
            .filter(row -> !row.isEmpty())
            .sorted(
                Comparator.comparingInt((List<Seat> row) -> distance(row.getFirst().row(), near))
                    .thenComparingInt(row -> row.getFirst().row()))
            .toList();
    return free.stream()
        .flatMap(row -> sideBySide(row, count).stream())
        .findFirst()
        .or(
            () ->
                free.stream()
                    .filter(r -> r.size() >= count)
                    .findFirst()
                    .map(r -> r.subList(0, count)))
        .orElseGet(() -> inRows(free, count));
  }

  private static int distance(int row, Collection<Integer> near) {
    return near.stream().mapToInt(other -> Math.abs(other - row)).min().orElse(0);
  }

  private static Optional<List<Seat>> sideBySide(List<Seat> row, int count) {
    return runs(row).stream()
        .filter(run -> run.size() >= count)
        .min(Comparator.comparingInt(List::size)) // leaves larger gaps to larger parties
        .map(run -> run.subList(0, count));
  }

  /** Seats that have neither an aisle nor a taken one between them. */
  private static List<List<Seat>> runs(List<Seat> row) {
    var runs = new ArrayList<List<Seat>>();
    for (var seat : row) {
      var last = runs.isEmpty() ? null : runs.getLast();
      if (last != null && last.getLast().place() + 1 == seat.place()) {
        last.add(seat);
      } else {
        runs.add(new ArrayList<>(List.of(seat)));
      }
    }
    return runs;
  }

  /** The rows around the one that has most, or all there is. */
  private static List<Seat> inRows(List<List<Seat>> free, int count) {
    var fullest = free.stream().max(Comparator.comparingInt(List::size));
    var centre = fullest.map(row -> row.getFirst().row()).orElse(0);
    return free.stream()
        .sorted(Comparator.comparingInt(row -> Math.abs(row.getFirst().row() - centre)))
        .flatMap(List::stream)
        .limit(count)
        .sorted(Comparator.comparingInt(Seat::row).thenComparingInt(Seat::place))
        .toList();
  }
}
