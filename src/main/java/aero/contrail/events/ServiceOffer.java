package aero.contrail.events;

import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/**
 * What a signed offer of a service promises: this service on this flight in this class, for this
 * price, until then. It travels with the client from the shopping context to the order context.
 *
 * @param code as IATA has it, for example {@code VGML}
 * @param price for one
 * @param maxQuantity how many a passenger may have
 */
public record ServiceOffer(
    Kind kind,
    String code,
    String name,
    FlightId flight,
    String fareClass,
    List<PassengerType> passengerTypes,
    Money price,
    int maxQuantity,
    Instant expiresAt) {

  /** What it is. */
  public enum Kind {
    BAG,
    SEAT,
    MEAL,
    SPECIAL
  }

  public ServiceOffer {
    passengerTypes = List.copyOf(passengerTypes);
  }
}
