package aero.contrail.loyalty.earning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aero.contrail.events.OrderEvent.OfCoupons;
import aero.contrail.events.PassengerType;
import aero.contrail.loyalty.LedgerAudit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many batches at the same time, and hands in the ledger. */
class AccrualRaceTests extends CouponsOfMembers {

  @Test
  void ticketsOfOneMemberAtTheSameTimeAllCount() throws Exception {
    together(IntStream.range(0, 20).<Runnable>mapToObj(_ -> () -> told(ticketed())).toList());
    assertThat(balance()).isEqualTo(points(0, 20 * 720, 0));
  }

  /** Batches that name the same members in another order never wait for each other in a circle. */
  @Test
  void batchesOfTheSameMembersDoNotDeadlock() throws Exception {
    var some = IntStream.range(0, 8).mapToObj(_ -> newMember()).toList();
    var batches = new ArrayList<Runnable>();
    for (var i = 0; i < 24; i++) {
      var shuffled = new ArrayList<>(some);
      Collections.shuffle(shuffled, RANDOM);
      var facts =
          shuffled.stream()
              .map(one -> (OfCoupons) ticketed(ticket(one, PassengerType.ADULT, FLIGHT)))
              .toArray(OfCoupons[]::new);
      batches.add(() -> told(facts));
    }
    together(batches);
    assertThat(some).allMatch(one -> statements.balance(one).pending() == 24 * 720);
  }

  /** After a split a ticket and its flight are told in two streams, by two lanes. */
  @Test
  void whatIsSoldAndFlownAtTheSameTimeIsPosted() throws Exception {
    for (var round = 0; round < 25; round++) {
      var ticketed = ticketed();
      var flown = flown(ticketed);
      together(List.of(() -> told(ticketed), () -> told(flown)));
    }
    assertThat(balance()).isEqualTo(points(25 * 720, 0, 25 * 720));
  }

  private static void together(List<Runnable> all) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = all.stream().<Callable<Object>>map(Executors::callable).toList();
      for (var result : threads.invokeAll(tasks)) {
        result.get();
      }
    }
  }

  /** The check itself: a figure that a superuser changes by hand is found. */
  @Test
  void whatIsChangedByHandIsFound() {
    told(ticketed());
    for (var change :
        List.of(
            "update loyalty.account set pending = pending + 1 where member_number = '%s'",
            "update loyalty.lot set pending = pending + 1, earned = earned + 1"
                + " where member_number = '%s'",
            "update loyalty.entry set pending_after = 1 where member_number = '%s'",
            "update loyalty.movement set points = 1 where entry in"
                + " (select id from loyalty.entry where member_number = '%s')")) {
      transaction.executeWithoutResult(
          status -> {
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql(change.formatted(member)).update();
            assertThatThrownBy(() -> LedgerAudit.check(jdbc))
                .as(change)
                .isInstanceOf(AssertionError.class);
            status.setRollbackOnly();
          });
    }
  }
}
