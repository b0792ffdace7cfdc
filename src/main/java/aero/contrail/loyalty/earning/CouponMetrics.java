package aero.contrail.loyalty.earning;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Shows what was flown of which nobody was told that it was sold. */
@Component
class CouponMetrics {

  CouponMetrics(MeterRegistry meters, Coupons coupons) {
    Gauge.builder("contrail.loyalty.coupons.without.document", coupons, Coupons::withoutDocument)
        .description("Coupons that earn nothing until the event of their sale is told again")
        .register(meters);
  }
}
