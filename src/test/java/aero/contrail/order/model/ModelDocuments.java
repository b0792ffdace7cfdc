package aero.contrail.order.model;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.order.itinerary.ItinerarySegment;

/** Whether the documents of an order and who flies what agree. */
final class ModelDocuments {

  private ModelDocuments() {}

  /** Who is to fly has one document for it, unless it is over; who is not has none. */
  static void check(Details details, String what) {
    for (var segment : details.itinerary().active()) {
      for (var passenger : segment.passengers()) {
        assertThat(
                details.tickets().stream()
                    .filter(ticket -> ticket.passenger().equals(passenger))
                    .map(ticket -> ticket.status(segment.flight()))
                    .filter(s -> s != null && (s == CouponStatus.F || !s.isFinal()))
                    .count())
            .as(what)
            .isEqualTo(1);
      }
    }
    for (var coupon : details.openCoupons()) {
      var standings =
          details.itinerary().segments().stream()
              .filter(segment -> segment.flight().equals(coupon.flight()))
              .map(ItinerarySegment::standing)
              .toList();
      assertThat(standings).as(what).isNotEmpty();
    }
  }
}
