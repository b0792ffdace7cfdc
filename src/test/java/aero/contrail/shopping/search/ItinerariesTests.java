package aero.contrail.shopping.search;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.shopping.index.Flights;
import aero.contrail.shopping.index.SellableFlight;
import aero.contrail.shopping.index.Stock;
import aero.contrail.shopping.tariff.Connections;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** New York (EWR) over Chicago (ORD) to San Francisco (SFO). */
class ItinerariesTests {

  private static final LocalDate DAY = LocalDate.of(2027, 6, 1);
  private static final Route ROUTE = new Route("EWR", "SFO", DAY);

  private final List<SellableFlight> flights = new ArrayList<>();
  private Instant earliest = Instant.EPOCH;

  private void flight(String id, String to, String departs, String arrives, int seats) {
    flights.add(Flights.flight(id, to, departs, arrives, seats));
  }

  private List<String> found(int party) {
    var itineraries =
        new Itineraries(
            Flights.inMemory(flights),
            Connections.ofMinutes(45, 90),
            earliest,
            party,
            Stock.ANY_CABIN);
    return itineraries.find(ROUTE, 1).stream()
        .map(
            some ->
                String.join(
                    "+", some.stream().map(SellableFlight::id).map(Flights::number).toList()))
        .sorted()
        .toList();
  }

  @Test
  void directAndWithAChange() {
    flight("UA1-2027-06-01-EWR", "SFO", "2027-06-01T08:00", "2027-06-01T11:00", 9);
    flight("UA2-2027-06-01-EWR", "ORD", "2027-06-01T08:00", "2027-06-01T09:30", 9);
    flight("UA3-2027-06-01-ORD", "SFO", "2027-06-01T10:15", "2027-06-01T12:45", 9);
    assertThat(found(1)).containsExactly("UA1", "UA2+UA3");
  }

  @Test
  void aChangeTakesTheTimeThatTheAirportSays() {
    flight("UA2-2027-06-01-EWR", "ORD", "2027-06-01T08:00", "2027-06-01T09:30", 9);
    flight("UA3-2027-06-01-ORD", "SFO", "2027-06-01T10:14", "2027-06-01T12:45", 9);
    assertThat(found(1)).isEmpty();
  }

  /** Nor does one that is sold out use up the places of those that are not. */
  @Test
  void aFlightWithoutSeatsForThePartyHidesNoOther() {
    flight("UA2-2027-06-01-EWR", "ORD", "2027-06-01T08:00", "2027-06-01T09:30", 2);
    flight("UA3-2027-06-01-ORD", "SFO", "2027-06-01T10:30", "2027-06-01T12:45", 1);
    flight("UA4-2027-06-01-ORD", "SFO", "2027-06-01T11:30", "2027-06-01T13:45", 0);
    flight("UA5-2027-06-01-ORD", "SFO", "2027-06-01T12:00", "2027-06-01T14:45", 1);
    flight("UA6-2027-06-01-ORD", "SFO", "2027-06-01T13:00", "2027-06-01T15:45", 2);
    flight("UA7-2027-06-01-ORD", "SFO", "2027-06-01T14:00", "2027-06-01T16:45", 2);
    assertThat(found(2)).containsExactly("UA2+UA6", "UA2+UA7");
    assertThat(found(3)).isEmpty();
  }

  @Test
  void whereNothingGoesOnInTheEveningTheFirstOfTheNextDayDoes() {
    flight("UA2-2027-06-01-EWR", "ORD", "2027-06-01T20:00", "2027-06-01T22:00", 9);
    flight("UA3-2027-06-01-ORD", "SFO", "2027-06-01T21:00", "2027-06-01T23:45", 9);
    flight("UA8-2027-06-02-ORD", "SFO", "2027-06-02T06:00", "2027-06-02T08:45", 9);
    flight("UA9-2027-06-02-ORD", "SFO", "2027-06-02T07:00", "2027-06-02T09:45", 9);
    assertThat(found(1)).containsExactly("UA2+UA8");
  }

  @Test
  void aDayLaterIsAStopoverAndNoConnection() {
    flight("UA2-2027-06-01-EWR", "ORD", "2027-06-01T08:00", "2027-06-01T09:30", 9);
    flight("UA8-2027-06-02-ORD", "SFO", "2027-06-02T09:31", "2027-06-02T12:00", 9);
    assertThat(found(1)).isEmpty();
  }

  @Test
  void whatLeavesTooSoonIsNotSold() {
    flight("UA1-2027-06-01-EWR", "SFO", "2027-06-01T08:00", "2027-06-01T11:00", 9);
    earliest = flights.getFirst().leg().departure().toInstant();
    assertThat(found(1)).isEmpty();
  }

  /** A hundred flights of a day are a hundred ways. */
  @Test
  void nothingIsForgotten() {
    for (var i = 0; i < 100; i++) {
      flight(
          "UA%d-2027-06-01-EWR".formatted(100 + i),
          "SFO",
          "2027-06-01T08:00",
          "2027-06-01T11:00",
          9);
    }
    assertThat(found(1)).hasSize(100);
  }
}
