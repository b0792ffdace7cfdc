package aero.contrail.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * A fact that one context publishes and every other may read. Immutable, self-contained, stored for
 * ever: a record that changes is a new version of the type, with an upcaster that reads the old.
 */
public sealed interface DomainEvent extends org.jmolecules.event.types.DomainEvent
    permits OrderEvent, ReservationEvent, LoyaltyEvent {

  /** When it happened, by the clock of the context that states it. */
  Instant at();

  /** The stream whose order this fact keeps, for example {@code order-0198…}. */
  @JsonIgnore
  String stream();

  /**
   * The business key that ties a cause to its consequences: two facts about one order share it,
   * whatever stream they are in. The event log uses it to name the cause of what a batch publishes.
   */
  @JsonIgnore
  default String subject() {
    return stream();
  }
}
