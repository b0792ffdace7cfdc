package aero.contrail.alone;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogInstance;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.time.Clock;
import java.util.List;

/** The log with an empty handler. Arguments: a database with the log's tables, and seconds. */
final class LogAlone {

  private final Measurement measurement = new Measurement();

  private LogAlone() {}

  @EventHandler("test.alone")
  void onFlown(List<SegmentFlown> batch) {
    batch.forEach(flown -> measurement.handled(flown.at()));
  }

  public static void main(String[] arguments) throws InterruptedException {
    var handler = new LogAlone();
    try (var instance =
        LogInstance.on(arguments[0])
            .with(handler)
            .with("contrail.eventlog.poll", "PT2S")
            .with("contrail.eventlog.batch-size", 2000)
            .start()) {
      handler.measurement.run(
          Double.parseDouble(arguments[1]), () -> instance.publish(transaction()));
    }
  }

  private static SegmentFlown[] transaction() {
    var events = new SegmentFlown[Measurement.EVENTS];
    for (var i = 0; i < events.length; ) {
      var order = Facts.order();
      for (var n = 0; n < Measurement.EVENTS_PER_STREAM; n++) {
        events[i++] = new SegmentFlown(order, Facts.FLIGHT, null, Clock.systemUTC().instant());
      }
    }
    return events;
  }
}
