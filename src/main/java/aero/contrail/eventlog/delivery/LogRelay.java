package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.EventRelay;
import aero.contrail.eventlog.StoredEvent;
import aero.contrail.eventlog.store.ReceivedEvents;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Reads without holding a cursor, so that whatever is done with the events may take its time. */
@Component
class LogRelay implements EventRelay {

  /** Relays keep the order of the whole log: one cursor is all that they need. */
  private static final int PARTITION = 0;

  private final Cursors cursors;
  private final ConsumerRegister register;
  private final ReceivedEvents events;
  private final Dispatcher dispatcher;

  LogRelay(
      Cursors cursors, ConsumerRegister register, ReceivedEvents events, Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
    this.cursors = cursors;
    this.register = register;
    this.events = events;
  }

  @Override
  public List<StoredEvent> next(String relay, int most) {
    var place = cursors.read(relay, PARTITION);
    if (place.isEmpty()) {
      register.registerRelay(relay);
      place = cursors.read(relay, PARTITION);
    }
    return place.map(from -> events.own(from.position(), from.settled(), most)).orElse(List.of());
  }

  @Override
  public boolean advance(String relay, StoredEvent last) {
    return cursors.advance(relay, PARTITION, last.position(), 0, true);
  }

  @Override
  public int receive(String source, List<StoredEvent> received) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("events are received within a transaction: open one");
    }
    if (received.isEmpty()) {
      return 0;
    }
    var fresh = events.insert(source, received);
    var types = received.stream().map(StoredEvent::type).collect(Collectors.toSet());
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            dispatcher.arrived(types);
          }
        });
    return fresh;
  }
}
