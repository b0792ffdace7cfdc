package aero.contrail.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
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

  /** Work that tells when it has begun and waits until it may end. */
  private static final class Gate {
    private final CountDownLatch begun;
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    Gate(int groups) {
      begun = new CountDownLatch(groups);
    }

    void pass() {
      begun.countDown();
      await(mayEnd);
    }
  }

  /** A group whose leader waits at the gate when he comes with 0. */
  private GroupCommit<Integer, String> gated(TransactionOperations transaction, Gate gate) {
    return new GroupCommit<>(
        transaction,
        items -> {
          if (items.contains(0)) {
            gate.pass();
          }
          return work(items);
        },
        10,
        1);
  }

  @Test
  void whoComesAloneIsServedAtOnce() {
    assertThat(group(10).submit(1)).isEqualTo("done 1");
    assertThat(groups).containsExactly(List.of(1));
  }

  @Test
  void whoComesMeanwhileIsServedTogether() throws Exception {
    var gate = new Gate(1);
    var group = gated(TransactionOperations.withoutTransaction(), gate);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = threads.submit(() -> group.submit(0));
      gate.begun.await();
      var others = new ArrayList<Future<String>>();
      for (var i = 1; i <= 5; i++) {
        var item = i;
        others.add(threads.submit(() -> group.submit(item)));
      }
      Awaitility.await().until(() -> group.waiting() == 5);
      gate.mayEnd.countDown();
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

  @Test
  void asManyGroupsWorkAtOnceAsAreAllowed() throws Exception {
    var gate = new Gate(2);
    var group =
        new GroupCommit<Integer, String>(
            TransactionOperations.withoutTransaction(),
            items -> {
              gate.pass();
              return work(items);
            },
            10,
            2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(() -> group.submit(1));
      var two = threads.submit(() -> group.submit(2));
      gate.begun.await();
      var three = threads.submit(() -> group.submit(3));
      Awaitility.await().until(() -> group.waiting() == 1);
      gate.mayEnd.countDown();
      assertThat(List.of(one.get(), two.get(), three.get()))
          .containsExactly("done 1", "done 2", "done 3");
    }
    assertThat(groups).containsExactlyInAnyOrder(List.of(1), List.of(2), List.of(3));
  }

  /** The work went well, and then the commit failed: nobody is told that he was served. */
  @Test
  void whatWasNotCommittedIsTriedAlone() throws Exception {
    var gate = new Gate(1);
    var commits = new AtomicInteger();
    var failing =
        new TransactionOperations() {
          @Override
          public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
            var result = action.doInTransaction(new SimpleTransactionStatus());
            if (commits.incrementAndGet() == 2) {
              throw new TransactionSystemException("the commit failed");
            }
            return result;
          }
        };
    var group = gated(failing, gate);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = threads.submit(() -> group.submit(0));
      gate.begun.await();
      var others =
          List.of(threads.submit(() -> group.submit(1)), threads.submit(() -> group.submit(2)));
      Awaitility.await().until(() -> group.waiting() == 2);
      gate.mayEnd.countDown();
      slow.get();
      for (var i = 0; i < 2; i++) {
        assertThat(others.get(i).get()).isEqualTo("done " + (i + 1));
      }
    }
    assertThat(commits).hasValue(4);
  }

  @Test
  void whoIsInterruptedLearnsAllTheSameWhatBecameOfHim() throws Exception {
    var gate = new Gate(1);
    var group = gated(TransactionOperations.withoutTransaction(), gate);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = threads.submit(() -> group.submit(0));
      gate.begun.await();
      var answer = new CompletableFuture<String>();
      var waiting =
          Thread.ofVirtual()
              .start(
                  () ->
                      answer.complete(
                          group.submit(1) + " " + Thread.currentThread().isInterrupted()));
      Awaitility.await().until(() -> group.waiting() == 1);
      waiting.interrupt();
      gate.mayEnd.countDown();
      slow.get();
      assertThat(answer.get()).isEqualTo("done 1 true");
    }
  }
}
