package aero.contrail.reservation.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.disruption.Connections.Times;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import aero.contrail.reservation.passenger.Party;
import aero.contrail.reservation.schedule.Flight;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who reaches his next flight: NOON arrives at half past one. */
class ConnectionsTests extends DayOfFlights {

  private static final Connections CONNECTIONS = new Connections(Duration.ofMinutes(45));

  /** The flight at another time. */
  private static Flight at(Flight flight, String departure) {
    var route = flight.origin() + "-" + flight.destination();
    return flight("UA", Integer.parseInt(flight.id().designator().substring(2)), route, departure);
  }

  private static Map<FlightId, FlightId> missed(Trip trip, Flight... before) {
    var was = new HashMap<FlightId, Times>();
    for (var flight : before) {
      was.put(flight.id(), Times.of(flight));
    }
    return CONNECTIONS.missed(trip, was);
  }

  private static Flight onwards(String departure) {
    return flight("UA", 11, "ORD-DEN", departure);
  }

  @Test
  void theFirstIsLate() {
    var trip = trip(kept(at(NOON, "13:00")), kept(onwards("15:00")));
    assertThat(missed(trip, NOON)).containsExactly(Map.entry(onwards("15:00").id(), NOON.id()));
  }

  @Test
  void byAMinuteLessThanItTakes() {
    assertThat(missed(trip(kept(at(NOON, "12:45")), kept(onwards("15:00"))), NOON)).isEmpty();
    assertThat(missed(trip(kept(at(NOON, "12:46")), kept(onwards("15:00"))), NOON)).hasSize(1);
  }

  @Test
  void theSecondIsEarly() {
    var early = onwards("14:00");
    assertThat(missed(trip(kept(NOON), kept(early)), onwards("15:00")))
        .containsExactly(Map.entry(early.id(), early.id()));
  }

  @Test
  void bothMoveTogetherOrApart() {
    var before = new Flight[] {NOON, onwards("15:00")};
    assertThat(missed(trip(kept(at(NOON, "16:00")), kept(onwards("19:00"))), before)).isEmpty();
    var apart = trip(kept(at(NOON, "12:30")), kept(onwards("14:30")));
    assertThat(missed(apart, before)).containsExactly(Map.entry(onwards("15:00").id(), NOON.id()));
  }

  /** It was sold so: the airport may be a small one. */
  @Test
  void whatWasShortBeforeAndIsLongerNowIsNotMissed() {
    var second = kept(onwards("14:05")); // 35 minutes
    assertThat(missed(trip(kept(at(NOON, "11:55")), second), NOON)).isEmpty();
    assertThat(missed(trip(kept(at(NOON, "12:05")), second), NOON)).hasSize(1);
  }

  @Test
  void whatNeverConnectedIsNotMissed() {
    var fromElsewhere = kept(flight("UA", 12, "MDW-DEN", "15:00"));
    assertThat(missed(trip(kept(at(NOON, "14:00")), fromElsewhere), NOON)).isEmpty();
    var dayAfter = flight("UA13-2026-12-02-ORD", "DEN", LocalTime.of(23, 0));
    assertThat(missed(trip(kept(at(NOON, "14:00")), kept(dayAfter)), NOON)).isEmpty();
    var other = at(onwards("15:00"), "13:40"); // was before: not retimed itself
    assertThat(missed(trip(kept(NOON), kept(other)), flight("UA", 99, "EWR-DEN", "08:00")))
        .isEmpty();
  }

  /** Some come from elsewhere: it is not this flight that they miss. */
  @Test
  void whoIsNotOnTheFirstMissesNothing() {
    var alone = new Party(FAMILY.members().subList(0, 1));
    var first = new TripFlight(at(NOON, "13:30"), "Y", "M", alone, 1, true, false);
    assertThat(missed(trip(first, kept(onwards("15:00"))), NOON)).isEmpty();
    var second = new TripFlight(onwards("15:00"), "Y", "M", alone, 1, true, false);
    assertThat(missed(trip(kept(at(NOON, "13:30")), second), NOON)).hasSize(1);
  }
}
