package aero.contrail.reservation.inventory;

import aero.contrail.events.CabinAvailability;
import aero.contrail.events.FlightId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inventory of one cabin of one flight: nested booking limits and what counts against them.
 *
 * <p>Classes are ranked high to low. The limit of a nested class bounds what it and all nested
 * classes below it sell together, so a sale counts against the limit of its own class and of every
 * higher one; all sales count against the authorised units of the cabin. Immutable.
 *
 * @param capacity seats of the configuration
 * @param authorised seats that may be sold: the capacity, with or without overbooking
 * @param controls what each class may sell, high to low
 * @param counters what each class has sold, in the same order
 */
public record Cabin(
    FlightId flight,
    String cabin,
    int capacity,
    int authorised,
    List<ClassControl> controls,
    Counters counters) {

  /** What is sold and held, class by class. */
  public record Counters(List<Integer> sold, List<Integer> held) {

    public Counters {
      sold = List.copyOf(sold);
      held = List.copyOf(held);
    }

    /** What is taken in the class at an index. */
    int taken(int i) {
      return sold.get(i) + held.get(i);
    }

    int taken() {
      var taken = 0;
      for (var i = 0; i < sold.size(); i++) {
        taken += taken(i);
      }
      return taken;
    }

    private static Counters none(int classes) {
      var none = Collections.nCopies(classes, 0);
      return new Counters(none, none);
    }
  }

  public Cabin {
    controls = List.copyOf(controls);
    if (counters.sold().size() != controls.size() || counters.held().size() != controls.size()) {
      throw new IllegalArgumentException(
          "%s/%s: %s does not match %s".formatted(flight, cabin, controls, counters));
    }
  }

  /** A cabin that has sold nothing, with nested classes. */
  public static Cabin fresh(
      FlightId flight, String cabin, int capacity, String classes, List<Integer> limits) {
    return fresh(flight, cabin, capacity, capacity, ClassControl.nested(classes, limits));
  }

  /** A cabin that has sold nothing. */
  public static Cabin fresh(
      FlightId flight, String cabin, int capacity, int authorised, List<ClassControl> controls) {
    return new Cabin(flight, cabin, capacity, authorised, controls, Counters.none(controls.size()));
  }

  /** The letters of the classes, high to low. */
  public String classes() {
    return controls.stream().map(ClassControl::fareClass).collect(Collectors.joining());
  }

  public List<Integer> limits() {
    return controls.stream().map(ClassControl::limit).toList();
  }

  public boolean sells(String fareClass) {
    return controls.stream().anyMatch(control -> control.fareClass().equals(fareClass));
  }

  /** What a class may still sell; negative when limits were set below what is sold. */
  public Available available(String fareClass) {
    return Availability.of(this, index(fareClass));
  }

  /** What the cabin may still sell in all classes together. */
  public int available() {
    return authorised - counters.taken();
  }

  public int sold() {
    return counters.sold().stream().mapToInt(Integer::intValue).sum();
  }

  public int held() {
    return counters.held().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether anything of it is sold or held. */
  public boolean isTaken() {
    return counters.taken() > 0;
  }

  /** The flights on which anything is sold or held. */
  public static Set<FlightId> flightsTaken(Collection<Cabin> cabins) {
    return cabins.stream().filter(Cabin::isTaken).map(Cabin::flight).collect(Collectors.toSet());
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

  /** The same sales under other limits of the same classes. */
  public Cabin limited(int newAuthorised, List<ClassControl> newControls) {
    return new Cabin(flight, cabin, capacity, newAuthorised, newControls, counters);
  }

  /** The cabin without anything sold or held. */
  public Cabin emptied() {
    return fresh(flight, cabin, capacity, authorised, controls);
  }

  /**
   * The same sales under another plan, or in another aircraft. Classes that are planned no more
   * keep what they have sold, and sell nothing more.
   */
  public Cabin planned(Cabin plan) {
    var all = new ArrayList<>(plan.controls);
    controls.stream()
        .filter(control -> !plan.sells(control.fareClass()))
        .filter(control -> counters.taken(index(control.fareClass())) > 0)
        .map(ClassControl::closed)
        .forEach(all::add);
    return new Cabin(
        flight,
        cabin,
        plan.capacity,
        plan.authorised,
        all,
        new Counters(counts(all, counters.sold()), counts(all, counters.held())));
  }

  private List<Integer> counts(List<ClassControl> wanted, List<Integer> counts) {
    return wanted.stream()
        .map(c -> sells(c.fareClass()) ? counts.get(index(c.fareClass())) : 0)
        .toList();
  }

  /** Whether cabins of a flight include this one, however it has sold. */
  public boolean isAmong(List<Cabin> cabins) {
    return cabins.stream().anyMatch(other -> other.cabin.equals(cabin));
  }

  /** What others are told of it. */
  public CabinAvailability availability() {
    return new CabinAvailability(
        cabin,
        classes(),
        controls.stream().map(control -> available(control.fareClass()).seats()).toList());
  }

  private Cabin with(List<Integer> sold, List<Integer> held) {
    return new Cabin(flight, cabin, capacity, authorised, controls, new Counters(sold, held));
  }

  private List<Integer> plus(List<Integer> counts, String fareClass, int seats) {
    var changed = new ArrayList<>(counts);
    changed.set(index(fareClass), counts.get(index(fareClass)) + seats);
    return changed;
  }

  private int index(String fareClass) {
    for (var i = 0; i < controls.size(); i++) {
      if (controls.get(i).fareClass().equals(fareClass)) {
        return i;
      }
    }
    throw new IllegalArgumentException("%s/%s has no class %s".formatted(flight, cabin, fareClass));
  }
}
