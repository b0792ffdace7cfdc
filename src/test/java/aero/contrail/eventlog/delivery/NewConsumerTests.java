package aero.contrail.eventlog.delivery;

import static aero.contrail.eventlog.Facts.fact;
import static aero.contrail.eventlog.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.eventlog.Notes;
import aero.contrail.events.ReservationEvent.FlightDeparted;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import org.junit.jupiter.api.Test;

/** Who is new to the log begins where it says. */
class NewConsumerTests {

  private final String database = LogInstance.database();

  @Test
  void atTheBeginningItHandlesWhatWasBefore() {
    var before = fact(order(), 1);
    try (var instance = LogInstance.on(database).start()) {
      instance.publish(before);
    }
    var notes = new Notes.OfFlown();
    try (var instance = LogInstance.on(database).with(notes).start()) {
      instance.publish(fact(order(), 2));
      notes.await(before);
      notes.await(2);
    }
  }

  @Test
  void nowItHandlesOnlyWhatComesAndGoesOnAfterARestart() {
    try (var instance = LogInstance.on(database).start()) {
      instance.publish(fact(order(), 1));
    }
    var first = fact(order(), 2);
    var meanwhile = fact(order(), 3);
    var notes = new Notes.FromNow();
    try (var instance = LogInstance.on(database).with(notes).start()) {
      instance.publish(first);
      notes.await(first);
    }
    try (var instance = LogInstance.on(database).start()) {
      instance.publish(meanwhile);
    }
    var again = new Notes.FromNow();
    try (var instance = LogInstance.on(database).with(again).start()) {
      var last = fact(order(), 4);
      instance.publish(last);
      again.await(last);
      assertThat(again.has(meanwhile)).isTrue();
    }
    assertThat(notes.seen()).hasSize(1);
    assertThat(again.seen()).hasSize(2);
  }

  /** Methods of one id share one progress. */
  static class InTwoMinds {
    @EventHandler("test.reader")
    void on(SegmentFlown flown) {}

    @EventHandler(value = "test.reader", from = EventHandler.Start.NOW)
    void on(FlightDeparted departed) {}
  }

  @Test
  void atTwoPlacesIsAMistake() {
    assertThatThrownBy(() -> LogInstance.on(database).with(new InTwoMinds()).start())
        .hasRootCauseMessage("the methods of consumer test.reader begin at two places");
  }
}
