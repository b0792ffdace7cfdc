package aero.contrail.reservation.seating;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.ReservationEvent.EquipmentChanged;
import aero.contrail.events.ReservationEvent.SeatingReason;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.schedule.Flights;
import java.time.Clock;
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
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Reseating(
      Inventory inventory,
      Flights flights,
      SeatMaps maps,
      FlightPassengers passengers,
      ApplicationEventPublisher events,
      Clock clock) {
    this.inventory = inventory;
    this.flights = flights;
    this.maps = maps;
    this.passengers = passengers;
    this.events = events;
    this.clock = clock;
  }

  /** By the aircraft that the flight has now: told again, or late, it moves nobody. */
  @EventHandler(CONSUMER)
  void on(EquipmentChanged changed) {
    inventory.lock(List.of(changed.flight()));
    flights
        .findById(changed.flight())
        .filter(flight -> flight.status().isAhead())
        .ifPresent(
            flight -> {
              var seating = maps.seating(flight);
              seating.reseat();
              passengers.save(seating.changed());
              seating.moves(SeatingReason.EQUIPMENT, clock.instant()).forEach(events::publishEvent);
            });
  }
}
