package aero.contrail.eventlog;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Who reads the log, remembered across releases: a handler that is gone from the code leaves events
 * unhandled, and must not do so unnoticed.
 */
@Repository
class ConsumerRegister {

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

  /** Its cursors stay: should it come back, it goes on, and does not begin again. */
  private static final String RETIRE = "update eventlog.consumer set retired = true where id = :id";

  private final JdbcClient jdbc;
  private final Cursors cursors;
  private final ParkedStreams parked;
  private final Interventions interventions;
  private final TransactionOperations transaction;
  private volatile Map<String, Consumer> known = Map.of();

  ConsumerRegister(
      JdbcClient jdbc,
      Cursors cursors,
      ParkedStreams parked,
      Interventions interventions,
      TransactionOperations transaction) {
    this.jdbc = jdbc;
    this.cursors = cursors;
    this.parked = parked;
    this.interventions = interventions;
    this.transaction = transaction;
  }

  /** Something that was handled once and is not in the code of this instance. */
  record Gone(String consumer, Set<String> types) {}

  /** Makes the cursors of the consumers, and says what is missing. */
  void register(Collection<Consumer> consumers) {
    var byId = new HashMap<String, Consumer>();
    for (var consumer : consumers) {
      byId.put(consumer.id(), consumer);
      cursors.register(consumer.id());
      jdbc.sql(REGISTER)
          .param("id", consumer.id())
          .param("types", consumer.types().toArray(String[]::new))
          .update();
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

  List<Gone> gone() {
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
      missing.removeAll(new HashSet<>(consumer.types()));
    }
    return new Gone(id, missing);
  }

  /**
   * Takes note that what is gone is not needed any more.
   *
   * @return false when nothing of the consumer is gone
   */
  boolean retire(String id, String actor, String reason) {
    return transaction.execute(
        _ -> {
          if (gone().stream().noneMatch(gone -> gone.consumer().equals(id))) {
            return false;
          }
          var consumer = known.get(id);
          if (consumer == null) {
            parked.releaseAll(id);
            jdbc.sql(RETIRE).param("id", id).update();
          } else {
            jdbc.sql(SET_TYPES)
                .param("id", id)
                .param("types", consumer.types().toArray(String[]::new))
                .update();
          }
          interventions.record(actor, "RETIRE", id, null, null, reason);
          return true;
        });
  }
}
