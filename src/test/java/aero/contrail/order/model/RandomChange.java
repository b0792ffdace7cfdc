package aero.contrail.order.model;

import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.INSTEAD;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.RETURN;
import static aero.contrail.order.model.OrderDeciderTests.SEGMENT;
import static aero.contrail.order.model.OrderDeciderTests.usd;

import aero.contrail.events.FareConditions;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.PaymentId;
import aero.contrail.events.Price;
import aero.contrail.events.Segment;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.Tax;
import aero.contrail.events.Traveller;
import aero.contrail.order.amendment.VoluntaryChange;
import aero.contrail.order.amendment.VoluntaryChange.Status;
import aero.contrail.order.model.OrderState.Payment;
import aero.contrail.order.model.OrderState.PaymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What customers, reservation and the bank can do about a change, at random. */
final class RandomChange {

  private static final SpaceRefusal GONE =
      new SpaceRefusal(INSTEAD.flight(), SpaceRefusal.Kind.HOLD_LOST, "lost");

  private final Random random;

  RandomChange(Random random) {
    this.random = random;
  }

  /** Null when nothing can be done. */
  @Nullable OrderCommand next(Details details, Instant now, long serial) {
    var open =
        details.changes().stream()
            .filter(change -> change.isOpen() || change.isUnderWay())
            .findFirst();
    return open.isEmpty() || random.nextInt(8) == 0
        ? quote(details, now)
        : step(details, open.get(), now, serial);
  }

  private @Nullable OrderCommand quote(Details details, Instant now) {
    var isOut = random.nextBoolean();
    var flight = isOut ? OUT : BACK;
    var on = details.itinerary().on(flight, Family.ALL);
    var some = on.size() == 3 && random.nextBoolean() ? on.subList(0, 1) : on;
    var parts = List.of(new Part(flight, some));
    var added = List.of(isOut ? INSTEAD : otherClass(random.nextBoolean() ? RETURN : SEGMENT));
    return some.isEmpty()
            || isFlown(details, added.getFirst())
            || Rerouting.objection(details, parts, some, added).isPresent()
        ? null
        : new OrderCommand.QuoteChange(
            UUID.randomUUID(),
            parts,
            travellers(details, some),
            added,
            price(details, some),
            new FareConditions(
                random.nextBoolean(),
                usd("20.00"),
                random.nextInt(4) > 0,
                usd("30.00"),
                Family.noShow(random)),
            now.plus(Duration.ofHours(12 + random.nextInt(24))),
            now);
  }

  private static boolean isFlown(Details details, Segment added) {
    return details.tickets().stream()
        .anyMatch(ticket -> ticket.status(added.flight()) == CouponStatus.F);
  }

  private static Segment otherClass(Segment segment) {
    return new Segment(segment.flight(), "Y", "Y", segment.leg(), segment.aircraft());
  }

  private static List<Traveller> travellers(Details details, Collection<PassengerId> some) {
    return details.placed().travellers().stream().filter(t -> some.contains(t.id())).toList();
  }

  private Price price(Details details, Collection<PassengerId> some) {
    var parts = new ArrayList<PassengerPrice>();
    for (var type : PassengerType.values()) {
      var count = (int) travellers(details, some).stream().filter(t -> t.type() == type).count();
      if (count > 0) {
        parts.add(
            new PassengerPrice(
                type,
                count,
                usd("%d.%02d".formatted(random.nextInt(600), random.nextInt(100))),
                List.of(
                    new Tax("US", usd(random.nextInt(30) + ".10")), new Tax("ZP", usd("4.20")))));
      }
    }
    return new Price(parts, "2026-02-01");
  }

  private @Nullable OrderCommand step(
      Details details, VoluntaryChange change, Instant now, long serial) {
    var id = change.id();
    var goesWell = random.nextInt(10) > 0;
    if (change.status() == Status.REQUESTED) {
      return goesWell
          ? new OrderCommand.RecordChangeHold(id, now)
          : new OrderCommand.RecordChangeRefusal(id, GONE, now);
    }
    if (change.status() == Status.CONFIRMING) {
      return goesWell && isBooked(details, change)
          ? new OrderCommand.RecordChangeOfSpace(id, serial, now)
          : new OrderCommand.RecordChangeOfSpaceRefusal(id, GONE, now);
    }
    if (random.nextInt(20) == 0) {
      return new OrderCommand.RecordChangeLapse(id, now);
    }
    if (change.status() == Status.QUOTED) {
      var isDue = change.quoted().cost().addCollect().isPositive();
      return new OrderCommand.ConfirmChange(
          id, isDue ? new PaymentId(UUID.randomUUID()) : null, now);
    }
    return details.payment(change).map(p -> pay(p, goesWell, now)).orElse(null);
  }

  /** Reservation moves nobody who is not where the change takes him from. */
  private static boolean isBooked(Details details, VoluntaryChange change) {
    var parts = change.quoted().parts();
    var passengers = change.quoted().travellers().stream().map(Traveller::id).toList();
    return Rerouting.objection(details, parts, passengers, change.quoted().added()).isEmpty()
        && details.openCoupons(parts).size()
            == parts.stream().mapToInt(part -> part.passengers().size()).sum();
  }

  private static @Nullable OrderCommand pay(Payment payment, boolean goesWell, Instant now) {
    var id = payment.id();
    if (payment.status() == PaymentStatus.PENDING) {
      return goesWell
          ? new OrderCommand.RecordAuthorization(id, payment.amount(), now)
          : new OrderCommand.RecordDecline(id, "no", Duration.ofMinutes(45), now);
    }
    return goesWell ? null : new OrderCommand.RecordCaptureRefusal(id, "no", now);
  }
}
