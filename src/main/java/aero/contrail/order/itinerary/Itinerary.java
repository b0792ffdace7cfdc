package aero.contrail.order.itinerary;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Segment;
import aero.contrail.events.Traveller;
import aero.contrail.order.itinerary.ItinerarySegment.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Who flies what, in the order of departures; what is not flown any more stays on record. */
public record Itinerary(List<ItinerarySegment> segments) {

  public Itinerary {
    segments = List.copyOf(segments);
  }

  public static Itinerary of(List<Segment> segments, List<Traveller> travellers) {
    var everybody = travellers.stream().map(Traveller::id).toList();
    return new Itinerary(
        segments.stream()
            .map(segment -> new ItinerarySegment(segment, everybody, Standing.BOOKED))
            .toList());
  }

  /** What is to be flown, or was. */
  public List<ItinerarySegment> active() {
    return segments.stream().filter(ItinerarySegment::isActive).toList();
  }

  /** What one passenger flies. */
  public List<Segment> of(PassengerId passenger) {
    return active().stream()
        .filter(segment -> segment.passengers().contains(passenger))
        .map(ItinerarySegment::segment)
        .toList();
  }

  public boolean has(FlightId flight) {
    return active().stream().anyMatch(segment -> segment.flight().equals(flight));
  }

  /** Those of some passengers who are to fly a flight. */
  public List<PassengerId> on(FlightId flight, Collection<PassengerId> some) {
    return active().stream()
        .filter(segment -> segment.flight().equals(flight))
        .flatMap(segment -> segment.among(some).stream())
        .toList();
  }

  /** All that is to be flown, as parts of the order. */
  public List<Part> parts() {
    return active().stream()
        .map(segment -> new Part(segment.flight(), segment.passengers()))
        .toList();
  }

  /** What some passengers fly, or were to. */
  public Itinerary only(Collection<PassengerId> some) {
    return replace(
        segment -> true,
        segment ->
            segment.among(some).isEmpty()
                ? List.of()
                : List.of(segment.with(segment.among(some), segment.standing())));
  }

  /** Passengers leave flights. */
  public Itinerary without(Collection<Part> parts, Standing left) {
    var changed = this;
    for (var part : parts) {
      changed =
          changed.replace(
              segment -> segment.isActive() && segment.flight().equals(part.flight()),
              segment -> split(segment, part.passengers(), left));
    }
    return changed;
  }

  private static List<ItinerarySegment> split(
      ItinerarySegment segment, List<PassengerId> leaving, Standing left) {
    var gone = segment.among(leaving);
    var stay = segment.passengers().stream().filter(p -> !gone.contains(p)).toList();
    var parts = new ArrayList<ItinerarySegment>();
    if (!stay.isEmpty()) {
      parts.add(segment.with(stay, segment.standing()));
    }
    if (!gone.isEmpty()) {
      parts.add(segment.with(gone, left));
    }
    return parts;
  }

  /** A flight is flown at other times. */
  public Itinerary retimed(Segment now) {
    return replace(
        segment -> segment.isActive() && segment.flight().equals(now.flight()),
        segment -> List.of(new ItinerarySegment(now, segment.passengers(), Standing.CHANGED)));
  }

  /** Passengers join flights. */
  public Itinerary with(
      Collection<Segment> added, List<PassengerId> passengers, Standing standing) {
    var changed = new ArrayList<>(segments);
    added.forEach(s -> changed.add(new ItinerarySegment(s, passengers, standing)));
    changed.sort(Comparator.comparing(ItinerarySegment::departure));
    return new Itinerary(changed);
  }

  private Itinerary replace(
      Predicate<ItinerarySegment> which,
      Function<ItinerarySegment, List<ItinerarySegment>> replacement) {
    return new Itinerary(
        segments.stream()
            .flatMap(
                segment ->
                    which.test(segment)
                        ? replacement.apply(segment).stream()
                        : List.of(segment).stream())
            .toList());
  }
}
