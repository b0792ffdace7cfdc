package aero.contrail.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaneTests {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Lane slow = lane("shopping.index", Map.of("shopping.index", HOUR));

  @Test
  void whoWasIdleNeedNotWait() {
    assertThat(slow.pause()).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void whoHasJustBegunWaitsForItsPace() {
    slow.wake();
    slow.begin();
    assertThat(slow.pause()).isBetween(HOUR.dividedBy(2), HOUR);
  }

  @Test
  void whoHasNoPaceOfItsOwnWaitsTenMilliseconds() {
    var properties = new EventLogProperties(4, 1, 500, Map.of("shopping.index", HOUR));
    assertThat(properties.pace(new Consumer("order.progress", List.of(), List.of())))
        .isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void wokenWhileItRunsItIsQueuedOnceMore() {
    assertThat(slow.wake()).isTrue();
    slow.begin();
    assertThat(slow.wake()).isFalse();
    assertThat(slow.wake()).isFalse();
    assertThat(slow.end(false)).isTrue();
    slow.begin();
    assertThat(slow.end(false)).isFalse();
    assertThat(slow.wake()).isTrue();
  }

  @Test
  void whileItRestsNothingWakesIt() {
    slow.wake();
    slow.begin();
    assertThat(slow.wake()).isFalse();
    assertThat(slow.end(true)).isFalse();
    assertThat(slow.wake()).isFalse();
    assertThat(slow.wakeFromRest()).isTrue();
    assertThat(slow.wakeFromRest()).isFalse();
  }

  @Test
  void aBadEventIsLookedForInOnePartitionAfterTheOther() {
    slow.begin();
    slow.isolate();
    assertThat(slow.wanted()).hasSize(1);
    assertThat(slow.batchSize()).isOne();
    slow.succeeded(Duration.ofMillis(1));
    assertThat(slow.batchSize()).isEqualTo(2);
    var first = slow.wanted();
    slow.begin();
    assertThat(slow.wanted()).hasSize(1).isNotEqualTo(first);
    assertThat(slow.batchSize()).isOne();
  }

  @Test
  void theBatchGrowsBackToItsFullSize() {
    for (var run = 0; run < 40; run++) {
      slow.begin();
      if (run == 0) {
        slow.isolate();
      }
      slow.succeeded(Duration.ofMillis(1));
    }
    assertThat(slow.isIsolated()).isFalse();
    assertThat(slow.wanted()).containsExactly(0, 1);
    assertThat(slow.batchSize()).isEqualTo(500);
  }

  @Test
  void aBatchThatTakesLongIsHalved() {
    slow.begin();
    slow.succeeded(Duration.ofSeconds(2));
    assertThat(slow.batchSize()).isEqualTo(250);
    slow.succeeded(Duration.ofMillis(1));
    assertThat(slow.batchSize()).isEqualTo(500);
  }

  private static Lane lane(String consumer, Map<String, Duration> pace) {
    return new Lane(
        new Consumer(consumer, List.of(), List.of()),
        List.of(0, 1),
        new EventLogProperties(4, 1, 500, pace));
  }
}
