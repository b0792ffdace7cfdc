package aero.contrail.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class GroupCommitTests {

  private static final int BAD = 13;

  private final ConcurrentLinkedQueue<List<Integer>> groups = new ConcurrentLinkedQueue<>();

  private List<String> work(List<Integer> items) {
    groups.add(List.copyOf(items));
    if (items.contains(BAD)) {
      throw new IllegalArgumentException("13 is bad");
    }
    return items.stream().map(item -> "done " + item).toList();
  }

  private GroupCommit<Integer, String> group(int most) {
    return new GroupCommit<>(TransactionOperations.withoutTransaction(), this::work, most, 1);
  }

  @Test
  void whoComesAloneIsServedAtOnce() {
    assertThat(group(10).submit(1)).isEqualTo("done 1");
    assertThat(groups).containsExactly(List.of(1));
  }

  @Test
  void whoComesMeanwhileIsServedTogether() throws Exception {
    var leads = new CountDownLatch(1);
    var first = new CountDownLatch(1);
    var group =
        new GroupCommit<Integer, String>(
            TransactionOperations.withoutTransaction(),
            items -> {
              if (items.contains(0)) {
                leads.countDown();
                await(first);
              }
              return work(items);
            },
            10,
            1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = threads.submit(() -> group.submit(0));
      leads.await();
      var others = new ArrayList<Future<String>>();
      for (var i = 1; i <= 5; i++) {
        var item = i;
        others.add(threads.submit(() -> group.submit(item)));
      }
      Awaitility.await().until(() -> group.waiting() == 5);
      first.countDown();
      assertThat(slow.get()).isEqualTo("done 0");
      for (var i = 0; i < 5; i++) {
        assertThat(others.get(i).get()).isEqualTo("done " + (i + 1));
      }
    }
    assertThat(groups).hasSize(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oneThatFailsDoesNotStopTheOthers() throws Exception {
    var group = group(64);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 500).mapToObj(i -> threads.submit(() -> group.submit(i))).toList();
      for (var i = 0; i < all.size(); i++) {
        if (i != BAD) {
          assertThat(all.get(i).get()).isEqualTo("done " + i);
        }
      }
    }
    assertThatIllegalArgumentException().isThrownBy(() -> group.submit(BAD));
    assertThat(group.submit(1)).isEqualTo("done 1");
  }

  @Test
  void nobodyIsForgottenAndNoGroupIsTooLarge() throws Exception {
    var group = group(7);
    try (var threads = Executors.newFixedThreadPool(32)) {
      var all =
          IntStream.range(100, 5100).mapToObj(i -> threads.submit(() -> group.submit(i))).toList();
      for (var one : all) {
        assertThat(one.get()).startsWith("done");
      }
    }
    assertThat(groups).allMatch(items -> items.size() <= 7);
    assertThat(groups.stream().mapToInt(List::size).sum()).isEqualTo(5000);
  }
}
