package aero.contrail.reservation.booking;

import static aero.contrail.reservation.booking.PartyOrders.NOW;
import static aero.contrail.reservation.booking.PartyOrders.leg;

import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Cabins;
import aero.contrail.reservation.schedule.ScheduleTable;
import aero.contrail.reservation.schedule.ScheduledFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Each test has a flight of its own, with fifty seats in one cabin, that hears of orders. */
abstract class OneFlight {

  /** Tests of both classes may share a database. */
  private static final AtomicInteger NUMBER = new AtomicInteger(1);

  @Autowired SpaceAllocation space;
  @Autowired ScheduleTable schedule;
  @Autowired Cabins cabins;
  @Autowired TransactionTemplate transaction;

  FlightId flight = new FlightId("UA1-2030-01-01-EWR");

  @BeforeEach
  void schedule() {
    flight = new FlightId("UA%d-2030-01-01-EWR".formatted(NUMBER.getAndIncrement()));
    var wanted = new ScheduledFlight(flight, leg(), "ER4", "ER4-Y50", true);
    transaction.executeWithoutResult(_ -> schedule.write(List.of(wanted)));
  }

  OrderEvent.Placed placed(int seats, Instant payBy) {
    return PartyOrders.placed(List.of(flight), seats, payBy);
  }

  OrderEvent.Placed placed(int seats) {
    return placed(seats, NOW.plus(Duration.ofMinutes(15)));
  }

  Cabin cabin() {
    return cabins.of(List.of(flight)).getFirst();
  }

  void hears(List<? extends OrderEvent.OfSpace> facts) {
    space.on(facts.stream().<Recorded<OrderEvent.OfSpace>>map(Facts::recorded).toList());
  }

  void told(Runnable handler) {
    transaction.executeWithoutResult(_ -> handler.run());
  }
}
