package aero.contrail.shopping.search;

import aero.contrail.events.FlightId;
import aero.contrail.events.PassengerType;
import aero.contrail.shopping.tariff.Ancillary;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/**
 * What a signed offer of a service promises: this service on this flight in this class, for this
 * price, until then.
 *
 * @param code as IATA has it, for example {@code VGML}
 * @param price for one
 * @param maxQuantity how many a passenger may have
 */
record ServiceOffer(
    Ancillary.Kind kind,
    String code,
    String name,
    FlightId flight,
    String fareClass,
    List<PassengerType> passengerTypes,
    Money price,
    int maxQuantity,
    Instant expiresAt) {

  ServiceOffer {
    passengerTypes = List.copyOf(passengerTypes);
  }
}
