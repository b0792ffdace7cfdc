package aero.contrail.eventlog;

import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes down what it is told, in the dispatcher's transaction. */
public class Witness {
  private final JdbcClient jdbc;
  public final AtomicInteger failures = new AtomicInteger();
  public final Map<Integer, Integer> batchSizes = new ConcurrentHashMap<>();

  /** Numbers of facts that it cannot stand. */
  public final Set<Long> poison = ConcurrentHashMap.newKeySet();

  private final AtomicLong poisonous = new AtomicLong(1_000_000);

  public Witness(JdbcClient jdbc) {
    this.jdbc = jdbc;
    jdbc.sql(
            """
            create table if not exists public.seen (
              position bigint generated always as identity, stream text, at bigint)
            """)
        .update();
  }

  /** The first of so many numbers in a row that nobody else is given. */
  public long numbers(int count) {
    return poisonous.getAndAdd(count);
  }

  /** A number that it cannot stand. */
  public long poison() {
    var number = numbers(1);
    poison.add(number);
    return number;
  }

  @EventHandler("eventlog.witness")
  public void onFlown(List<SegmentFlown> batch) {
    batchSizes.merge(batch.size(), 1, Integer::sum);
    for (var flown : batch) {
      jdbc.sql("insert into public.seen (stream, at) values (:stream, :at)")
          .param("stream", flown.stream())
          .param("at", flown.at().toEpochMilli())
          .update();
      if (poison.contains(flown.at().toEpochMilli())) {
        throw new IllegalStateException("poison: " + flown.at().toEpochMilli());
      }
    }
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("asked to fail");
    }
  }
}
