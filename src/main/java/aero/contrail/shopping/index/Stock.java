package aero.contrail.shopping.index;

import aero.contrail.events.CabinAvailability;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a flight may still sell, class by class, in little memory. Immutable. */
public final class Stock {

  /** Stands for all cabins. */
  public static final char ANY_CABIN = '*';

  private final String classes;
  private final String cabins;
  private final short[] seats;

  private Stock(String classes, String cabins, short[] seats) {
    this.classes = classes;
    this.cabins = cabins;
    this.seats = seats;
  }

  /** The seats of some cabins; of more than are ever sold there are 9,999. */
  public static Stock of(List<CabinAvailability> cabins) {
    var classes = new StringBuilder();
    var itsCabins = new StringBuilder();
    var seats = new short[cabins.stream().mapToInt(cabin -> cabin.classes().length()).sum()];
    for (var cabin : cabins) {
      for (var i = 0; i < cabin.classes().length(); i++) {
        seats[classes.length()] = (short) Math.clamp(cabin.available().get(i), -1, 9_999);
        classes.append(cabin.classes().charAt(i));
        itsCabins.append(cabin.cabin());
      }
    }
    return new Stock(classes.toString().intern(), itsCabins.toString().intern(), seats);
  }

  /** The classes that are sold, one letter each; each is sold in one cabin only. */
  public String classes() {
    return classes;
  }

  /** The cabin of each class, one letter each. */
  public String cabins() {
    return cabins;
  }

  /** Seats left in a class; none in one that is not sold. */
  public int seats(char fareClass) {
    var i = classes.indexOf(fareClass);
    return i < 0 ? 0 : seats[i];
  }

  /** Whether a party can have seats in any class of a cabin, or of any cabin. */
  public boolean hasSeats(int party, char cabin) {
    for (var i = 0; i < seats.length; i++) {
      if (seats[i] >= party && (cabin == ANY_CABIN || cabins.charAt(i) == cabin)) {
        return true;
      }
    }
    return false;
  }

  /** The cabin of a class; empty when it is not sold. */
  public Optional<String> cabin(String fareClass) {
    return classes.contains(fareClass)
        ? Optional.of(String.valueOf(cabinOf(fareClass.charAt(0))))
        : Optional.empty();
  }

  char cabinOf(char fareClass) {
    return cabins.charAt(classes.indexOf(fareClass));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Stock stock
        && classes.equals(stock.classes)
        && cabins.equals(stock.cabins)
        && Arrays.equals(seats, stock.seats);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.hashCode(seats);
  }

  @Override
  public String toString() {
    return classes + Arrays.toString(seats);
  }
}
