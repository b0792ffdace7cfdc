package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.booking.Space.Claim;
import aero.contrail.reservation.passenger.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many may wait for a cabin: a share of what it may sell, and always one party. More would wait
 * in vain. Pure; for one thread.
 */
final class WaitlistRoom {

  private record Key(FlightId flight, String cabin) {}

  private final Map<Key, Integer> waiting = new HashMap<>();
  private final int percent;

  /**
   * @param waiting seats that are waited for, by flight and cabin
   * @param percent of what a cabin may sell may be waited for
   */
  WaitlistRoom(Map<FlightId, Map<String, Integer>> waiting, int percent) {
    waiting.forEach(
        (flight, cabins) ->
            cabins.forEach((cabin, seats) -> this.waiting.put(new Key(flight, cabin), seats)));
    this.percent = percent;
  }

  /** The choices of a party that may have space later, and for which not too many wait already. */
  List<Waitlist.Choice> choices(
      OrderEvent.Placed placed, List<SpaceRefusal> refusals, Space space, Instant now) {
    var waitlist = placed.waitlist();
    var choices = new ArrayList<Waitlist.Choice>();
    for (var i = 0; waitlist != null && i < refusals.size(); i++) {
      var choice =
          new Waitlist.Choice(
              placed.order(),
              placed.channel(),
              i,
              placed.choices().get(i),
              Party.of(placed.travellers()).seats(),
              waitlist.until(),
              now,
              0); // known when his turn comes
      if (mayComeFree(refusals.get(i)) && take(choice.claims(), space)) {
        choices.add(choice);
      }
    }
    return choices;
  }

  /** Lets a party wait, if there is room for it in all its cabins. */
  boolean take(List<Claim> claims, Space space) {
    var hasRoom = claims.stream().allMatch(claim -> hasRoom(claim, space));
    if (hasRoom) {
      claims.forEach(
          claim ->
              waiting.merge(new Key(claim.flight(), claim.cabin()), claim.seats(), Integer::sum));
    }
    return hasRoom;
  }

  private boolean hasRoom(Claim claim, Space space) {
    var most = space.authorised(claim.flight(), claim.cabin()) * percent / 100;
    return waiting.getOrDefault(new Key(claim.flight(), claim.cabin()), 0) + claim.seats()
        <= Math.max(UnpaidHolds.ONE_PARTY, most);
  }

  /** Whether there may be space later where there is none now. */
  private static boolean mayComeFree(SpaceRefusal refusal) {
    return switch (refusal.kind()) {
      case CABIN_FULL, CLASS_FULL, GUARANTEED -> true;
      case FLIGHT_UNKNOWN,
          FLIGHT_NOT_OPEN,
          CLASS_UNKNOWN,
          HOLD_LOST,
          OTHER,
          SCHEDULE_CHANGED,
          HOLD_LIMIT,
          GROUP,
          SEAT,
          SPECIAL_SERVICE ->
          false;
    };
  }
}
