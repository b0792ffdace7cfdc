package aero.contrail.loyalty.earning;

import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent.OfCoupons;
import aero.contrail.events.PassengerType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A million members, of whom a hundred have ten thousand entries each: how long a balance takes,
 * and a departure with three hundred members. {@code mvn -Pbenchmark verify
 * -Dit.test=MembersBenchmark}.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS) // the default is for tests
class MembersBenchmark extends CouponsOfMembers {

  private static final int MEMBERS = Integer.getInteger("benchmark.members", 1_000_000);
  private static final int ENTRIES = Integer.getInteger("benchmark.entries", 10_000);
  private static final int BUSY = 100;
  private static final int ABOARD = 300;
  private static final int READS = 20_000;

  private static final String ACCOUNTS =
      """
      insert into loyalty.account (member_number, sequence, available)
      select 'M' || i, 1, 720
        from generate_series(1, :members) i
      """;

  private static final String BUSY_MEMBERS =
      """
      update loyalty.account
         set sequence = :entries, available = :entries
       where member_number = any(:members)
      """;

  private static final String HISTORY =
      """
      insert into loyalty.entry (member_number, sequence, id, kind, cause, cause_key, rule, points,
                                 tier_points, pending_after, available_after, held_after,
                                 debt_after, occurred_at, recorded_at)
      select m, i, gen_random_uuid(), 'POSTED', 'COUPON', m || '/' || i, 'r', 1, 0, 0, i, 0, 0,
             now(), now()
        from unnest(:members) m
       cross join generate_series(1, :entries) i
      """;

  /** These members have histories that no movements belong to. */
  @Override
  @AfterEach
  void allAddsUp() {}

  @Test
  void balancesAndDepartures() {
    var busy = IntStream.range(0, BUSY).mapToObj(_ -> newMember()).toList();
    var numbers = busy.stream().map(MemberNumber::value).toArray(String[]::new);
    jdbc.sql(ACCOUNTS).param("members", MEMBERS).update();
    jdbc.sql(BUSY_MEMBERS).param("members", numbers).param("entries", ENTRIES).update();
    jdbc.sql(HISTORY).param("members", numbers).param("entries", ENTRIES).update();
    jdbc.sql("analyze loyalty.account, loyalty.entry").update();
    report("balance", READS, i -> statements.balance(busy.get(i % BUSY)));
    report("a page of the ledger", READS, i -> statements.lines(busy.get(i % BUSY), 5_000, 50));
    report("balance as of then", READS, i -> statements.balance(busy.get(i % BUSY), Instant.EPOCH));
    var aboard = IntStream.range(0, ABOARD).mapToObj(_ -> newMember()).toList();
    var tickets = new ArrayList<OfCoupons[]>();
    var flights = new ArrayList<OfCoupons[]>();
    for (var round = 0; round < 40; round++) {
      var sold =
          aboard.stream().map(one -> ticketed(ticket(one, PassengerType.ADULT, FLIGHT))).toList();
      tickets.add(sold.toArray(OfCoupons[]::new));
      flights.add(sold.stream().map(CouponsOfMembers::flown).toArray(OfCoupons[]::new));
    }
    report("selling to 300 members", 40, i -> told(tickets.get(i)));
    report("a departure of 300 members", 40, i -> told(flights.get(i)));
  }

  private static void report(String what, int times, Consumer<Integer> call) {
    for (var i = 0; i < times / 10; i++) {
      call.accept(i); // told twice it does nothing: the warm-up spoils no figure
    }
    var nanos = new ArrayList<Long>();
    for (var i = times / 10; i < times; i++) {
      var begun = System.nanoTime();
      call.accept(i);
      nanos.add(System.nanoTime() - begun);
    }
    Collections.sort(nanos);
    System.out.printf(
        "%s: p50 %.2f ms, p99 %.2f ms, most %.2f ms%n",
        what, at(nanos, 0.5), at(nanos, 0.99), nanos.getLast() / 1e6);
  }

  private static double at(List<Long> nanos, double share) {
    return nanos.get((int) (share * (nanos.size() - 1))) / 1e6;
  }
}
