package aero.contrail.reservation.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.reservation.booking.Space;
import aero.contrail.reservation.disruption.Policy.Cabins;
import aero.contrail.reservation.disruption.ReprotectionRules.Protection;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import aero.contrail.reservation.schedule.Flight;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which flights a party gets that lost one. */
class ReprotectionRulesTests extends DayOfFlights {

  /** A network that was read for others says nothing of a place that it was not read for. */
  @Test
  void aNetworkKnowsWhatItWasReadFor() {
    var network = new Network(List.of(Network.place(NOON)), List.of(), List.of(), EARLY);
    assertThat(network.knows(trip(lost(NOON)))).isTrue();
    assertThat(network.knows(trip(lost(flight("UA", 9, "EWR-DEN", "12:00"))))).isFalse();
    assertThat(network.knows(trip(kept(flight("UA", 9, "EWR-DEN", "12:00"))))).isTrue();
  }

  @Nested
  class OneFlight {

    @Test
    void theSoonestOfTheDayWithSeatsForAll() {
      offer("UA", 2, "EWR-ORD", "13:00", 1); // one seat for two
      offer("UA", 3, "EWR-ORD", "15:00", 2);
      offer("UA", 4, "EWR-ORD", "16:00", 100);
      assertThat(flown(protect(trip(lost(NOON))))).containsExactly("UA3");
    }

    @Test
    void theSameAirlineBeforeASoonerOne() {
      offer("DL", 2, "EWR-ORD", "13:00", 9);
      offer("UA", 3, "EWR-ORD", "15:00", 9);
      assertThat(flown(protect(trip(lost(NOON))))).containsExactly("UA3");
    }

    @Test
    void theSameDayBeforeTheNext() {
      offer(flight("UA2-2026-12-02-EWR", "ORD", LocalTime.of(6, 0)), "Y", 9);
      offer("DL", 3, "EWR-ORD", "23:00", 9);
      assertThat(flown(protect(trip(lost(NOON))))).containsExactly("DL3");
    }

    @Test
    void anEarlierOneOnlyIfItIsNotMuchEarlier() {
      offer("UA", 2, "EWR-ORD", "09:59", 9);
      assertThat(protect(trip(lost(NOON)))).isEmpty();
      offer("UA", 3, "EWR-ORD", "10:00", 9);
      assertThat(flown(protect(trip(lost(NOON))))).containsExactly("UA3");
    }

    @Test
    void noneThatLeavesTooLate() {
      offer(flight("UA2-2026-12-04-EWR", "ORD", LocalTime.of(12, 1)), "Y", 9);
      assertThat(protect(trip(lost(NOON)))).isEmpty();
      offer(flight("UA2-2026-12-04-EWR", "ORD", LocalTime.NOON), "Y", 9);
      assertThat(protect(trip(lost(NOON)))).isPresent();
    }

    @Test
    void directBeforeAConnection() {
      offer("UA", 2, "EWR-CLE", "12:00", 9);
      offer("UA", 3, "CLE-ORD", "14:15", 9);
      assertThat(flown(protect(trip(lost(NOON))))).containsExactly("UA2", "UA3");
      offer("UA", 4, "EWR-ORD", "20:00", 9);
      assertThat(flown(protect(trip(lost(NOON))))).containsExactly("UA4");
    }

    @Test
    void aConnectionThatCanBeReached() {
      offer("UA", 2, "EWR-CLE", "12:00", 9);
      offer("UA", 3, "CLE-ORD", "14:14", 9); // a minute too soon
      offer("UA", 4, "CLE-ORD", "19:31", 9); // a minute too long
      assertThat(protect(trip(lost(NOON)))).isEmpty();
    }

    /** Twenty seats are left in all, half of which M may sell. */
    @Test
    void inTheClassThatWasBookedOrElseTheHighest() {
      offer("UA", 2, "EWR-ORD", "13:00", 20);
      assertThat(classes(protect(trip(lost(NOON))))).containsExactly("M");
      cabins.clear();
      offer("UA", 2, "EWR-ORD", "13:00", 3); // of which M may sell one
      assertThat(classes(protect(trip(lost(NOON))))).containsExactly("Y");
    }
  }

  private static List<String> classes(Optional<List<Protection>> protections) {
    return protections.orElseThrow().stream()
        .flatMap(p -> p.claims().stream())
        .map(Space.Claim::fareClass)
        .toList();
  }

  @Nested
  class OtherCabins {

    private final Flight later = flight("UA", 2, "EWR-ORD", "13:00");

    private List<String> cabin(String booked, String offered, Cabins allowed) {
      flights.clear();
      cabins.clear();
      policy = new Policy(allowed, Duration.ofDays(3));
      offer(later, offered, 9);
      var trip = trip(new TripFlight(NOON, booked, "M", FAMILY, 2, false, true));
      return protect(trip).stream()
          .flatMap(List::stream)
          .flatMap(p -> p.claims().stream())
          .map(Space.Claim::cabin)
          .toList();
    }

    @Test
    void asFarAsTheyMayBeGiven() {
      assertThat(cabin("Y", "J", Cabins.SAME)).isEmpty();
      assertThat(cabin("Y", "J", Cabins.HIGHER)).containsExactly("J");
      assertThat(cabin("J", "Y", Cabins.HIGHER)).isEmpty();
      assertThat(cabin("J", "Y", Cabins.ANY)).containsExactly("Y");
    }

    @Test
    void theBookedOneFirstThenThoseInFrontThenThoseBehind() {
      assertThat(List.of("W", "J", "F", "Y").stream().map(c -> distance("W", c)).toList())
          .isSorted();
      assertThat(distance("F", "J")).isPositive();
    }

    private static int distance(String booked, String offered) {
      return new Policy(Cabins.ANY, Duration.ofDays(1)).distance(booked, offered);
    }

    @Test
    void todayInAnotherBeforeTomorrowInTheSame() {
      offer(later, "J", 9);
      offer(flight("UA2-2026-12-02-EWR", "ORD", LocalTime.NOON), "Y", 9);
      assertThat(protect(trip(lost(NOON))).orElseThrow().getFirst().claims().getFirst().cabin())
          .isEqualTo("J");
    }
  }
}
