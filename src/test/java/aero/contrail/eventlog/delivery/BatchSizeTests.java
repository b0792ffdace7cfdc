package aero.contrail.eventlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizeTests {

  private static final int FULL = 500;
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(2);

  private final BatchSize size = new BatchSize(FULL);

  @Test
  void beginsFullAndStaysSo() {
    assertThat(size.next()).isEqualTo(FULL);
    size.succeeded(FULL, SHORT);
    assertThat(size.next()).isEqualTo(FULL);
  }

  @Test
  void whatTookLongIsFollowedByHalfOfWhatWasTaken() {
    size.succeeded(40, LONG);
    assertThat(size.next()).isEqualTo(20);
  }

  /** Half of what might have been taken would be the same again, and time out again. */
  @Test
  void whatTimedOutIsFollowedByHalfOfWhatWasTaken() {
    size.timedOut(30);
    assertThat(size.next()).isEqualTo(15);
    size.timedOut(15);
    size.timedOut(7);
    size.timedOut(3);
    assertThat(size.next()).isOne();
    size.timedOut(1);
    assertThat(size.next()).isOne();
  }

  @Test
  void aBadEventIsLookedForOneByOneThenTheBatchGrowsBack() {
    size.failed();
    assertThat(size.next()).isOne();
    size.succeeded(1, SHORT);
    assertThat(size.next()).isEqualTo(2);
    for (var i = 0; i < 20; i++) {
      size.succeeded(size.next(), SHORT);
    }
    assertThat(size.next()).isEqualTo(FULL);
  }
}
