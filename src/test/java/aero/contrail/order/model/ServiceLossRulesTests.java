package aero.contrail.order.model;

import static aero.contrail.order.model.Family.ADA;
import static aero.contrail.order.model.Family.ANNE;
import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.Family.WILLIAM;
import static aero.contrail.order.model.Family.ticketed;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static aero.contrail.order.model.OrderRefused.Reason.ILLEGAL_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.order.amendment.CancellationQuote;
import aero.contrail.order.model.OrderCommand.GiveUpServices;
import aero.contrail.order.model.OrderCommand.RecordCapture;
import aero.contrail.order.model.OrderCommand.RecordFlown;
import aero.contrail.order.model.OrderCommand.RecordSeat;
import aero.contrail.order.model.OrderCommand.RecordServices;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of bags and seats that are not wanted any more, or not flown. */
class ServiceLossRulesTests extends ServiceFacts {

  @Nested
  class GivingUp {

    private static GiveUpServices up(boolean isVoid, Ancillary... services) {
      return new GiveUpServices(
          UUID.randomUUID(), List.of(services).stream().map(Ancillary::id).toList(), isVoid, LATER);
    }

    @Test
    void givesBackWhatIsRefundable() {
      isGivenUp(bought(BAG, SEAT).when(up(false, BAG)), List.of(BAG), "35.00", "0.00");
      isGivenUp(bought(BAG, SEAT).when(up(false, SEAT)), List.of(SEAT), "0.00", "12.00");
      isGivenUp(bought(BAG, SEAT).when(up(true, SEAT)), List.of(SEAT), "12.00", "0.00");
    }

    @Test
    void happensOnce() {
      var order = bought(BAG).when(up(false, BAG));
      order.thenRefused(up(false, BAG), ILLEGAL_STATE);
      assertThat(refunds(order)).isEqualTo(usd("35.00"));
    }

    @Test
    void isTooLateForWhoHasFlown() {
      bought(BAG).when(new RecordFlown(OUT, null, NOON)).thenRefused(up(false, BAG), ILLEGAL_STATE);
    }
  }

  @Nested
  class WithTheFlight {

    @Test
    void thoseOfWhoGoesAwayGo() {
      var order = bought(BAG, SEAT, BACK_BAG);
      order.when(cancel(order, List.of("P1"), LATER));
      isGivenUp(order, List.of(BAG, SEAT), "35.00", "12.00");
      assertThat(order.known().details().sales().live()).containsExactly(BACK_BAG);
    }

    /** What the quote says comes back, and nothing else. */
    @Test
    void theQuoteTellsTheSame() {
      var order = bought(BAG, SEAT, BACK_BAG);
      var cancel = (OrderCommand.Cancel) cancel(order, List.of(), LATER);
      order.when(cancel).isNow(OrderStatus.CANCELLED);
      assertThat(refunds(order)).isEqualTo(cancel.quote().totalRefund());
      assertThat(cancel.quote().totalRefund().plus(cancel.quote().totalPenalty()))
          .isEqualTo(usd("802.30"));
      assertThat(cancel.quote().lines())
          .extracting(CancellationQuote.Line::kind)
          .filteredOn(CancellationQuote.Kind.SERVICE::equals)
          .hasSize(3);
    }

    @Test
    void inTheVoidWindowAllOfItGoesBack() {
      var order = bought(SEAT);
      order.when(cancel(order, List.of(), NOON.plusSeconds(60)));
      isGivenUp(order, List.of(SEAT), "12.00", "0.00");
    }

    /** The ticket is of the day before, the seat of today. */
    @Test
    void whatWasSoldTodayGoesBackWhole() {
      var order =
          ticketed()
              .when(wants(SEAT))
              .when(authorised(SEAT))
              .when(new RecordServices(SALE, SERIAL, LATER))
              .when(new RecordCapture(PAID, SEAT.price(), SERIAL, LATER));
      order.when(cancel(order, List.of(), LATER.plusSeconds(60)));
      isGivenUp(order, List.of(SEAT), "12.00", "0.00");
    }

    @Test
    void aSeatThatTheAirlineTakesAwayIsPaidBack() {
      var order = bought(SEAT).when(new RecordSeat(OUT, ADA, "1A", false, LATER));
      isGivenUp(order, List.of(SEAT), "12.00", "0.00");
      order.when(new RecordSeat(OUT, ADA, "2A", false, LATER)).thenNothing();
      bought(SEAT).when(new RecordSeat(OUT, ADA, "1A", true, LATER)).thenNothing();
      bought(SEAT).when(new RecordSeat(OUT, ADA, "12C", false, LATER)).thenNothing();
    }

    @Test
    void whatTheAirlineDoesNotFlyItPaysBack() {
      var order =
          bought(SEAT, BACK_BAG)
              .when(AirlineChangeRulesTests.lost(List.of(ADA, WILLIAM, ANNE)))
              .when(AirlineChangeRulesTests.answer(false));
      var services = new ArrayList<Ancillary>();
      order.known().details().sales().all().stream()
          .flatMap(sale -> sale.ordered().services().stream())
          .forEach(services::add);
      assertThat(order.known().details().sales().live()).isEmpty();
      assertThat(refunds(order)).isEqualTo(usd("720.30").plus(price(services)));
    }

    @Test
    void isFlownWithIt() {
      var order = bought(BAG, BACK_BAG).when(new RecordFlown(OUT, null, NOON));
      var details = order.known().details();
      var sale = details.sales().find(SALE).orElseThrow();
      assertThat(ServiceLossRules.status(details, sale, BAG)).isEqualTo(CouponStatus.F);
      assertThat(ServiceLossRules.status(details, sale, BACK_BAG)).isEqualTo(CouponStatus.O);
      order.when(new RecordFlown(BACK, null, NOON)).isNow(OrderStatus.COMPLETED);
    }
  }
}
