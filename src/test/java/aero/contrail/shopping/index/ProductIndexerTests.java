package aero.contrail.shopping.index;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.events.CabinAvailability;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.events.ReservationEvent.AvailabilityChanged;
import aero.contrail.events.ReservationEvent.EquipmentChanged;
import aero.contrail.events.ReservationEvent.FlightCancelled;
import aero.contrail.events.ReservationEvent.FlightDeparted;
import aero.contrail.events.ReservationEvent.FlightRetimed;
import aero.contrail.events.ReservationEvent.FlightScheduled;
import aero.contrail.events.ReservationEvent.SalesClosed;
import aero.contrail.events.ReservationEvent.SalesOpened;
import aero.contrail.events.ReservationEvent.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The index is a copy: told twice, it is the same as told once. */
@ModuleTest
class ProductIndexerTests {

  private static final Instant NOW = Instant.parse("2029-12-01T12:00:00Z");
  private static final ZonedDateTime TEN =
      ZonedDateTime.of(2030, 1, 1, 10, 0, 0, 0, ZoneId.of("America/New_York"));

  @Autowired ProductIndexer indexer;
  @Autowired IndexFollower follower;
  @Autowired EarningRates rates;
  @Autowired TransactionTemplate transaction;
  @Autowired StoredFlights stored;
  @Autowired JdbcClient jdbc;

  private final FlightId flight =
      new FlightId("UA%d-2030-01-01-EWR".formatted(new Random().nextInt(1, 9999)));

  private static Leg leg(ZonedDateTime departure) {
    return new Leg("EWR", "ALB", departure, departure.plusHours(1), 144);
  }

  private static List<CabinAvailability> seats(int seats) {
    return List.of(new CabinAvailability("Y", "Y", List.of(seats)));
  }

  private void twice(Runnable handler) {
    transaction.executeWithoutResult(_ -> handler.run());
    transaction.executeWithoutResult(_ -> handler.run());
  }

  private void schedule() {
    var scheduled = new FlightScheduled(flight, leg(TEN), "ER4", seats(50), NOW);
    twice(() -> indexer.onScheduled(List.of(scheduled)));
  }

  private Optional<SellableFlight> found() {
    follower.look();
    return follower.flights().find(flight.value());
  }

  private SellableFlight indexed() {
    return found().orElseThrow();
  }

  @Test
  void ofSeatsTheLastWordCounts() {
    schedule();
    var batch =
        List.of(
            new AvailabilityChanged(flight, seats(49), NOW),
            new AvailabilityChanged(flight, seats(48), NOW));
    twice(() -> indexer.onAvailabilityChanged(batch));
    assertThat(indexed().stock().seats('Y')).isEqualTo(48);
  }

  @Test
  void ofTimesAndAircraftToo() {
    schedule();
    twice(
        () ->
            indexer.on(
                new FlightRetimed(flight, leg(TEN), leg(TEN.plusHours(2)), Severity.MAJOR, NOW)));
    twice(() -> indexer.on(new EquipmentChanged(flight, "ER4", "CR2", seats(40), List.of(), NOW)));
    assertThat(indexed().leg().departure()).isEqualTo(TEN.plusHours(2));
    assertThat(indexed().aircraft()).isEqualTo("CR2");
    assertThat(indexed().stock().seats('Y')).isEqualTo(40);
  }

  @Test
  void aFlightThatLeftOrWasCancelledIsNotOnSale() {
    schedule();
    twice(() -> indexer.on(new FlightCancelled(flight, NOW)));
    twice(() -> indexer.on(new FlightDeparted(flight, NOW)));
    assertThat(found()).isEmpty();
  }

  @Test
  void aFlightWhoseSalesAreClosedComesBackWhenTheyOpen() {
    schedule();
    twice(() -> indexer.on(new SalesClosed(flight, NOW)));
    assertThat(found()).isEmpty();
    twice(() -> indexer.on(new SalesOpened(flight, NOW)));
    assertThat(indexed().stock().seats('Y')).isEqualTo(50);
  }

  /** What a slow instance has not seen in time it reads again as a whole. */
  @Test
  void whatIsNotKeptAnyMoreIsReadFromTheStoredCopy() {
    schedule();
    jdbc.sql("update shopping.change set at = at - interval '1 hour'").update();
    stored.prune();
    assertThat(indexed().stock().seats('Y')).isEqualTo(50);
  }

  @Test
  void ratesFiledTwiceAreTheSame() {
    var day = LocalDate.of(2030, 1, 1);
    twice(
        () ->
            indexer.on(new EarningRatesFiled("test", day, EarningTable.of(Map.of("Z", 30)), NOW)));
    assertThat(rates.all()).containsEntry(day, EarningTable.of(Map.of("Z", 30)));
  }
}
