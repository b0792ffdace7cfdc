package aero.contrail.eventlog.store;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How streams are spread over partitions: events of one stream share a partition, and each consumer
 * has one lane a partition. There is one, unless {@code docs/operations/change-partitions.sql} has
 * changed the number, which is stored beside the events that were numbered by it. Immutable.
 */
@Repository
public class Partitions {

  private static final String COUNT = "select partitions from eventlog.partitioning";

  private final int count;

  public Partitions(JdbcClient jdbc) {
    this.count = jdbc.sql(COUNT).query((row, _) -> row.getInt("partitions")).single();
  }

  public int count() {
    return count;
  }

  /** From 0; the hash is the one that the Java language specifies for strings. */
  public int of(String stream) {
    return Math.floorMod(stream.hashCode(), count);
  }
}
