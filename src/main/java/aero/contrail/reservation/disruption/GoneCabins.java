package aero.contrail.reservation.disruption;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.ReservationEvent.EquipmentChanged;
import aero.contrail.events.ReservationEvent.ReprotectionCause;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Finds who has booked a cabin that another aircraft lacks: he gets another cabin of the flight, or
 * another flight.
 */
@Component
class GoneCabins {

  static final String CONSUMER = "reservation.cabins";

  /** Rather behind in the same aircraft than a day later. */
  private static final Policy POLICY = new Policy(Policy.Cabins.ANY, Policy.USUAL.within());

  private final Trips trips;
  private final Disruptions disruptions;
  private final Cases cases;
  private final EventLog log;

  GoneCabins(Trips trips, Disruptions disruptions, Cases cases, EventLog log) {
    this.trips = trips;
    this.disruptions = disruptions;
    this.cases = cases;
    this.log = log;
  }

  /** By the cabins that the flight has now: told again it finds the same, or nobody any more. */
  @EventHandler(CONSUMER)
  void on(List<Recorded<EquipmentChanged>> batch) {
    for (var changed : batch) {
      if (!changed.event().gone().isEmpty()) {
        log.because(changed, () -> open(changed.event()));
      }
    }
  }

  private void open(EquipmentChanged changed) {
    var stranded = cases.withoutOne(changed.flight(), trips.inNoCabin(changed.flight()));
    if (!stranded.isEmpty()) {
      var disruption =
          disruptions.insert(
              "%s has no cabin %s any more"
                  .formatted(changed.flight(), String.join(", ", changed.gone())),
              ReprotectionCause.CABIN_GONE,
              POLICY,
              false);
      cases.open(disruption, changed.flight(), ReprotectionCause.CABIN_GONE, stranded);
    }
  }
}
