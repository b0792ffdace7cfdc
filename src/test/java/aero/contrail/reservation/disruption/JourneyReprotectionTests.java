package aero.contrail.reservation.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderId;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import aero.contrail.reservation.passenger.Party;
import aero.contrail.reservation.schedule.Flight;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which flights a party gets whose journey has several. */
class JourneyReprotectionTests extends DayOfFlights {

  private final Flight toDenver = flight("UA", 11, "ORD-DEN", "15:00");

  /** There is a flight that still reaches what it connects to. */
  @Test
  void theConnectionIsKept() {
    offer("UA", 2, "EWR-ORD", "12:40", 9);
    var protections = protect(trip(lost(NOON), kept(toDenver)));
    assertThat(flown(protections)).containsExactly("UA2");
    assertThat(protections.orElseThrow().getFirst().replaces(toDenver.id())).isFalse();
  }

  /** No flight reaches it: the rest of the journey is another one, too. */
  @Test
  void orReplacedAsAWhole() {
    offer("UA", 2, "EWR-ORD", "13:00", 9); // arrives 14:30
    offer("UA", 12, "ORD-DEN", "18:00", 9);
    var protections = protect(trip(lost(NOON), kept(toDenver)));
    assertThat(flown(protections)).containsExactly("UA2", "UA12");
    assertThat(protections.orElseThrow().getFirst().replaces(toDenver.id())).isTrue();
  }

  @Test
  void fromWhereSomebodyIsAlready() {
    offer("UA", 12, "ORD-DEN", "14:10", 9); // leaves too soon after the first
    offer("UA", 13, "ORD-DEN", "17:00", 9);
    assertThat(flown(protect(trip(kept(NOON), lost(toDenver))))).containsExactly("UA13");
  }

  @Test
  void theWayBackIsAnotherJourneyAndIsNotMissed() {
    var back = flight("UA", 21, "ORD-EWR", "18:00");
    offer("UA", 2, "EWR-ORD", "16:00", 9); // arrives when it boards
    assertThat(protect(trip(lost(NOON), kept(back)))).isEmpty();
    offer("UA", 3, "EWR-ORD", "15:00", 9);
    assertThat(flown(protect(trip(lost(NOON), kept(back))))).containsExactly("UA3");
  }

  /** All that is lost or nothing: what was found for the way there is not kept. */
  @Test
  void whoLosesBothGetsBothOrNone() {
    var back = flight("UA", 21, "ORD-EWR", "20:00");
    offer("UA", 2, "EWR-ORD", "13:00", 2);
    var rules = rules();
    assertThat(rules.protect(trip(lost(NOON), lost(back)), EARLY)).isEmpty();
    assertThat(rules.protect(trip(lost(NOON)), EARLY)).isPresent();
  }

  /** Home on the same day: not before he has arrived. */
  @Test
  void theWayBackBeginsWhereTheWayThereEnds() {
    var back = flight("UA", 21, "ORD-EWR", "15:00");
    offer("UA", 22, "ORD-EWR", "14:00", 9); // he arrives at half past one
    assertThat(protect(trip(kept(NOON), lost(back)))).isEmpty();
    offer("UA", 23, "ORD-EWR", "14:15", 9);
    assertThat(flown(protect(trip(kept(NOON), lost(back))))).containsExactly("UA23");
  }

  /** And the way back waits for the new way there. */
  @Test
  void whoArrivesLaterGoesBackLater() {
    var back = flight("UA", 21, "ORD-EWR", "16:00");
    offer("UA", 2, "EWR-ORD", "16:00", 9);
    offer("UA", 22, "ORD-EWR", "17:00", 9);
    offer("UA", 23, "ORD-EWR", "19:00", 9);
    assertThat(flown(protect(trip(lost(NOON), lost(back))))).containsExactly("UA2", "UA23");
  }

  /** Some have left the first flight: nobody takes the second away from the others. */
  @Test
  void aJourneyIsThatOfTheSamePassengers() {
    var alone = new Party(FAMILY.members().subList(0, 1));
    var first = new TripFlight(NOON, "Y", "M", alone, 1, false, true);
    offer("UA", 2, "EWR-DEN", "12:00", 9); // direct, to where both go
    assertThat(protect(trip(first, kept(toDenver)))).isEmpty();
    offer("UA", 3, "EWR-ORD", "12:30", 9);
    var protections = protect(trip(first, kept(toDenver)));
    assertThat(flown(protections)).containsExactly("UA3");
    assertThat(protections.orElseThrow().getFirst().party()).isEqualTo(alone);
  }

  /** Some of the order fly later anyway: the others need not be there before them. */
  @Test
  void whatOthersOfTheOrderFlyDoesNotMatter() {
    var alone = new Party(FAMILY.members().subList(0, 1));
    var others = new Party(FAMILY.members().subList(1, 3));
    var evening =
        new TripFlight(flight("UA", 31, "EWR-ORD", "17:00"), "Y", "M", alone, 1, true, false);
    var noon = new TripFlight(NOON, "Y", "M", others, 1, false, true);
    offer("UA", 2, "EWR-ORD", "16:30", 9); // there only after the evening flight has left
    assertThat(flown(protect(trip(noon, evening)))).containsExactly("UA2");
  }

  @Test
  void journeysAreTold() {
    var back = flight("UA", 21, "DEN-ORD", "20:00");
    var home = flight("UA", 22, "ORD-EWR", "23:00");
    var bounds = trip(kept(home), kept(back), kept(toDenver), kept(NOON)).bounds();
    assertThat(bounds).hasSize(2);
    assertThat(bounds.getFirst())
        .extracting(TripFlight::id)
        .containsExactly(NOON.id(), toDenver.id());
    assertThat(bounds.getLast()).extracting(TripFlight::id).containsExactly(back.id(), home.id());
  }

  /**
   * From a seed: whatever is asked, nobody gets a seat that is not there, or half of what he lost.
   */
  @Test
  void nothingIsGivenThatIsNotThere() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var airports = List.of("EWR", "ORD", "DEN", "CLE");
    for (var i = 0; i < 60; i++) {
      var from = airports.get(random.nextInt(4));
      var to = airports.get(random.nextInt(4));
      if (!from.equals(to)) {
        var time = LocalTime.of(random.nextInt(24), random.nextInt(60)).toString();
        offer("UA", 100 + i, from + "-" + to, time, random.nextInt(9));
      }
    }
    var network = new Network(List.of(), flights, cabins, EARLY);
    var rules = new ReprotectionRules(network, policy, Duration.ofMinutes(45));
    var given = 0;
    for (var party = 0; party < 500; party++) {
      var lost = new ArrayList<TripFlight>();
      for (var flight : List.of(NOON, flight("UA", 11, "ORD-DEN", "15:00"))) {
        lost.add(random.nextBoolean() ? lost(flight) : kept(flight));
      }
      var trip = new Trip(new OrderId(UUID.randomUUID()), lost);
      var protections = rules.protect(trip, EARLY);
      given += protections.isPresent() ? 1 : 0;
      for (var protection : protections.orElse(List.of())) {
        var replaced = new HashSet<>(protection.alternative().instead());
        assertThat(trip.flights().stream().filter(TripFlight::isLost).map(TripFlight::flight))
            .as("seed %d", seed)
            .allMatch(replaced::contains);
        var flown = protection.alternative().flights();
        for (var i = 1; i < flown.size(); i++) {
          assertThat(flown.get(i).origin()).isEqualTo(flown.get(i - 1).destination());
        }
      }
    }
    assertThat(network.space().changed())
        .as("seed %d", seed)
        .allMatch(cabin -> cabin.available() >= 0)
        .allMatch(cabin -> cabin.held() == 0);
    assertThat(given).as("seed %d", seed).isPositive();
  }
}
