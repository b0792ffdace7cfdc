package aero.contrail.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import org.jmolecules.ddd.types.Identifier;

/** Identifies an order. A UUID version 7, so ids sort by age; opaque to clients. */
public record OrderId(@JsonValue UUID value) implements Identifier {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrderId {}

  @Override
  public String toString() {
    return value.toString();
  }
}
