package aero.contrail.eventlog.operations;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which rebuilds are under way, and how their cursors stand to the live ones. */
@Repository
class RebuildTable {

  private static final String SHADOW = "~rebuild";

  private static final String BEGIN =
      """
      insert into eventlog.rebuild (consumer, started_at, actor)
      values (:consumer, now(), :actor)
      """;

  private static final String END = "delete from eventlog.rebuild where consumer = :consumer";

  private static final String FORGET = "delete from eventlog.cursor where consumer = :shadow";

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

  private final JdbcClient jdbc;

  RebuildTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A rebuild under way.
   *
   * @param handled events that the second copy has taken in
   * @param fraction how much of the log it has passed, from 0 to 1
   */
  record Rebuild(String consumer, Instant startedAt, String actor, long handled, double fraction) {}

  /** The name of the consumer that fills the second copy. */
  static String shadowOf(String consumer) {
    return consumer + SHADOW;
  }

  /**
   * @throws DuplicateKeyException when one is under way
   */
  void begin(String consumer, String actor) {
    jdbc.sql(BEGIN).param("consumer", consumer).param("actor", actor).update();
  }

  /** Whether there was one to end. */
  boolean end(String consumer) {
    var found = jdbc.sql(END).param("consumer", consumer).update() > 0;
    if (found) { // else the cursors may be those of one that begins right now
      jdbc.sql(FORGET).param("shadow", shadowOf(consumer)).update();
    }
    return found;
  }

  void takeOver(String consumer) {
    jdbc.sql(TAKE_OVER).param("consumer", consumer).param("shadow", shadowOf(consumer)).update();
  }

  /** Whether the live copy has got further anywhere. */
  boolean isBehind(String consumer) {
    return is(jdbc.sql(IS_BEHIND).param("consumer", consumer).param("shadow", shadowOf(consumer)));
  }

  boolean haveAllCaughtUp(String consumer) {
    return is(jdbc.sql(HAVE_ALL_CAUGHT_UP).param("shadow", shadowOf(consumer)));
  }

  private static boolean is(JdbcClient.StatementSpec question) {
    return question.query((row, _) -> row.getBoolean(1)).single();
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
}
