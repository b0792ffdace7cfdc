package aero.contrail.eventlog.store;

import aero.contrail.database.TransactionLocal;
import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Origin;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.DomainEvent;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes every published event into the publisher's transaction: buffered while it runs, written
 * with one statement that goes to the database together with the commit, announced to the
 * dispatcher right after. Written as the very last thing, so that what other synchronizations
 * publish while they complete the transaction is in it too.
 */
@Component
public class Publications implements TransactionExecutionListener, Ordered {

  /** What the dispatcher is handling, by subject: the causes of what handlers publish. */
  public static final ScopedValue<Map<String, Recorded<?>>> CAUSES = ScopedValue.newInstance();

  /** Bound while a copy is rebuilt: history must not happen a second time. */
  public static final ScopedValue<String> REBUILDING = ScopedValue.newInstance();

  /** The fact that a thread is announcing; what a listener publishes meanwhile is another. */
  private static final ThreadLocal<@Nullable DomainEvent> ANNOUNCED = new ThreadLocal<>();

  private final ObjectProvider<EventTable> table;
  private final EventTypes types;
  private final Clock clock;
  private final ApplicationEventPublisher publisher;
  private final List<CommitListener> afterCommit = new ArrayList<>();
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
  private final TransactionLocal<Pending> pending =
      new TransactionLocal<>(Pending::new, this::committed);

  Publications(
      ObjectProvider<EventTable> table,
      EventTypes types,
      Clock clock,
      ApplicationEventPublisher publisher) {
    this.table = table;
    this.types = types;
    this.clock = clock;
    this.publisher = publisher;
  }

  /** Hears what a transaction has recorded, on the thread that committed it. Must not throw. */
  public interface CommitListener {
    void committed(List<Recorded<DomainEvent>> events);
  }

  /** Names one event as the cause of all that is published meanwhile. */
  public static void because(Recorded<?> cause, Runnable consequence) {
    ScopedValue.where(CAUSES, Map.of("", cause)).run(consequence);
  }

  /** Calls back after each commit that recorded something. */
  public void afterCommit(CommitListener listener) {
    afterCommit.add(listener);
  }

  @EventListener
  void on(DomainEvent event) {
    if (!Objects.equals(ANNOUNCED.get(), event)) {
      pending(event).add(record(event, NewEvent.NEXT, null));
    }
  }

  /** Appends at least one fact; the last of them as it will be recorded. */
  public Recorded<DomainEvent> append(
      int expectedVersion, @Nullable Recorded<?> last, List<? extends DomainEvent> facts) {
    var version = expectedVersion;
    for (var fact : facts) {
      pending(fact).add(record(fact, ++version, last));
      announce(fact);
    }
    return pending(facts.getLast()).getLast().recorded();
  }

  /** Lets Spring's listeners (Modulith's PublishedEvents and Scenario among them) see the fact. */
  private void announce(DomainEvent fact) {
    ANNOUNCED.set(fact);
    try {
      publisher.publishEvent(fact);
    } finally {
      ANNOUNCED.remove();
    }
  }

  /** Writes the payload at once: what cannot be stored must fail where it is published. */
  private NewEvent record(DomainEvent event, int version, @Nullable Recorded<?> last) {
    var type = types.nameOf(event.getClass());
    var origin = Origin.current();
    var cause = cause(event);
    if (cause == null && !EventLog.CAUSE.isBound() && origin.channel() == null) {
      cause = last;
    }
    if (cause != null) {
      origin = cause.origin().by(origin.actor());
    }
    var recorded =
        new Recorded<>(
            ids.generate(),
            event.stream(),
            version,
            type,
            clock.instant(),
            origin,
            causation(cause),
            event);
    return new NewEvent(recorded, types.write(event));
  }

  private static @Nullable UUID causation(@Nullable Recorded<?> cause) {
    if (cause != null) {
      return cause.id();
    }
    return EventLog.CAUSE.isBound() ? EventLog.CAUSE.get() : null;
  }

  private static @Nullable Recorded<?> cause(DomainEvent event) {
    if (!CAUSES.isBound()) {
      return null;
    }
    var causes = CAUSES.get();
    return causes.size() == 1 ? causes.values().iterator().next() : causes.get(event.subject());
  }

  private List<NewEvent> pending(DomainEvent event) {
    if (REBUILDING.isBound()) {
      throw new IllegalStateException(
          "%s was published while %s is rebuilt: a read model must publish nothing"
              .formatted(event.getClass().getName(), REBUILDING.get()));
    }
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        || !TransactionSynchronizationManager.isSynchronizationActive()) {
      throw new IllegalStateException(
          "%s was published outside of a transaction: nothing would be recorded. Open one around"
                  .formatted(event.getClass().getName())
              + " what is decided and its publication.");
    }
    return pending.get().events;
  }

  /** All synchronizations have done their part; an exception from here undoes the transaction. */
  @Override
  public void beforeCommit(TransactionExecution transaction) {
    var own = pending.find();
    if (own != null && transaction.isNewTransaction() && own.written < own.events.size()) {
      var fresh = List.copyOf(own.events.subList(own.written, own.events.size()));
      table.getObject().insert(fresh);
      own.written = own.events.size();
    }
  }

  /** Before the writes that wait for the commit are sent: the events go with them, as the last. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE - 1;
  }

  private void committed(Pending own) {
    table.getObject().remember(own.events);
    var committed = own.events.stream().map(NewEvent::recorded).toList();
    afterCommit.forEach(listener -> listener.committed(committed));
  }

  /** What a transaction publishes. */
  private static final class Pending {
    private final List<NewEvent> events = new ArrayList<>();
    private int written;
  }
}
