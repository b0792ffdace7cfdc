package aero.contrail.order.model;

import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Segment;
import aero.contrail.order.itinerary.ItinerarySegment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What other flights would make of an itinerary. */
public final class Rerouting {

  private Rerouting() {}

  /** What speaks against them. */
  public enum Objection {
    /** Somebody would have to be on two flights at the same time. */
    OVERLAPPING,
    /** Children would fly without an adult. */
    CHILD_ALONE,
    /** Others of the party are on the same flight in another class. */
    MIXED_CLASSES
  }

  /** Why passengers of an order cannot fly these flights instead of some that they have. */
  public static Optional<Objection> objection(
      Details details, List<Part> parts, List<PassengerId> passengers, List<Segment> added) {
    var rest = details.itinerary().without(parts, ItinerarySegment.Standing.CANCELLED);
    if (rest.active().stream().anyMatch(kept -> added.stream().anyMatch(s -> differs(kept, s)))) {
      return Optional.of(Objection.MIXED_CLASSES);
    }
    var after = rest.with(added, passengers, ItinerarySegment.Standing.BOOKED);
    if (passengers.stream().anyMatch(passenger -> overlaps(after.of(passenger)))
        || haveDocuments(details, parts, passengers, added)) {
      return Optional.of(Objection.OVERLAPPING);
    }
    return CancellationRules.childrenAlone(details, after)
        ? Optional.of(Objection.CHILD_ALONE)
        : Optional.empty();
  }

  /** Also for flights that the airline took from them, until they have answered that. */
  private static boolean haveDocuments(
      Details details, List<Part> parts, List<PassengerId> passengers, List<Segment> added) {
    var given = details.openCoupons(parts);
    var wanted = added.stream().map(segment -> new Part(segment.flight(), passengers)).toList();
    return details.openCoupons(wanted).stream().anyMatch(coupon -> !given.contains(coupon));
  }

  private static boolean differs(ItinerarySegment kept, Segment added) {
    var known = kept.segment();
    return known.flight().equals(added.flight())
        && !(known.cabin().equals(added.cabin()) && known.fareClass().equals(added.fareClass()));
  }

  private static boolean overlaps(List<Segment> flights) {
    var inOrder =
        flights.stream()
            .sorted(Comparator.comparing(flight -> flight.leg().departure().toInstant()))
            .toList();
    for (var i = 1; i < inOrder.size(); i++) {
      var arrives = inOrder.get(i - 1).leg().arrival().toInstant();
      if (inOrder.get(i).leg().departure().toInstant().isBefore(arrives)) {
        return true;
      }
    }
    return false;
  }
}
