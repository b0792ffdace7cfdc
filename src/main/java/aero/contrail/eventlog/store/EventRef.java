package aero.contrail.eventlog.store;

import aero.contrail.eventlog.Recorded;
import java.util.UUID;

/** Which event is meant, whether or not it can be read. */
public record EventRef(UUID id, String stream, int version, String type) {

  public static EventRef of(Recorded<?> event) {
    return new EventRef(event.id(), event.stream(), event.version(), event.type());
  }

  @Override
  public String toString() {
    return "%s, version %d of %s".formatted(type, version, stream);
  }
}
