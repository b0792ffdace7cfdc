package aero.contrail.eventlog.store;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Witness;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jmolecules.event.annotation.DomainEventHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the log takes for granted of Spring and Spring Modulith. When an upgrade fails here, read
 * {@link Publications} again before anything else.
 */
@LogTest
@Import(SpiTests.Observer.class)
class SpiTests {

  @Autowired ApplicationContext context;
  @Autowired ApplicationEventPublisher events;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;
  @Autowired EventLog log;
  @Autowired Observer observer;

  /** Notes who is called when, on the thread that is watched. */
  static class Observer implements TransactionExecutionListener {
    private final List<String> calls = new ArrayList<>();
    private volatile @Nullable Thread watched;

    @EventListener
    void on(SegmentFlown flown) {
      note("listener");
    }

    @Override
    public void beforeCommit(TransactionExecution execution) {
      note("execution listener before commit");
    }

    private void note(String call) {
      if (Thread.currentThread() == watched) {
        calls.add(call);
      }
    }
  }

  @Test
  void listenersRunInThePublishersThreadAndTheCommitHookRunsLast() {
    transaction.executeWithoutResult(
        _ -> {
          observer.watched = Thread.currentThread();
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                  observer.note("synchronization before commit");
                }

                @Override
                public void beforeCompletion() {
                  observer.note("synchronization before completion");
                }

                @Override
                public void afterCommit() {
                  observer.note("synchronization after commit");
                  observer.watched = null;
                }
              });
          events.publishEvent(fact(order(), 1));
        });
    assertThat(observer.calls)
        .containsExactly(
            "listener",
            "synchronization before commit",
            "synchronization before completion",
            "execution listener before commit",
            "synchronization after commit");
  }

  /** What was sent before the time was over must not stay when the commit comes too late. */
  @Test
  void aCommitThatComesTooLateLeavesNothing() {
    var hurried =
        new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
    hurried.setTimeout(1);
    var order = order();
    jdbc.sql("create table if not exists public.late (stream text)").update();
    assertThatExceptionOfType(TransactionException.class)
        .isThrownBy(
            () ->
                hurried.executeWithoutResult(
                    _ -> {
                      jdbc.sql("insert into public.late values (:stream)")
                          .param("stream", Facts.stream(order))
                          .update();
                      events.publishEvent(fact(order, 1));
                      Awaitility.await().pollDelay(Duration.ofMillis(1_200)).until(() -> true);
                    }));
    assertThat(log.read(Facts.stream(order), SegmentFlown.class)).isEmpty();
    assertThat(jdbc.sql("select count(*) from public.late").query(Integer.class).single()).isZero();
  }

  @Test
  void anInnerTransactionHasItsOwnEvents() {
    var outer = order();
    var inner = order();
    var requiresNew =
        new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
    requiresNew.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
    transaction.executeWithoutResult(
        status -> {
          events.publishEvent(fact(outer, 1));
          requiresNew.executeWithoutResult(_ -> events.publishEvent(fact(inner, 2)));
          events.publishEvent(fact(outer, 3));
          status.setRollbackOnly();
        });
    assertThat(log.read(Facts.stream(inner), SegmentFlown.class)).hasSize(1);
    assertThat(log.read(Facts.stream(outer), SegmentFlown.class)).isEmpty();
  }

  @Test
  void modulithHasNoRegistryOfItsOwnHere() {
    assertThat(context.getBeanDefinitionNames())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("publicationregistry"));
  }

  /** By which the Documenter knows event listeners, without making Spring call them. */
  @Test
  void handlersAreDomainEventHandlersAndNoSpringListeners() throws NoSuchMethodException {
    var handler = Witness.class.getDeclaredMethod("onFlown", List.class);
    assertThat(AnnotatedElementUtils.hasAnnotation(handler, DomainEventHandler.class)).isTrue();
    assertThat(AnnotatedElementUtils.hasAnnotation(handler, EventListener.class)).isFalse();
  }
}
