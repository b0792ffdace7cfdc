package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes every published event into the publisher's transaction: buffered while it runs, written
 * with one statement just before it commits, announced to the dispatcher right after.
 */
@Component
class Publications {

  /** What the dispatcher is handling, by subject: the causes of what handlers publish. */
  static final ScopedValue<Map<String, Recorded<DomainEvent>>> CAUSES = ScopedValue.newInstance();

  private final EventTable table;
  private final EventTypes types;
  private final Clock clock;
  private final ApplicationEventPublisher publisher;
  private final List<Consumer<List<Recorded<DomainEvent>>>> afterCommit = new ArrayList<>();
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
  private final ThreadLocal<Boolean> appending = ThreadLocal.withInitial(() -> false);

  Publications(
      EventTable table, EventTypes types, Clock clock, ApplicationEventPublisher publisher) {
    this.table = table;
    this.types = types;
    this.clock = clock;
    this.publisher = publisher;
  }

  /** Calls back, on the committing thread, with what each transaction recorded. */
  void afterCommit(Consumer<List<Recorded<DomainEvent>>> listener) {
    afterCommit.add(listener);
  }

  @EventListener
  void on(DomainEvent event) {
    if (!appending.get()) {
      pending(event).events.add(record(event, EventTable.NEXT, null));
    }
  }

  void append(int expectedVersion, List<? extends DomainEvent> facts) {
    append(expectedVersion, null, facts);
  }

  void append(Recorded<?> last, List<? extends DomainEvent> facts) {
    append(last.version(), last, facts);
  }

  private void append(
      int expectedVersion, @Nullable Recorded<?> last, List<? extends DomainEvent> facts) {
    var version = expectedVersion;
    for (var fact : facts) {
      pending(fact).events.add(record(fact, ++version, last));
      announce(fact);
    }
  }

  /** Lets Spring's listeners (Modulith's PublishedEvents and Scenario among them) see the fact. */
  private void announce(DomainEvent fact) {
    appending.set(true);
    try {
      publisher.publishEvent(fact);
    } finally {
      appending.set(false);
    }
  }

  private Recorded<DomainEvent> record(DomainEvent event, int version, @Nullable Recorded<?> last) {
    var origin = Origin.current();
    var cause = cause(event);
    if (cause == null && origin.channel() == null) {
      cause = last;
    }
    if (cause != null) {
      var caused = cause.origin();
      origin = new Origin(origin.actor(), caused.channel(), caused.correlationId());
    }
    return new Recorded<>(
        ids.generate(),
        event.stream(),
        version,
        types.nameOf(event.getClass()),
        clock.instant(),
        origin,
        cause == null ? null : cause.id(),
        event);
  }

  private static @Nullable Recorded<?> cause(DomainEvent event) {
    if (!CAUSES.isBound()) {
      return null;
    }
    var causes = CAUSES.get();
    return causes.size() == 1 ? causes.values().iterator().next() : causes.get(event.subject());
  }

  private Pending pending(DomainEvent event) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        || !TransactionSynchronizationManager.isSynchronizationActive()) {
      throw new IllegalStateException(
          "%s was published outside of a transaction: nothing would be recorded"
              .formatted(event.getClass().getName()));
    }
    var pending = (Pending) TransactionSynchronizationManager.getResource(this);
    if (pending == null) {
      pending = new Pending();
      TransactionSynchronizationManager.bindResource(this, pending);
      TransactionSynchronizationManager.registerSynchronization(pending);
    }
    return pending;
  }

  private final class Pending implements TransactionSynchronization {
    private final List<Recorded<DomainEvent>> events = new ArrayList<>();

    @Override
    public int getOrder() {
      return LOWEST_PRECEDENCE; // what other synchronizations publish is still taken
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Publications.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Publications.this, this);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      table.insert(events);
    }

    @Override
    public void beforeCompletion() {
      TransactionSynchronizationManager.unbindResourceIfPossible(Publications.this);
    }

    @Override
    public void afterCommit() {
      afterCommit.forEach(listener -> listener.accept(events));
    }
  }
}
