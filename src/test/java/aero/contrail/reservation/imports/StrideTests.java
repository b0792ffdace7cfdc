package aero.contrail.reservation.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StrideTests {

  private final Stride stride = new Stride();

  private int after(int times, long millis) {
    for (var i = 0; i < times; i++) {
      stride.took(Duration.ofMillis(millis));
    }
    return stride.length();
  }

  @Test
  void aTransactionThatTookLongIsFollowedByAShorterOne() {
    var first = stride.length();
    assertThat(after(1, 21)).isEqualTo(first / 2);
    assertThat(after(20, 1000)).isEqualTo(1);
  }

  @Test
  void oneThatWasShortByALongerOneUpToABound() {
    assertThat(after(1, 5)).isGreaterThan(25);
    assertThat(after(20, 5)).isEqualTo(200);
  }

  @Test
  void inBetweenItStaysAsItIs() {
    assertThat(after(10, 15)).isEqualTo(25);
  }
}
