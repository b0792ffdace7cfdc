package aero.contrail.reservation.inventory;

import aero.contrail.events.CabinAvailability;
import aero.contrail.events.FlightId;
import aero.contrail.events.ReservationEvent.AvailabilityChanged;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The one way to change what flights have sold and may sell: lock, decide, settle. Within the
 * caller's transaction.
 */
@Component
public class Inventory {

  private final Cabins cabins;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Inventory(Cabins cabins, ApplicationEventPublisher events, Clock clock) {
    this.cabins = cabins;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The cabins of the flights, which nobody else changes until the transaction ends. Locked in one
   * order everywhere, so overlapping parties wait for each other, never deadlock.
   */
  public List<Cabin> lock(Collection<FlightId> flights) {
    return cabins.lock(flights);
  }

  /**
   * Writes cabins, and tells of those that can sell more or less than before.
   *
   * @param locked as they were when they were locked
   * @param changed those of them that are not any more as they were
   */
  public void settle(Collection<Cabin> locked, Collection<Cabin> changed) {
    cabins.update(changed);
    sellingOtherwise(locked, changed)
        .forEach(
            (flight, itsCabins) ->
                events.publishEvent(new AvailabilityChanged(flight, itsCabins, clock.instant())));
  }

  /** Writes cabins of which others are told in another way. */
  public void write(Collection<Cabin> changed) {
    cabins.update(changed);
  }

  private record Key(FlightId flight, String cabin) {

    static Key of(Cabin cabin) {
      return new Key(cabin.flight(), cabin.cabin());
    }
  }

  /** A hold that becomes a booking, for example, makes no difference to those who read. */
  private static Map<FlightId, List<CabinAvailability>> sellingOtherwise(
      Collection<Cabin> locked, Collection<Cabin> changed) {
    Map<Key, Cabin> before = new HashMap<>();
    locked.forEach(cabin -> before.put(Key.of(cabin), cabin));
    var otherwise = new LinkedHashMap<FlightId, List<CabinAvailability>>();
    for (var cabin : changed) {
      var was = before.get(Key.of(cabin));
      var is = cabin.availability();
      if (was == null || !was.availability().equals(is)) {
        otherwise.computeIfAbsent(cabin.flight(), _ -> new ArrayList<>()).add(is);
      }
    }
    return otherwise;
  }
}
