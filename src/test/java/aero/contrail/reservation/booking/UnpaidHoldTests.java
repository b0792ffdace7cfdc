package aero.contrail.reservation.booking;

import static aero.contrail.reservation.booking.PartyOrders.NOW;
import static aero.contrail.reservation.booking.PartyOrders.authorized;
import static aero.contrail.reservation.booking.PartyOrders.unpaid;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.ReservationEvent.SpaceHoldLapsed;
import aero.contrail.events.ReservationEvent.SpaceRefused;
import aero.contrail.events.SpaceRefusal;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.test.AssertablePublishedEvents;

/** What a channel may hold without paying, on a real database. */
@ModuleTest
class UnpaidHoldTests extends OneFlight {

  /**
   * Fifty seats: a channel holds twelve of them unpaid, until one of its orders is paid or over.
   */
  @Test
  void aChannelHoldsAPartOfAFlightUnpaid(AssertablePublishedEvents events) {
    var first = unpaid(placed(6));
    var second = unpaid(placed(6));
    var third = unpaid(placed(6));
    told(() -> hears(List.of(first)));
    told(() -> hears(List.of(second, third, placed(6))));
    assertThat(cabin().held()).isEqualTo(18);
    assertThat(events.ofType(SpaceRefused.class).matching(refusalOf(third))).hasSize(1);
    told(() -> hears(List.of(new OrderEvent.Expired(first.order(), NOW), authorized(second))));
    told(() -> hears(List.of(unpaid(placed(6)), unpaid(placed(6)), unpaid(placed(6)))));
    assertThat(cabin().held()).isEqualTo(18);
    assertThat(cabin().sold()).isEqualTo(6);
  }

  private static Predicate<SpaceRefused> refusalOf(OrderEvent.Placed order) {
    return refused ->
        refused.order().equals(order.order())
            && refused.refusal().kind() == SpaceRefusal.Kind.HOLD_LIMIT;
  }

  /** Else cards that are always refused would hold a whole flight. */
  @Test
  void aHoldWhoseCardWasRefusedCountsAsUnpaid(AssertablePublishedEvents events) {
    var some = List.of(placed(6), placed(6), placed(6));
    for (var times = 0; times < 2; times++) {
      told(() -> hears(some));
      told(() -> hears(some.stream().map(PartyOrders::declined).toList()));
    }
    assertThat(cabin().held()).isEqualTo(12);
    assertThat(events.ofType(SpaceHoldLapsed.class)).hasSize(1);
    told(() -> hears(List.of(unpaid(placed(1)))));
    assertThat(events.ofType(SpaceRefused.class)).hasSize(1);
  }
}
