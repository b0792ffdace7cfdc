package aero.contrail.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long the payment desk waits from one batch to the next. */
class PaymentPeriodTests {

  private static Duration period(Duration took) {
    return Duration.ofNanos(PaymentDesk.periodNanos(took.toNanos()));
  }

  @Test
  void isTwiceWhatTheLastBatchTookWithinBounds() {
    assertThat(period(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(10));
    assertThat(period(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(200));
    assertThat(period(Duration.ofMinutes(3))).isEqualTo(Duration.ofSeconds(1));
  }
}
