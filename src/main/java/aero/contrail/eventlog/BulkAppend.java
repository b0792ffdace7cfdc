package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Appends thousands of events of one transaction by COPY: what imports publish. The versions and
 * order keys are those that {@link EventTable}'s statement would have given.
 */
final class BulkAppend {

  private static final String TRANSACTION = "select pg_current_xact_id()::text::bigint";

  private static final String HEADS =
      """
      select s.stream, h.version, h.tx
        from unnest(?) s (stream)
       cross join lateral (select e.version, e.tx
                             from eventlog.event e
                            where e.stream = s.stream
                            order by e.version desc
                            limit 1) h
      """;

  private static final String COPY =
      """
      copy eventlog.event (tx, slot, stream, version, id, type, occurred_at, recorded_at, actor,
                           channel, correlation_id, causation_id, data) from stdin
      """;

  private final JdbcOperations jdbc;
  private final EventTypes types;

  BulkAppend(JdbcOperations jdbc, EventTypes types) {
    this.jdbc = jdbc;
    this.types = types;
  }

  /** Where a stream has come to. */
  private record Head(long tx, int version) {}

  void copy(List<Recorded<DomainEvent>> events) {
    var transaction = jdbc.queryForObject(TRANSACTION, Long.class);
    if (transaction == null) {
      throw new IllegalStateException("a transaction has a number");
    }
    var heads = heads(events);
    var rows = new StringBuilder(events.size() * 600);
    for (var event : events) {
      var head =
          heads.merge(
              event.stream(),
              new Head(transaction, 1),
              (before, _) -> new Head(Math.max(before.tx(), transaction), before.version() + 1));
      var version = event.version() == EventTable.NEXT ? head.version() : event.version();
      append(rows, event, Math.max(head.tx(), transaction), version);
    }
    write(rows);
  }

  private Map<String, Head> heads(List<Recorded<DomainEvent>> events) {
    var heads = new HashMap<String, Head>();
    var streams = events.stream().map(Recorded::stream).distinct().toArray(String[]::new);
    jdbc.execute(
        (ConnectionCallback<@Nullable Void>)
            connection -> {
              try (var query = connection.prepareStatement(HEADS)) {
                query.setArray(1, connection.createArrayOf("text", streams));
                try (var rows = query.executeQuery()) {
                  while (rows.next()) {
                    heads.put(
                        rows.getString("stream"),
                        new Head(rows.getLong("tx"), rows.getInt("version")));
                  }
                }
                return null;
              }
            });
    return heads;
  }

  private void append(
      StringBuilder rows, Recorded<DomainEvent> event, long transaction, int version) {
    rows.append(transaction).append('\t').append(EventTable.slot(event.stream())).append('\t');
    text(rows, event.stream()).append(version).append('\t').append(event.id()).append('\t');
    text(rows, event.type()).append(event.event().at()).append('\t');
    rows.append(event.recordedAt()).append('\t');
    text(rows, event.origin().actor());
    text(rows, event.origin().channel());
    text(rows, event.origin().correlationId());
    rows.append(event.causationId() == null ? "\\N" : event.causationId()).append('\t');
    text(rows, types.write(event.event())).setCharAt(rows.length() - 1, '\n');
  }

  /** A value and the delimiter after it, with what COPY's text format escapes. */
  private static StringBuilder text(StringBuilder rows, @Nullable String value) {
    if (value == null) {
      return rows.append("\\N\t");
    }
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        default -> rows.append(c);
      }
    }
    return rows.append('\t');
  }

  private void write(StringBuilder rows) {
    jdbc.execute(
        (ConnectionCallback<Long>)
            connection -> {
              try {
                return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(COPY, new StringReader(rows.toString()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
