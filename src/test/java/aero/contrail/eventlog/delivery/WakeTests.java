package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;

import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Notes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Consumers are woken: no poll comes to their help here, it is an hour away. */
class WakeTests {

  @Test
  void byTheCommitsOfTheirOwnInstance() {
    var notes = new Notes.OfFlown();
    try (var instance = LogInstance.on(LogInstance.database()).with(notes).start()) {
      for (var number = 1; number <= 20; number++) {
        var fact = fact(order(), number);
        instance.publish(fact);
        notes.await(fact);
      }
    }
  }

  @Test
  void byOtherInstances() {
    var database = LogInstance.database();
    var notes = new Notes.OfFlown();
    try (var listening = LogInstance.on(database).with(notes).start();
        var publishing = LogInstance.on(database).start()) {
      for (var number = 1; number <= 20; number++) {
        var fact = fact(order(), number);
        publishing.publish(fact);
        notes.await(fact);
      }
      listening.publish(fact(order(), 100));
    }
  }

  /** What is above the horizon when a consumer looks is looked for again. */
  @Test
  void againWhenWhatTheyWereWokenForIsSettled() {
    var database = LogInstance.database();
    var notes = new Notes.OfFlown();
    try (var instance = LogInstance.on(database).with(notes).start();
        var slow = LogInstance.on(database).start()) {
      var fact = fact(order(), 1);
      var late = fact(order(), 2);
      slow.bean(TransactionTemplate.class)
          .executeWithoutResult(
              _ -> {
                HorizonModel.append(slow.jdbc(), late);
                instance.publish(fact);
                Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> !notes.has(fact));
              });
      notes.await(fact);
      notes.await(late);
    }
  }

  /** Who is woken while a full batch is at work has more to do than the next one brings. */
  @Test
  void howeverFewTheyTakeAtATime() throws Exception {
    var notes = new Notes.OfFlown();
    try (var instance =
            LogInstance.on(LogInstance.database())
                .with(notes)
                .with("contrail.eventlog.batch-size", 2)
                .start();
        var publishers = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, 4)
              .mapToObj(
                  _ ->
                      publishers.submit(
                          () -> {
                            for (var number = 1; number <= 50; number++) {
                              instance.publish(fact(order(), number));
                            }
                          }))
              .toList();
      for (var task : tasks) {
        task.get();
      }
      notes.await(200);
    }
  }
}
