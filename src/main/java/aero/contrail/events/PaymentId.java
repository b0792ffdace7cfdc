package aero.contrail.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import org.jmolecules.ddd.types.Identifier;

/** Identifies one payment of an order; also the key under which the provider is asked. */
public record PaymentId(@JsonValue UUID value) implements Identifier {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PaymentId {}

  @Override
  public String toString() {
    return value.toString();
  }
}
