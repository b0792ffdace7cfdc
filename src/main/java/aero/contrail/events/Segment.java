package aero.contrail.events;

/**
 * One flight in an itinerary, in the class that was offered.
 *
 * @param cabin one of F, J, W, Y
 * @param fareClass one-letter booking class (RBD) sold inside the cabin
 */
public record Segment(FlightId flight, String cabin, String fareClass, Leg leg, String aircraft) {}
