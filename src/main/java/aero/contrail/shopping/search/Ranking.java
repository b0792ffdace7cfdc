package aero.contrail.shopping.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * The cheapest trips of all, without making all: there may be millions of pairs of one way there
 * and one way back. Pure.
 */
final class Ranking {

  private Ranking() {}

  /** When one may go home. */
  interface Turnaround {
    boolean allows(Option there, Option home);
  }

  /**
   * Trips in one direction, the cheapest first.
   *
   * @param after the key of the last trip that was seen; empty for none
   */
  static List<Trip> oneWay(List<Option> options, String after, int limit) {
    var trips = options.stream().sorted(Option.ORDER).map(option -> new Trip(List.of(option)));
    return page(trips.iterator(), after, limit);
  }

  /** Trips there and back, the cheapest first. */
  static List<Trip> roundTrip(
      List<Option> there, List<Option> home, Turnaround turnaround, String after, int limit) {
    return page(new Pairs(there, home, turnaround), after, limit);
  }

  private static List<Trip> page(Iterator<Trip> inOrder, String after, int limit) {
    var page = new ArrayList<Trip>();
    while (inOrder.hasNext() && page.size() < limit) {
      var trip = inOrder.next();
      if (after.isEmpty() || trip.key().compareTo(after) > 0) {
        page.add(trip);
      }
    }
    return page;
  }

  /**
   * Pairs by the sum of their prices: of both lists, each in order, the next pair is always a
   * neighbour of one that was there before (Frederickson and Johnson, 1982, of sorted X + Y). Of
   * pairs of one sum the first of the first list comes first: whatever is not in sight yet has a
   * neighbour of the same sum in sight that comes before it.
   */
  private static final class Pairs implements Iterator<Trip> {

    private record Pair(int there, int home, long minor) {}

    private final List<Option> there;
    private final List<Option> home;
    private final Turnaround turnaround;
    private final PriorityQueue<Pair> frontier =
        new PriorityQueue<>(
            Comparator.comparingLong(Pair::minor)
                .thenComparingInt(Pair::there)
                .thenComparingInt(Pair::home));

    Pairs(List<Option> there, List<Option> home, Turnaround turnaround) {
      this.there = there.stream().sorted(Option.ORDER).toList();
      this.home = home.stream().sorted(Option.ORDER).toList();
      this.turnaround = turnaround;
      add(0, 0);
    }

    private void add(int i, int j) {
      if (i < there.size() && j < home.size()) {
        frontier.add(new Pair(i, j, there.get(i).minor() + home.get(j).minor()));
      }
    }

    @Override
    public boolean hasNext() {
      while (!frontier.isEmpty() && !isAllowed(frontier.element())) {
        advance();
      }
      return !frontier.isEmpty();
    }

    private boolean isAllowed(Pair pair) {
      return turnaround.allows(there.get(pair.there), home.get(pair.home));
    }

    /** Each pair has one predecessor only: it is added once. */
    private Pair advance() {
      var pair = frontier.remove();
      add(pair.there, pair.home + 1);
      if (pair.home == 0) {
        add(pair.there + 1, 0);
      }
      return pair;
    }

    @Override
    public Trip next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      var pair = advance();
      return new Trip(List.of(there.get(pair.there), home.get(pair.home)));
    }
  }
}
