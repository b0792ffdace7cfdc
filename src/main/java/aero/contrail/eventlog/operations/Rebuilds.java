package aero.contrail.eventlog.operations;

import aero.contrail.eventlog.EventHandler.Start;
import aero.contrail.eventlog.ReadModel;
import aero.contrail.eventlog.delivery.Cursors;
import aero.contrail.eventlog.delivery.EventConsumer;
import aero.contrail.eventlog.delivery.EventLogProperties;
import aero.contrail.eventlog.delivery.HandlerScan;
import aero.contrail.eventlog.delivery.LogReader;
import aero.contrail.eventlog.delivery.ParkedStreams;
import aero.contrail.eventlog.delivery.ShadowConsumers;
import aero.contrail.eventlog.store.EventTypes;
import aero.contrail.eventlog.store.Partitions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
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

  private static final String SHADOW = "~rebuild";

  /** Left over when the swap begins; more would hold the live copy's locks for too long. */
  private static final int LAST_BATCHES = 4;

  private static final String BEGIN =
      """
      insert into eventlog.rebuild (consumer, started_at, actor)
      values (:consumer, now(), :actor)
      """;

  private static final String END = "delete from eventlog.rebuild where consumer = :consumer";

  private static final String FORGET = "delete from eventlog.cursor where consumer = :consumer";

  /** The live cursors go on where the shadow's are. */
  private static final String TAKE_OVER =
      """
      update eventlog.cursor live
         set position = shadow.position
        from eventlog.cursor shadow
       where live.consumer = :consumer and shadow.consumer = :shadow
         and shadow.partition = live.partition
      """;

  private static final String IS_BEHIND =
      """
      select exists (select
                       from eventlog.cursor live
                       join eventlog.cursor shadow on shadow.partition = live.partition
                      where live.consumer = :consumer and shadow.consumer = :shadow
                        and shadow.position < live.position)
      """;

  private static final String HAVE_ALL_CAUGHT_UP =
      """
      select coalesce(bool_and(caught_up), false) as caught_up
        from eventlog.cursor
       where consumer = :shadow
      """;

  /** How far the slowest partition has come. */
  private static final String LIST =
      """
      select r.consumer, r.started_at, r.actor, sum(s.handled) as handled,
             min(least(1, s.position::float8 / greatest(1, p.last_value))) as fraction
        from eventlog.rebuild r
        join eventlog.cursor s on s.consumer = r.consumer || :suffix
       cross join eventlog.event_position p
       group by r.consumer, r.started_at, r.actor
       order by r.consumer
      """;

  private final Map<String, ReadModel> models;
  private final JdbcClient jdbc;
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
      JdbcClient jdbc,
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
    this.jdbc = jdbc;
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
   * A rebuild under way.
   *
   * @param handled events that the second copy has taken in
   * @param fraction how much of the log it has passed, from 0 to 1
   */
  record Rebuild(String consumer, Instant startedAt, String actor, long handled, double fraction) {}

  static String shadowOf(String consumer) {
    return consumer + SHADOW;
  }

  /**
   * @throws IllegalStateException when one does not handle what its live consumer handles
   */
  @Override
  public List<EventConsumer> shadowsOf(List<EventConsumer> live) {
    return models.values().stream().map(model -> shadowOf(model, live)).toList();
  }

  private EventConsumer shadowOf(ReadModel model, List<EventConsumer> live) {
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
            jdbc.sql(BEGIN).param("consumer", consumer).param("actor", actor).update();
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
          if (jdbc.sql(END).param("consumer", consumer).update() == 0) {
            return Answer.NOT_RUNNING;
          }
          forgetShadow(consumer);
          model.discard();
          interventions.record(actor, "GIVE_UP", consumer, null, null, reason);
          log.info("The rebuild of {} was given up by {}", consumer, actor);
          return Answer.DONE;
        });
  }

  List<Rebuild> list() {
    return jdbc.sql(LIST)
        .param("suffix", SHADOW)
        .query(
            (row, _) ->
                new Rebuild(
                    row.getString("consumer"),
                    row.getObject("started_at", OffsetDateTime.class).toInstant(),
                    row.getString("actor"),
                    row.getLong("handled"),
                    row.getDouble("fraction")))
        .list();
  }

  /**
   * Puts the second copy in the live one's place: locks both, lets the shadow handle the little
   * that is left, swaps. When that fails, the next time that it has caught up tries again.
   */
  @Override
  public void caughtUp(EventConsumer shadow) {
    var model = models.get(shadow.original());
    try {
      if (model != null && haveAllCaughtUp(shadow)) {
        transaction.executeWithoutResult(status -> swap(model, shadow, status));
      }
    } catch (RuntimeException e) {
      log.info("{} could not be swapped yet, will be tried again", shadow.original(), e);
    }
  }

  private boolean haveAllCaughtUp(EventConsumer shadow) {
    return jdbc.sql(HAVE_ALL_CAUGHT_UP)
        .param("shadow", shadow.id())
        .query((row, _) -> row.getBoolean("caught_up"))
        .single();
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
    if (isBehind(shadow)) {
      status.setRollbackOnly();
      return;
    }
    swap(shadow.original(), model);
  }

  /** A horizon that was asked for later may be the lower one. */
  private boolean isBehind(EventConsumer shadow) {
    return jdbc.sql(IS_BEHIND)
        .param("consumer", shadow.original())
        .param("shadow", shadow.id())
        .query((row, _) -> row.getBoolean(1))
        .single();
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
    jdbc.sql(TAKE_OVER).param("consumer", consumer).param("shadow", shadowOf(consumer)).update();
    parked.releaseAll(consumer); // the second copy has got past what the live one could not
    jdbc.sql(END).param("consumer", consumer).update();
    forgetShadow(consumer);
    interventions.record("system:eventlog", "REBUILT", consumer, null, null, null);
    log.info("{} is rebuilt; the new copy is live", consumer);
  }

  private void forgetShadow(String consumer) {
    parked.releaseAll(shadowOf(consumer));
    jdbc.sql(FORGET).param("consumer", shadowOf(consumer)).update();
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
