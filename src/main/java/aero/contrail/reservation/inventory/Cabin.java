package aero.contrail.reservation.inventory;

import aero.contrail.events.CabinAvailability;
import aero.contrail.events.FlightId;
import aero.contrail.events.SpaceRefusal.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The inventory of one cabin of one flight: nested booking limits and what counts against them.
 *
 * <p>Classes are ranked high to low. The limit of a class bounds what it and all classes below it
 * sell together, so a sale counts against the limit of its own class and of every higher one; all
 * sales count against the authorised units of the cabin. Immutable.
 *
 * @param capacity seats of the configuration
 * @param authorised seats that may be sold: the capacity, with or without overbooking
 * @param classes one letter each, high to low
 * @param limits booking limits, in the order of {@code classes}
 */
public record Cabin(
    FlightId flight,
    String cabin,
    int capacity,
    int authorised,
    String classes,
    List<Integer> limits,
    Counters counters) {

  /** What is sold and held, class by class. */
  public record Counters(List<Integer> sold, List<Integer> held) {

    public Counters {
      sold = List.copyOf(sold);
      held = List.copyOf(held);
    }

    /** What is taken in the class at an index and all below it. */
    int taken(int from) {
      var taken = 0;
      for (var i = from; i < sold.size(); i++) {
        taken += sold.get(i) + held.get(i);
      }
      return taken;
    }
  }

  /**
   * What a class may still sell, and what binds it.
   *
   * @param kind whether it is the cabin or a class
   * @param of which
   */
  public record Available(int seats, Kind kind, String of) {

    /** For example {@code class M}. */
    public String binding() {
      return kind.words(of);
    }
  }

  public Cabin {
    limits = List.copyOf(limits);
    if (limits.size() != classes.length()
        || counters.sold().size() != classes.length()
        || counters.held().size() != classes.length()) {
      throw new IllegalArgumentException(
          "%s/%s: %s does not match limits %s and %s"
              .formatted(flight, cabin, classes, limits, counters));
    }
  }

  /** A cabin that has sold nothing. */
  public static Cabin fresh(
      FlightId flight, String cabin, int capacity, String classes, List<Integer> limits) {
    var none = Collections.nCopies(classes.length(), 0);
    return new Cabin(flight, cabin, capacity, capacity, classes, limits, new Counters(none, none));
  }

  public boolean sells(String fareClass) {
    return fareClass.length() == 1 && classes.contains(fareClass);
  }

  /** Negative when limits were set below what is sold. */
  public Available available(String fareClass) {
    var least = new Available(authorised - counters.taken(0), Kind.CABIN_FULL, cabin);
    for (var i = 0; i <= index(fareClass); i++) {
      var seats = limits.get(i) - counters.taken(i);
      if (seats < least.seats()) {
        least = new Available(seats, Kind.CLASS_FULL, classes.substring(i, i + 1));
      }
    }
    return least;
  }

  /** What the cabin may still sell in its highest class. */
  public int available() {
    return authorised - counters.taken(0);
  }

  public int sold() {
    return counters.sold().stream().mapToInt(Integer::intValue).sum();
  }

  public int held() {
    return counters.held().stream().mapToInt(Integer::intValue).sum();
  }

  /** Takes seats without asking whether there are any. */
  public Cabin hold(String fareClass, int seats) {
    return with(counters.sold(), plus(counters.held(), fareClass, seats));
  }

  public Cabin confirm(String fareClass, int seats) {
    return with(plus(counters.sold(), fareClass, seats), plus(counters.held(), fareClass, -seats));
  }

  public Cabin releaseHeld(String fareClass, int seats) {
    return with(counters.sold(), plus(counters.held(), fareClass, -seats));
  }

  public Cabin releaseSold(String fareClass, int seats) {
    return with(plus(counters.sold(), fareClass, -seats), counters.held());
  }

  /** The same sales under other limits. */
  public Cabin limited(int newAuthorised, List<Integer> newLimits) {
    return new Cabin(flight, cabin, capacity, newAuthorised, classes, newLimits, counters);
  }

  /** The same sales in another aircraft, with the limits that it is scheduled with. */
  public Cabin refitted(Cabin fresh) {
    return new Cabin(
        flight, cabin, fresh.capacity, fresh.authorised, classes, fresh.limits, counters);
  }

  /** Whether cabins of a flight include this one, however it has sold. */
  public boolean isAmong(List<Cabin> cabins) {
    return cabins.stream().anyMatch(other -> other.cabin.equals(cabin));
  }

  public CabinAvailability availability() {
    return new CabinAvailability(
        cabin,
        classes,
        classes.chars().mapToObj(c -> available(Character.toString(c)).seats()).toList());
  }

  private Cabin with(List<Integer> sold, List<Integer> held) {
    return new Cabin(
        flight, cabin, capacity, authorised, classes, limits, new Counters(sold, held));
  }

  private List<Integer> plus(List<Integer> counts, String fareClass, int seats) {
    var changed = new ArrayList<>(counts);
    changed.set(index(fareClass), counts.get(index(fareClass)) + seats);
    return changed;
  }

  private int index(String fareClass) {
    if (!sells(fareClass)) {
      throw new IllegalArgumentException(
          "%s/%s has no class %s".formatted(flight, cabin, fareClass));
    }
    return classes.indexOf(fareClass);
  }
}
