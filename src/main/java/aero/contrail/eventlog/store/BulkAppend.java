package aero.contrail.eventlog.store;

import aero.contrail.database.CopyIn;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Appends hundreds of events of one transaction by COPY: what imports publish. Versions and times
 * are those that {@link EventTable}'s statement would have given.
 */
final class BulkAppend {

  private static final String HEADS =
      """
      with s (stream) as (
        select unnest(?)
      )
      """
          + EventTable.HEADS;

  private static final String COPY =
      """
      copy eventlog.event (partition, stream, version, id, type, occurred_at, recorded_at, actor,
                           channel, correlation_id, trace, causation_id, data) from stdin
      """;

  private final JdbcOperations jdbc;
  private final Partitions partitions;

  BulkAppend(JdbcOperations jdbc, Partitions partitions) {
    this.jdbc = jdbc;
    this.partitions = partitions;
  }

  /** Where a stream has come to. */
  private record Head(int version, Instant recordedAt) {

    static final Head NONE = new Head(0, Instant.MIN);

    Head next(Instant now) {
      return new Head(version + 1, now.isBefore(recordedAt) ? recordedAt : now);
    }
  }

  /** How many events were written: not those that expected another version. */
  int copy(List<NewEvent> events) {
    var heads = heads(events);
    var rows = new StringBuilder(events.size() * 600);
    var written = 0;
    for (var event : events) {
      var recorded = event.recorded();
      var head = heads.getOrDefault(recorded.stream(), Head.NONE).next(recorded.recordedAt());
      if (event.expected() == NewEvent.NEXT || event.expected() == head.version()) {
        append(rows, event, head);
        heads.put(recorded.stream(), head);
        written++;
      }
    }
    CopyIn.copy(jdbc, COPY, rows);
    return written;
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
                    var at = rows.getObject("recorded_at", OffsetDateTime.class);
                    if (at != null) {
                      heads.put(
                          rows.getString("stream"),
                          new Head(rows.getInt("version"), at.toInstant()));
                    }
                  }
                }
                return null;
              }
            });
    return heads;
  }

  private void append(StringBuilder rows, NewEvent fresh, Head head) {
    var event = fresh.recorded();
    rows.append(partitions.of(event.stream())).append('\t');
    text(rows, event.stream()).append(head.version()).append('\t').append(event.id()).append('\t');
    text(rows, event.type()).append(event.event().at()).append('\t');
    rows.append(head.recordedAt()).append('\t');
    text(rows, event.origin().actor());
    text(rows, event.origin().channel());
    text(rows, event.origin().correlationId());
    text(rows, event.origin().trace());
    rows.append(event.causationId() == null ? "\\N" : event.causationId()).append('\t');
    text(rows, fresh.data()).setCharAt(rows.length() - 1, '\n');
  }

  /** A value and the delimiter after it, with what COPY's text format escapes. */
  static StringBuilder text(StringBuilder rows, @Nullable String value) {
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
}
