package aero.contrail.reservation.booking;

import static aero.contrail.reservation.booking.PartyOrders.NOW;
import static aero.contrail.reservation.booking.PartyOrders.abandoned;
import static aero.contrail.reservation.booking.PartyOrders.authorized;
import static aero.contrail.reservation.booking.PartyOrders.confirmed;
import static aero.contrail.reservation.booking.PartyOrders.leg;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.ChangeQuoted;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.ReservationEvent;
import aero.contrail.events.ReservationEvent.HoldId;
import aero.contrail.events.ReservationEvent.SpaceConfirmationRefused;
import aero.contrail.events.ReservationEvent.SpaceConfirmed;
import aero.contrail.events.ReservationEvent.SpaceHeld;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceHoldLost;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.Traveller;
import aero.contrail.reservation.disruption.FlightCancellation;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.passenger.PassengerStatus;
import aero.contrail.reservation.schedule.ScheduledFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.AssertablePublishedEvents;

/** Space that is held beside what a party has, and then booked instead of it. */
@ModuleTest
class ChangeHoldTests extends OneFlight {

  private static final Money ZERO = Money.parse("USD 0.00");

  @Autowired HoldBackstop backstop;
  @Autowired Reservations reservations;
  @Autowired BeanFactory application;

  private FlightId other = flight;

  @BeforeEach
  void anotherFlight() {
    other = new FlightId(flight.value().replace("UA", "DL"));
    var wanted = new ScheduledFlight(other, leg(), "ER4", "ER4-Y50", true);
    transaction.executeWithoutResult(_ -> schedule.write(List.of(wanted)));
  }

  private OrderEvent.Placed booked(int seats) {
    var placed = placed(seats);
    told(() -> hears(List.of(placed, authorized(placed))));
    return placed;
  }

  private ChangeQuoted held(int seats) {
    var quoted = quoted(booked(seats), seats, "Y");
    told(() -> hears(List.of(quoted)));
    return quoted;
  }

  private ChangeQuoted quoted(OrderEvent.Placed order, int leaving, String fareClass) {
    return quoted(order, leaving, new Segment(other, "Y", fareClass, leg(), "ER4"), NOW);
  }

  private ChangeQuoted quoted(OrderEvent.Placed order, int leaving, Segment added, Instant until) {
    return quoted(order, order.travellers().subList(0, leaving), flight, added, until);
  }

  private static ChangeQuoted quoted(
      OrderEvent.Placed order, List<Traveller> some, FlightId from, Segment added, Instant until) {
    return new ChangeQuoted(
        order.order(),
        UUID.randomUUID(),
        List.of(new Part(from, some.stream().map(t -> t.id()).toList())),
        some,
        List.of(added),
        order.terms().price(),
        order.terms().conditions(),
        new OrderEvent.ChangeCost(ZERO, ZERO, ZERO, ZERO, List.of()),
        until.plus(Duration.ofMinutes(15)),
        NOW);
  }

  private void twice(OrderEvent.OfSpace fact) {
    for (var times = 0; times < 2; times++) {
      told(() -> hears(List.of(fact)));
    }
  }

  private String seats(FlightId of) {
    var cabin = cabins.of(List.of(of)).getFirst();
    return "%d sold, %d held".formatted(cabin.sold(), cabin.held());
  }

  private static <E extends ReservationEvent.OfOrder> List<E> ofChange(
      AssertablePublishedEvents events, Class<E> type, ChangeQuoted quoted) {
    return StreamSupport.stream(events.ofType(type).spliterator(), false)
        .filter(fact -> fact.toString().contains(quoted.change().toString()))
        .toList();
  }

  private List<PassengerId> booked(OrderId order, FlightId on) {
    return reservations.of(List.of(order)).getFirst().segments().stream()
        .filter(segment -> segment.claim().flight().equals(on))
        .filter(segment -> segment.status() == SegmentStatus.CONFIRMED)
        .flatMap(segment -> segment.party().ids().stream())
        .toList();
  }

  @Test
  void isHeldBesideAndThenBookedInstead(AssertablePublishedEvents events) {
    var order = booked(3);
    var quoted = quoted(order, 3, "M");
    twice(quoted);
    assertThat(seats(flight)).isEqualTo("3 sold, 0 held");
    assertThat(seats(other)).isEqualTo("0 sold, 3 held");
    twice(confirmed(quoted));
    assertThat(seats(flight)).isEqualTo("0 sold, 0 held");
    assertThat(seats(other)).isEqualTo("3 sold, 0 held");
    assertThat(booked(order.order(), other)).hasSize(3);
    assertThat(booked(order.order(), flight)).isEmpty();
    assertThat(ofChange(events, SpaceHeld.class, quoted))
        .singleElement()
        .extracting(SpaceHeld::hold)
        .isEqualTo(new HoldId(quoted.change()));
    assertThat(ofChange(events, SpaceConfirmed.class, quoted)).hasSize(1);
  }

  @Test
  void someOfAPartyMoveAndOthersFollowThem() {
    var order = booked(3);
    var first = quoted(order, 1, "Y");
    twice(first);
    twice(confirmed(first));
    assertThat(seats(flight)).isEqualTo("2 sold, 0 held");
    var others = order.travellers().subList(1, 3);
    var second = quoted(order, others, flight, first.added().getFirst(), NOW);
    twice(second);
    twice(confirmed(second));
    assertThat(seats(flight)).isEqualTo("0 sold, 0 held");
    assertThat(seats(other)).isEqualTo("3 sold, 0 held");
    assertThat(booked(order.order(), other)).hasSize(3);
  }

  @Test
  void theSameFlightInAnotherClass() {
    var order = booked(2);
    var upgrade = quoted(order, 2, new Segment(flight, "Y", "M", leg(), "ER4"), NOW);
    twice(upgrade);
    assertThat(seats(flight)).isEqualTo("2 sold, 2 held");
    twice(confirmed(upgrade));
    assertThat(seats(flight)).isEqualTo("2 sold, 0 held");
    assertThat(reservations.of(List.of(order.order())).getFirst().segments())
        .singleElement()
        .matches(segment -> segment.claim().fareClass().equals("M"));
  }

  @Test
  void isGivenBackWhenNothingBecomesOfIt() {
    var order = booked(2);
    var quoted = quoted(order, 2, "Y");
    told(() -> hears(List.of(quoted)));
    twice(abandoned(quoted));
    assertThat(seats(other)).isEqualTo("0 sold, 0 held");
    assertThat(seats(flight)).isEqualTo("2 sold, 0 held");
    twice(confirmed(quoted)); // too late
    assertThat(seats(flight)).isEqualTo("2 sold, 0 held");
    var again = quoted(order, 2, "Y");
    told(() -> hears(List.of(again, abandoned(again)))); // in one batch
    assertThat(seats(other)).isEqualTo("0 sold, 0 held");
  }

  @Test
  void isRefusedWithoutRoom(AssertablePublishedEvents events) {
    var order = booked(9);
    for (var i = 0; i < 5; i++) {
      var full = PartyOrders.placed(List.of(other), 9, NOW);
      told(() -> hears(List.of(full)));
    }
    var quoted = quoted(order, 9, "Y");
    twice(quoted);
    assertThat(ofChange(events, SpaceRefused.class, quoted)).hasSize(1);
    twice(confirmed(quoted));
    assertThat(seats(flight)).isEqualTo("9 sold, 0 held");
    assertThat(seats(other)).isEqualTo("0 sold, 45 held");
  }

  /** Changes hold seats for nothing, too: a channel can hold no more of them than of others. */
  @Test
  void isRefusedAboveWhatAChannelMayHold(AssertablePublishedEvents events) {
    var one = quoted(booked(9), 9, "Y");
    var two = quoted(booked(9), 9, "Y");
    told(() -> hears(List.of(one, two)));
    assertThat(ofChange(events, SpaceHeld.class, one)).hasSize(1);
    assertThat(ofChange(events, SpaceRefused.class, two))
        .singleElement()
        .matches(refused -> refused.refusal().kind() == SpaceRefusal.Kind.HOLD_LIMIT);
    told(() -> hears(List.of(abandoned(one))));
    var three = quoted(booked(9), 9, "Y");
    told(() -> hears(List.of(three)));
    assertThat(ofChange(events, SpaceHeld.class, three)).hasSize(1);
  }

  @Test
  void isNotBookedWhenThePartyLeftMeanwhile(AssertablePublishedEvents events) {
    var order = booked(2);
    var quoted = quoted(order, 2, "Y");
    told(() -> hears(List.of(quoted)));
    var part =
        new OrderEvent.PartCancelled(
            order.order(),
            UUID.randomUUID(),
            OrderEvent.CancellationCause.CUSTOMER,
            List.of(new Part(flight, List.of(new PassengerId("P1")))),
            ZERO,
            List.of(),
            null,
            NOW);
    told(() -> hears(List.of(part, confirmed(quoted))));
    assertThat(ofChange(events, SpaceConfirmationRefused.class, quoted)).hasSize(1);
    assertThat(seats(flight)).isEqualTo("1 sold, 0 held");
    assertThat(seats(other)).isEqualTo("0 sold, 0 held");
  }

  @Test
  void isNotBookedForWhoIsAtTheAirport(AssertablePublishedEvents events) {
    var quoted = held(2);
    var passengers = application.getBean(FlightPassengers.class);
    var first = passengers.of(flight, quoted.order()).getFirst();
    told(() -> passengers.save(List.of(first.told(PassengerStatus.CHECKED_IN, NOW))));
    twice(confirmed(quoted));
    assertThat(ofChange(events, SpaceConfirmationRefused.class, quoted)).hasSize(1);
    assertThat(seats(flight)).isEqualTo("2 sold, 0 held");
    assertThat(seats(other)).isEqualTo("0 sold, 0 held");
  }

  @Test
  void isNotBookedOnAFlightThatIsCancelled(AssertablePublishedEvents events) {
    var quoted = held(2);
    told(() -> application.getBean(FlightCancellation.class).cancel(other));
    twice(confirmed(quoted));
    assertThat(ofChange(events, SpaceHoldLost.class, quoted)).hasSize(1);
    assertThat(ofChange(events, SpaceConfirmationRefused.class, quoted)).hasSize(1);
    assertThat(seats(flight)).isEqualTo("2 sold, 0 held");
    assertThat(seats(other)).isEqualTo("0 sold, 0 held");
  }

  @Test
  void isNotBookedAtOtherTimesThanWereQuoted(AssertablePublishedEvents events) {
    var order = booked(1);
    var was = leg();
    var later =
        new Leg(
            was.origin(),
            was.destination(),
            was.departure().minusHours(1),
            was.arrival().minusHours(1),
            was.miles());
    var quoted = quoted(order, 1, new Segment(other, "Y", "Y", later, "ER4"), NOW);
    told(() -> hears(List.of(quoted)));
    assertThat(ofChange(events, SpaceRefused.class, quoted))
        .singleElement()
        .matches(refused -> refused.refusal().kind() == SpaceRefusal.Kind.SCHEDULE_CHANGED);
  }

  @Test
  void isTakenBackWhenItsOrderForgetsIt(AssertablePublishedEvents events) {
    var longAgo = Instant.parse("2020-01-01T00:00:00Z");
    var order = booked(2);
    var quoted = quoted(order, 2, new Segment(other, "Y", "Y", leg(), "ER4"), longAgo);
    told(() -> hears(List.of(quoted)));
    backstop.lapse();
    assertThat(ofChange(events, SpaceHoldLapsed.class, quoted)).hasSize(1);
    assertThat(seats(other)).isEqualTo("0 sold, 0 held");
    assertThat(seats(flight)).isEqualTo("2 sold, 0 held");
    backstop.lapse();
    twice(confirmed(quoted));
    assertThat(ofChange(events, SpaceConfirmationRefused.class, quoted)).hasSize(1);
    assertThat(seats(flight)).isEqualTo("2 sold, 0 held");
  }

  /** Parties cross each other: from one flight to the other, and the other way round. */
  @Test
  void partiesThatCrossEachOtherNeitherWaitForeverNorLoseASeat() throws Exception {
    var changes = new ArrayList<Callable<Void>>();
    for (var i = 0; i < 10; i++) {
      var order = booked(1);
      changes.add(
          () -> {
            var quoted = quoted(order, 1, "Y");
            told(() -> hears(List.of(quoted)));
            told(() -> hears(List.of(confirmed(quoted))));
            var there = new Segment(flight, "Y", "Y", leg(), "ER4");
            var back = quoted(order, quoted.travellers(), other, there, NOW);
            told(() -> hears(List.of(back)));
            told(() -> hears(List.of(confirmed(back))));
            return null;
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(changes)) {
        future.get();
      }
    }
    assertThat(seats(flight)).isEqualTo("10 sold, 0 held");
    assertThat(seats(other)).isEqualTo("0 sold, 0 held");
    assertThat(cabins.of(List.of(flight, other))).extracting(Cabin::held).containsOnly(0);
  }
}
