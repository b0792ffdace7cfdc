package aero.contrail.reservation.seating;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.EquipmentChanged;
import aero.contrail.events.ReservationEvent.SeatingReason;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.schedule.Flights;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Finds other seats on another aircraft, and says who moved. */
@Component
class Reseating {

  static final String CONSUMER = "reservation.seating";

  private final Inventory inventory;
  private final Flights flights;
  private final SeatMaps maps;
  private final FlightPassengers passengers;
  private final EventLog log;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Reseating(
      Inventory inventory,
      Flights flights,
      SeatMaps maps,
      FlightPassengers passengers,
      EventLog log,
      ApplicationEventPublisher events,
      Clock clock) {
    this.inventory = inventory;
    this.flights = flights;
    this.maps = maps;
    this.passengers = passengers;
    this.log = log;
    this.events = events;
    this.clock = clock;
  }

  /** By the aircraft that the flight has now: told again, or late, it moves nobody. */
  @EventHandler(CONSUMER)
  void on(List<Recorded<EquipmentChanged>> batch) {
    var causes = new HashMap<FlightId, Recorded<EquipmentChanged>>();
    batch.forEach(changed -> causes.put(changed.event().flight(), changed));
    var seated = passengers.withSeats(causes.keySet());
    if (seated.isEmpty()) {
      return;
    }
    inventory.lock(seated); // all together, in the order in which all lock them
    for (var flight : flights.of(seated)) {
      var cause = causes.get(flight.id());
      if (cause != null && flight.status().isAhead()) {
        var seating = maps.seating(flight);
        seating.reseat();
        passengers.save(seating.changed());
        var moves = seating.moves(SeatingReason.EQUIPMENT, clock.instant());
        log.because(cause, () -> moves.forEach(events::publishEvent));
      }
    }
  }
}
