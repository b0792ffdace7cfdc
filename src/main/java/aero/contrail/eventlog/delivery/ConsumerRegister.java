package aero.contrail.eventlog.delivery;

import aero.contrail.database.Instances;
import aero.contrail.eventlog.EventHandler.Start;
import aero.contrail.eventlog.handlers.EventConsumer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who reads the log, remembered across releases: a handler that is gone from the code leaves events
 * unhandled, and must not do so unnoticed.
 */
@Repository
public class ConsumerRegister {

  private static final Logger log = LoggerFactory.getLogger(ConsumerRegister.class);

  /** Types are only ever added here: what is not taken any more is found by comparison. */
  private static final String REGISTER =
      """
      insert into eventlog.consumer as c (id, types, registered_at)
      values (:id, :types, now())
          on conflict (id) do update
         set types = array(select distinct t from unnest(c.types || excluded.types) t order by t),
             retired = false
      """;

  private static final String ALL =
      "select id, types from eventlog.consumer where not retired order by id";

  private static final String SET_TYPES =
      "update eventlog.consumer set types = :types where id = :id";

  private static final String RETIRE = "update eventlog.consumer set retired = true where id = :id";

  private static final String HANDLED_HERE =
      """
      insert into eventlog.handled_by (instance, consumer, types, registered_at)
      values (:instance, :consumer, :types, now())
          on conflict (instance, consumer) do update
         set types = excluded.types, registered_at = excluded.registered_at
      """;

  private static final String HANDLED_ELSEWHERE =
      """
      select instance
        from eventlog.handled_by
       where consumer = :consumer and types && cast(:types as text[]) and instance <> :self
      """;

  /** One that lives may not be seen to for a moment: while it connects anew. */
  private static final String OF_BEFORE =
      """
      select distinct instance
        from eventlog.handled_by
       where registered_at < now() - interval '30 days'
      """;

  private static final String FORGET_INSTANCE =
      "delete from eventlog.handled_by where instance = :instance";

  private final JdbcClient jdbc;
  private final Cursors cursors;
  private final Instances instances;
  private volatile Map<String, EventConsumer> known = Map.of();

  ConsumerRegister(JdbcClient jdbc, Cursors cursors, Instances instances) {
    this.jdbc = jdbc;
    this.cursors = cursors;
    this.instances = instances;
  }

  /** Something that was handled once and is not in the code of this instance. */
  public record Gone(String consumer, Set<String> types) {}

  /**
   * Makes the cursors of the consumers, and says what is missing. When this has committed, no
   * instance gets past what these consumers take.
   */
  void register(Collection<EventConsumer> consumers) {
    forgetTheDead();
    var byId = new HashMap<String, EventConsumer>();
    for (var consumer : consumers) {
      jdbc.sql(HANDLED_HERE)
          .param("instance", instances.self())
          .param("consumer", consumer.id())
          .param("types", sorted(consumer))
          .update();
      byId.put(consumer.id(), consumer);
      cursors.register(consumer.id(), consumer.from());
      jdbc.sql(REGISTER).param("id", consumer.id()).param("types", sorted(consumer)).update();
    }
    known = Map.copyOf(byId);
    for (var gone : gone()) {
      log.warn(
          "{} handled {} once, and nothing in this code does: bring the handler back, or say that"
              + " it is not needed any more with POST /actuator/eventlog/retire",
          gone.consumer(),
          gone.types());
    }
  }

  private void forgetTheDead() {
    for (var instance : jdbc.sql(OF_BEFORE).query((row, _) -> row.getLong(1)).list()) {
      if (!instances.isAlive(instance)) {
        jdbc.sql(FORGET_INSTANCE).param("instance", instance).update();
      }
    }
  }

  /** Whether another instance that is alive handles something of what is gone here. */
  public boolean isHandledElsewhere(Gone gone) {
    return jdbc
        .sql(HANDLED_ELSEWHERE)
        .param("consumer", gone.consumer())
        .param("types", gone.types().toArray(String[]::new))
        .param("self", instances.self())
        .query((row, _) -> row.getLong(1))
        .list()
        .stream()
        .anyMatch(instances::isAlive);
  }

  private static final String NAMES = "select id from eventlog.consumer";

  /** All that any release has had, in order. */
  Set<String> names() {
    return new TreeSet<>(jdbc.sql(NAMES).query(String.class).list());
  }

  private static final String IS_RELAY =
      """
      select exists (select
                       from eventlog.consumer
                      where id = :id and types = '{}' and not retired)
      """;

  /** Whether it is a relay, which nothing in the code stands for. */
  public boolean isRelay(String id) {
    return jdbc.sql(IS_RELAY).param("id", id).query((row, _) -> row.getBoolean(1)).single();
  }

  /** A relay takes whatever there is: it has no types, and nothing of it can be gone. */
  void registerRelay(String id) {
    cursors.register(id, Start.BEGINNING);
    jdbc.sql(REGISTER).param("id", id).param("types", new String[0]).update();
  }

  /** Empty for an instance that handles all that any release did. */
  public List<Gone> gone() {
    return jdbc
        .sql(ALL)
        .query((row, _) -> gone(row.getString("id"), (String[]) row.getArray("types").getArray()))
        .list()
        .stream()
        .filter(gone -> !gone.types().isEmpty())
        .toList();
  }

  private Gone gone(String id, String[] types) {
    var missing = new TreeSet<>(List.of(types));
    var consumer = known.get(id);
    if (consumer != null) {
      missing.removeAll(consumer.types());
    }
    return new Gone(id, missing);
  }

  /**
   * Forgets what this instance does not handle: all instances go past it from now on. Its cursors
   * stay: should it come back, it goes on, and does not begin again.
   *
   * @return whether this was the whole consumer
   */
  public boolean forget(String id) {
    var consumer = known.get(id);
    if (consumer == null) {
      jdbc.sql(RETIRE).param("id", id).update();
    } else {
      jdbc.sql(SET_TYPES).param("id", id).param("types", sorted(consumer)).update();
    }
    return consumer == null;
  }

  private static String[] sorted(EventConsumer consumer) {
    return consumer.types().stream().sorted().toArray(String[]::new);
  }
}
