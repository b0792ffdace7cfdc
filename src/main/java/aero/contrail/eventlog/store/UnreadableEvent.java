package aero.contrail.eventlog.store;

/** A stored event whose payload does not fit its type: its upcaster is wrong or missing. */
public final class UnreadableEvent extends IllegalStateException {

  private final transient EventRef event;

  UnreadableEvent(EventRef event, Throwable cause) {
    super("cannot read " + event, cause);
    this.event = event;
  }

  public EventRef event() {
    return event;
  }
}
