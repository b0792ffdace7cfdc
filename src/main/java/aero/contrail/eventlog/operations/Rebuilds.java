package aero.contrail.eventlog.operations;

import static aero.contrail.eventlog.operations.RebuildTable.shadowOf;

import aero.contrail.eventlog.EventHandler.Start;
import aero.contrail.eventlog.ReadModel;
import aero.contrail.eventlog.delivery.Cursors;
import aero.contrail.eventlog.delivery.EventLogProperties;
import aero.contrail.eventlog.delivery.LogReader;
import aero.contrail.eventlog.delivery.ParkedStreams;
import aero.contrail.eventlog.delivery.ShadowConsumers;
import aero.contrail.eventlog.handlers.EventConsumer;
import aero.contrail.eventlog.handlers.HandlerScan;
import aero.contrail.eventlog.operations.RebuildTable.Rebuild;
import aero.contrail.eventlog.store.EventTypes;
import aero.contrail.eventlog.store.Partitions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes read models again from position 0. A rebuild is a second consumer with cursors of its own,
 * the shadow: all instances work on it as on any other, and when it has caught up, its copy and its
 * cursors take the place of the live ones in one transaction.
 */
@Component
class Rebuilds implements ShadowConsumers {

  private static final Logger log = LoggerFactory.getLogger(Rebuilds.class);

  /** Left over when the swap begins; more would hold the live copy's locks for too long. */
  private static final int LAST_BATCHES = 4;

  private final Map<String, ReadModel> models;
  private final RebuildTable table;
  private final Cursors cursors;
  private final LogReader reader;
  private final EventTypes types;
  private final Partitions partitions;
  private final ParkedStreams parked;
  private final Interventions interventions;
  private final EventLogProperties properties;
  private final TransactionOperations transaction;

  Rebuilds(
      List<ReadModel> models,
      RebuildTable table,
      Cursors cursors,
      LogReader reader,
      EventTypes types,
      Partitions partitions,
      ParkedStreams parked,
      Interventions interventions,
      EventLogProperties properties,
      TransactionOperations transaction) {
    this.models =
        models.stream().collect(Collectors.toMap(ReadModel::consumer, Function.identity()));
    this.table = table;
    this.cursors = cursors;
    this.reader = reader;
    this.types = types;
    this.partitions = partitions;
    this.parked = parked;
    this.interventions = interventions;
    this.properties = properties;
    this.transaction = transaction;
  }

  /**
   * @throws IllegalStateException when one does not handle what its live consumer handles
   */
  @Override
  public List<EventConsumer> shadowsOf(List<EventConsumer> live) {
    return models.values().stream().map(model -> shadow(model, live)).toList();
  }

  private EventConsumer shadow(ReadModel model, List<EventConsumer> live) {
    var id = model.consumer();
    var shadow = HandlerScan.shadow(shadowOf(id), id, model.shadow(), types);
    if (live.stream().noneMatch(c -> c.id().equals(id) && c.types().equals(shadow.types()))) {
      throw new IllegalStateException(
          "the shadow of %s must have the handlers of the live one".formatted(id));
    }
    return shadow;
  }

  /** What became of the wish to begin or end a rebuild. */
  enum Answer {
    DONE,
    NOT_A_READ_MODEL,
    ALREADY_RUNNING,
    NOT_RUNNING
  }

  Answer begin(String consumer, String actor, @Nullable String reason) {
    var model = models.get(consumer);
    if (model == null) {
      return Answer.NOT_A_READ_MODEL;
    }
    try {
      transaction.executeWithoutResult(
          _ -> {
            table.begin(consumer, actor);
            interventions.record(actor, "REBUILD", consumer, null, null, reason);
            model.prepare();
            cursors.register(shadowOf(consumer), Start.BEGINNING);
          });
    } catch (DuplicateKeyException e) {
      return Answer.ALREADY_RUNNING;
    }
    log.info("Rebuilding {} beside the live copy, asked for by {}", consumer, actor);
    return Answer.DONE;
  }

  Answer giveUp(String consumer, String actor, @Nullable String reason) {
    var model = models.get(consumer);
    if (model == null) {
      return Answer.NOT_A_READ_MODEL;
    }
    return transaction.execute(
        _ -> {
          lock(shadowOf(consumer));
          if (!table.end(consumer)) {
            return Answer.NOT_RUNNING;
          }
          parked.releaseAll(shadowOf(consumer));
          model.discard();
          interventions.record(actor, "GIVE_UP", consumer, null, null, reason);
          log.info("The rebuild of {} was given up by {}", consumer, actor);
          return Answer.DONE;
        });
  }

  List<Rebuild> list() {
    return table.list();
  }

  /**
   * Puts the second copy in the live one's place: locks both, lets the shadow handle the little
   * that is left, swaps. When that fails, the next time that it has caught up tries again.
   */
  @Override
  public void caughtUp(EventConsumer shadow) {
    var model = models.get(shadow.original());
    try {
      if (model != null && table.haveAllCaughtUp(shadow.original())) {
        transaction.executeWithoutResult(status -> swap(model, shadow, status));
      }
    } catch (RuntimeException e) {
      log.info("{} could not be swapped yet, will be tried again", shadow.original(), e);
    }
  }

  private void swap(ReadModel model, EventConsumer shadow, TransactionStatus status) {
    lock(shadow.original());
    if (!lock(shadow.id()) || !parked.list(shadow.id(), "", "", 1).isEmpty()) {
      return;
    }
    for (var partition = 0; partition < partitions.count(); partition++) {
      if (!catchUp(shadow, partition)) {
        status.setRollbackOnly();
        return;
      }
    }
    if (table.isBehind(shadow.original())) { // a horizon asked for later may be the lower one
      status.setRollbackOnly();
      return;
    }
    swap(shadow.original(), model);
  }

  private boolean catchUp(EventConsumer shadow, int partition) {
    for (var batches = 0; batches < LAST_BATCHES; batches++) {
      var place = cursors.lock(shadow.id(), partition).orElseThrow();
      var batch = reader.read(shadow, partition, place, properties.batchSize());
      if (batch.unreadable() != null || batch.unknown() != null) {
        return false; // the lane parks it, or another release takes it
      }
      shadow.handle(batch.events());
      var handled = batch.events().size();
      cursors.advance(shadow.id(), partition, batch.upTo(), handled, batch.isComplete());
      if (batch.isComplete()) {
        return true;
      }
    }
    return false;
  }

  private void swap(String consumer, ReadModel model) {
    model.swap();
    table.takeOver(consumer);
    parked.releaseAll(consumer); // the second copy has got past what the live one could not
    parked.releaseAll(shadowOf(consumer));
    table.end(consumer);
    interventions.record("system:eventlog", "REBUILT", consumer, null, null, null);
    log.info("{} is rebuilt; the new copy is live", consumer);
  }

  /** Waits for all partitions of a consumer; false when it has none. */
  private boolean lock(String consumer) {
    var found = false;
    for (var partition = 0; partition < partitions.count(); partition++) {
      found |= cursors.lock(consumer, partition).isPresent();
    }
    return found;
  }
}
