package aero.contrail.eventlog;

import aero.contrail.eventlog.EventTable.NewEvent;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
      with s (stream) as (
        select unnest(?)
      )
      """
          + EventTable.HEADS;

  private static final String COPY =
      """
      copy eventlog.event (tx, partition, stream, version, id, type, occurred_at, recorded_at,
                           actor, channel, correlation_id, causation_id, closes, data) from stdin
      """;

  private final JdbcOperations jdbc;
  private final Partitions partitions;

  BulkAppend(JdbcOperations jdbc, Partitions partitions) {
    this.jdbc = jdbc;
    this.partitions = partitions;
  }

  /** Where a stream has come to. */
  private record Head(long tx, int version) {}

  /** The order keys of the events that were written: not of those that expected another version. */
  List<Long> copy(List<NewEvent> events) {
    var transaction = jdbc.queryForObject(TRANSACTION, Long.class);
    if (transaction == null) {
      throw new IllegalStateException("a transaction has a number");
    }
    var heads = heads(events);
    var rows = new StringBuilder(events.size() * 600);
    var keys = new ArrayList<Long>();
    for (var event : events) {
      var recorded = event.recorded();
      var before = heads.getOrDefault(recorded.stream(), new Head(transaction, 0));
      var head = new Head(Math.max(before.tx(), transaction), before.version() + 1);
      if (recorded.version() == NewEvent.NEXT || recorded.version() == head.version()) {
        append(rows, event, head);
        heads.put(recorded.stream(), head);
        keys.add(head.tx());
      }
    }
    write(rows);
    return keys;
  }

  private Map<String, Head> heads(List<NewEvent> events) {
    var heads = new HashMap<String, Head>();
    var streams = events.stream().map(e -> e.recorded().stream()).distinct().toArray(String[]::new);
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

  private void append(StringBuilder rows, NewEvent fresh, Head head) {
    var event = fresh.recorded();
    rows.append(head.tx()).append('\t').append(partitions.of(event.stream())).append('\t');
    text(rows, event.stream()).append(head.version()).append('\t').append(event.id()).append('\t');
    text(rows, event.type()).append(event.event().at()).append('\t');
    rows.append(event.recordedAt()).append('\t');
    text(rows, event.origin().actor());
    text(rows, event.origin().channel());
    text(rows, event.origin().correlationId());
    rows.append(event.causationId() == null ? "\\N" : event.causationId()).append('\t');
    rows.append(fresh.closes()).append('\t');
    text(rows, fresh.data()).setCharAt(rows.length() - 1, '\n');
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
