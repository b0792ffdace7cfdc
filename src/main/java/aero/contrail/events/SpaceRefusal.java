package aero.contrail.events;

/**
 * Why space was refused.
 *
 * @param flight the first flight of the party's itinerary that could not take it
 * @param constraint what binds, for example {@code cabin Y}, {@code class M}, {@code flight closed}
 */
public record SpaceRefusal(FlightId flight, String constraint) {}
