package aero.contrail.shopping.search;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.shopping.index.Flights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RankingTests {

  private static Option option(int number, long minor, String origin, int hour) {
    var id = "UA%d-2027-06-01-%s".formatted(number, origin);
    var to = origin.equals("EWR") ? "SFO" : "EWR";
    var departs = "2027-06-01T%02d:00".formatted(hour);
    var arrives = "2027-06-01T%02d:30".formatted(hour + 8);
    return new Option(List.of(Flights.flight(id, to, departs, arrives, 9)), 'Y', minor, 9);
  }

  private static List<Option> options(Random random, String origin) {
    return IntStream.range(0, random.nextInt(12))
        .mapToObj(i -> option(i + 1, random.nextInt(5), origin, random.nextInt(12)))
        .toList();
  }

  private static boolean isLater(Option there, Option home) {
    return home.first().departs() > there.last().arrives();
  }

  /** All pairs, by hand. */
  private static List<String> all(List<Option> there, List<Option> home) {
    return there.stream()
        .flatMap(
            out ->
                home.stream()
                    .filter(back -> isLater(out, back))
                    .map(back -> new Trip(List.of(out, back)).key()))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /** Page by page, whatever the pages, it is the list of all pairs in order. */
  @RepeatedTest(50)
  void pagesOfPairsAreAllPairsInOrder() {
    var random = new Random();
    var there = options(random, "EWR");
    var home = options(random, "SFO");
    var seen = new ArrayList<String>();
    var limit = 1 + random.nextInt(7);
    for (var page = page(there, home, "", limit);
        !page.isEmpty();
        page = page(there, home, seen.getLast(), limit)) {
      assertThat(page.size()).isLessThanOrEqualTo(limit);
      page.forEach(trip -> seen.add(trip.key()));
    }
    assertThat(seen).isEqualTo(all(there, home));
  }

  private static List<Trip> page(List<Option> there, List<Option> home, String after, int limit) {
    return Ranking.roundTrip(there, home, RankingTests::isLater, after, limit);
  }

  @Test
  void oneWayTheCheapestFirstThenTheEarliest() {
    var options =
        List.of(option(1, 200, "EWR", 6), option(2, 100, "EWR", 9), option(3, 100, "EWR", 7));
    assertThat(Ranking.oneWay(options, "", 9))
        .extracting(trip -> trip.bounds().getFirst().ids())
        .containsExactly("UA3-2027-06-01-EWR", "UA2-2027-06-01-EWR", "UA1-2027-06-01-EWR");
    var first = Ranking.oneWay(options, "", 1).getFirst().key();
    assertThat(Ranking.oneWay(options, first, 9)).hasSize(2);
  }

  @Test
  void aTripCostsWhatItsBoundsCostAndHasTheSeatsOfTheScarcest() {
    var scarce = new Option(option(2, 50, "SFO", 9).flights(), 'Y', 50, 2);
    var trip = new Trip(List.of(option(1, 100, "EWR", 6), scarce));
    assertThat(trip.minor()).isEqualTo(150);
    assertThat(trip.seatsLeft()).isEqualTo(2);
  }
}
