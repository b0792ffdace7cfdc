package aero.contrail.eventlog;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How streams are spread over partitions: events of one stream share a partition, and a consumer's
 * work is split by partition. The number is stored beside the events that were numbered by it;
 * {@code docs/operations/change-partitions.sql} changes both. Immutable.
 */
@Repository
class Partitions {

  private static final String COUNT = "select partitions from eventlog.partitioning";

  private final int count;

  Partitions(JdbcClient jdbc) {
    this.count = jdbc.sql(COUNT).query((row, _) -> row.getInt("partitions")).single();
  }

  int count() {
    return count;
  }

  List<Integer> all() {
    return IntStream.range(0, count).boxed().toList();
  }

  /** From 0; the hash is the one that the Java language specifies for strings. */
  int of(String stream) {
    return Math.floorMod(stream.hashCode(), count);
  }
}
