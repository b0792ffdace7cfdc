package aero.contrail.eventlog;

import java.util.UUID;

/** Which event is meant, whether or not it can be read. */
record EventRef(UUID id, String stream, int version, String type) {

  static EventRef of(Recorded<?> event) {
    return new EventRef(event.id(), event.stream(), event.version(), event.type());
  }

  @Override
  public String toString() {
    return "%s, version %d of %s".formatted(type, version, stream);
  }

  /** A stored event that cannot be read: its upcaster is wrong, or the code is older than it. */
  static final class Unreadable extends IllegalStateException {
    private final transient EventRef event;

    Unreadable(EventRef event, RuntimeException cause) {
      super("cannot read " + event, cause);
      this.event = event;
    }

    EventRef event() {
      return event;
    }
  }
}
