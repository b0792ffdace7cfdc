package aero.contrail.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Does in one transaction what many threads ask for at the same time: while one group is at work,
 * the next gathers. There is no timer, so who comes alone is served at once. Thread-safe.
 *
 * @param <T> what is asked for
 * @param <R> what becomes of it
 */
public final class GroupCommit<T, R> {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  private final TransactionOperations transaction;
  private final Work<T, R> work;
  private final int most;
  private final Semaphore leaders;

  /** After a failure not all of a group at once: they would take each other's connections. */
  private final Semaphore alone;

  private final Queue<Entry<T, R>> waiting = new ConcurrentLinkedQueue<>();

  /**
   * @param work runs in a transaction
   * @param most how many items one transaction takes
   * @param atOnce how many transactions run at the same time
   */
  public GroupCommit(TransactionOperations transaction, Work<T, R> work, int most, int atOnce) {
    this.transaction = transaction;
    this.work = work;
    this.most = most;
    this.leaders = new Semaphore(atOnce);
    this.alone = new Semaphore(atOnce);
  }

  /** Decides each item by itself; what it throws undoes the group, and each is tried alone. */
  public interface Work<T, R> {

    /** One result an item, in their order. */
    List<R> run(List<T> items);
  }

  /**
   * Returns when a transaction with the item has committed.
   *
   * @throws RuntimeException what the work threw when it was tried with this item alone, or the
   *     commit did
   */
  public R submit(T item) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a group commits by itself, never within a transaction");
    }
    var entry = new Entry<T, R>(item);
    waiting.add(entry);
    if (leaders.tryAcquire()) {
      handOver();
    }
    if (entry.awaitTurn() == Turn.LEAD) {
      try {
        lead(entry);
      } finally {
        handOver();
      }
    }
    return entry.turn == Turn.ALONE ? alone(item) : entry.result();
  }

  private R alone(T item) {
    alone.acquireUninterruptibly();
    try {
      return run(List.of(item)).getFirst();
    } finally {
      alone.release();
    }
  }

  /** How many items wait for a transaction. */
  int waiting() {
    return waiting.size();
  }

  /** The first who waits leads from now on; when nobody does, somebody who comes later. */
  private void handOver() {
    do {
      var next = waiting.poll();
      if (next != null) {
        next.become(Turn.LEAD);
        return;
      }
      leaders.release();
    } while (!waiting.isEmpty() && leaders.tryAcquire());
  }

  private void lead(Entry<T, R> leader) {
    var group = new ArrayList<Entry<T, R>>();
    group.add(leader);
    while (group.size() < most && waiting.peek() != null) {
      var next = waiting.poll();
      if (next != null) {
        group.add(next);
      }
    }
    try {
      var results = run(group.stream().map(entry -> entry.item).toList());
      for (var i = 0; i < group.size(); i++) {
        group.get(i).result = results.get(i);
      }
      group.forEach(entry -> entry.become(Turn.DONE));
    } catch (RuntimeException | Error e) {
      if (group.size() == 1) {
        throw e;
      }
      log.info("A group of {} failed, each is tried alone", group.size(), e);
      group.forEach(entry -> entry.become(Turn.ALONE));
    }
  }

  private List<R> run(List<T> items) {
    return transaction.execute(_ -> work.run(items));
  }

  private enum Turn {
    WAIT,
    LEAD,
    DONE,
    ALONE
  }

  private static final class Entry<T, R> {
    private final T item;
    private final Thread thread = Thread.currentThread();
    private volatile Turn turn = Turn.WAIT;
    private @Nullable R result;

    Entry(T item) {
      this.item = item;
    }

    void become(Turn next) {
      turn = next;
      LockSupport.unpark(thread);
    }

    Turn awaitTurn() {
      var interrupted = false;
      while (turn == Turn.WAIT) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return turn;
    }

    R result() {
      if (result == null) {
        throw new IllegalStateException("the work gave no result");
      }
      return result;
    }
  }
}
