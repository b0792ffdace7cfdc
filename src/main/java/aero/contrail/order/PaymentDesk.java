package aero.contrail.order;

import aero.contrail.eventlog.Origin;
import aero.contrail.order.payment.PaymentInstruction;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import aero.contrail.order.payment.PaymentInstructions;
import aero.contrail.order.payment.PaymentProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Carries instructions to the payment provider and its answers back into the orders. No transaction
 * is open while the provider works. What is lost with a process falls due again and is asked under
 * the same id.
 */
@Component
class PaymentDesk implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PaymentDesk.class);
  private static final Origin ORIGIN = Origin.system("system:payments");
  private static final int BATCH = 500;

  /**
   * From one batch to the next, and at least twice what the last one took: what comes after a pause
   * is done at once, under load together.
   */
  private static final Duration PACE = Duration.ofMillis(10);

  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

  private final PaymentProvider provider;
  private final PaymentInstructions instructions;
  private final PaymentOutcomes outcomes;
  private final TransactionOperations transaction;

  /** So many calls of each kind are under way at a time, to a provider that takes one at a time. */
  private final int callsAtOnce;

  /** Authorisations do not wait for captures, nor the other way round. */
  private final BlockingQueue<PaymentInstruction> authorisations = new LinkedBlockingQueue<>();

  private final BlockingQueue<PaymentInstruction> others = new LinkedBlockingQueue<>();
  private volatile List<Thread> workers = List.of();
  private volatile boolean running;

  PaymentDesk(
      PaymentProvider provider,
      PaymentInstructions instructions,
      PaymentOutcomes outcomes,
      TransactionOperations transaction,
      @Value("${contrail.payments.calls-at-once:50}") int callsAtOnce) {
    this.provider = provider;
    this.instructions = instructions;
    this.outcomes = outcomes;
    this.transaction = transaction;
    this.callsAtOnce = callsAtOnce;
  }

  /** Works on instructions that the caller has taken, once his transaction has committed. */
  void work(List<PaymentInstruction> taken) {
    if (taken.isEmpty()) {
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            taken.forEach(PaymentDesk.this::enqueue);
          }
        });
  }

  private void enqueue(PaymentInstruction instruction) {
    if (instruction.operation() == Operation.AUTHORISE) {
      authorisations.add(instruction);
    } else {
      others.add(instruction);
    }
  }

  /** How many instructions this instance has taken and not sent yet. */
  int waiting() {
    return authorisations.size() + others.size();
  }

  /**
   * Takes what fell due: payments of unknown outcome, and what a dead process left behind. Only as
   * much as can be sent: what waited here too long would be taken again, and again.
   */
  @Scheduled(fixedDelayString = "PT0.5S")
  void takeDue() {
    var most = provider.takesOneAtATime() ? callsAtOnce : BATCH;
    if (running && waiting() < most && instructions.isAnyDue()) {
      transaction.executeWithoutResult(_ -> work(instructions.takeDue()));
    }
  }

  @Override
  public void start() {
    running = true;
    workers =
        List.of(
            Thread.ofPlatform()
                .name("payments-authorise")
                .daemon()
                .start(() -> run(authorisations)),
            Thread.ofPlatform().name("payments-move").daemon().start(() -> run(others)));
  }

  @Override
  public void stop() {
    running = false;
    workers.forEach(Thread::interrupt);
  }

  /** Starts before the web server and stops after it: requests that wait are still answered. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 4096;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run(BlockingQueue<PaymentInstruction> queue) {
    if (provider.takesOneAtATime()) {
      sendSideBySide(queue);
    } else {
      sendTogether(queue);
    }
  }

  /** A call that hangs holds up no other, as long as not all places are taken by such. */
  private void sendSideBySide(BlockingQueue<PaymentInstruction> queue) {
    var places = new Semaphore(callsAtOnce);
    while (running) {
      try {
        places.acquire();
        var instruction = queue.take();
        Thread.startVirtualThread(
            () -> {
              try {
                ScopedValue.where(Origin.CURRENT, ORIGIN)
                    .run(() -> work(List.of(instruction), false));
              } finally {
                places.release();
              }
            });
      } catch (InterruptedException e) {
        return;
      } catch (Throwable e) {
        log.error("Payments go on; what was lost falls due again", e);
      }
    }
  }

  private void sendTogether(BlockingQueue<PaymentInstruction> queue) {
    var nextAtNanos = System.nanoTime();
    while (running) {
      try {
        var batch = new ArrayList<PaymentInstruction>();
        batch.add(queue.take());
        Thread.sleep(Duration.ofNanos(nextAtNanos - System.nanoTime()));
        var begunAtNanos = System.nanoTime();
        queue.drainTo(batch, BATCH - 1);
        ScopedValue.where(Origin.CURRENT, ORIGIN).run(() -> work(batch, true));
        nextAtNanos = begunAtNanos + periodNanos(System.nanoTime() - begunAtNanos);
      } catch (InterruptedException e) {
        return;
      } catch (Throwable e) {
        log.error("Payments go on; what was lost falls due again", e);
      }
    }
  }

  /** Bounded: a machine that stood still for minutes must not be followed by minutes of rest. */
  static long periodNanos(long tookNanos) {
    return Math.max(PACE.toNanos(), Math.min(2 * tookNanos, LONGEST_PERIOD.toNanos()));
  }

  /**
   * One that fails must not hold up the others: after a failure each is tried once more by itself.
   * That is also enough after a lost connection or a deadlock.
   */
  private void work(List<PaymentInstruction> batch, boolean together) {
    try {
      process(batch);
    } catch (RuntimeException | Error e) {
      if (together && running) {
        log.info("{} payments failed, each is tried by itself", batch.size(), e);
        batch.forEach(instruction -> work(List.of(instruction), false));
      } else {
        log.warn("{} failed; it falls due again", batch, e);
      }
    }
  }

  private void process(List<PaymentInstruction> batch) {
    var answers = provider.execute(batch);
    transaction.executeWithoutResult(_ -> outcomes.record(batch, answers));
  }
}
