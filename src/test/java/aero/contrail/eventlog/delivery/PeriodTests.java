package aero.contrail.eventlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a lane waits from one batch to the next. */
class PeriodTests {

  private static final Duration PACE = Duration.ofMillis(20);

  @Test
  void isThePaceWhileBatchesAreQuick() {
    assertThat(Lane.period(PACE, Duration.ZERO)).isEqualTo(PACE);
    assertThat(Lane.period(PACE, Duration.ofMillis(5))).isEqualTo(PACE);
  }

  @Test
  void isTwiceWhatTheLastBatchTookWhileTheMachineIsBusy() {
    assertThat(Lane.period(PACE, Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void isNotLongAfterTheMachineStoodStill() {
    assertThat(Lane.period(PACE, Duration.ofMinutes(3))).isEqualTo(Duration.ofSeconds(1));
    var seldom = Duration.ofSeconds(2);
    assertThat(Lane.period(seldom, Duration.ofMinutes(3))).isEqualTo(seldom);
  }
}
