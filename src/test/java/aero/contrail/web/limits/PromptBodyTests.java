package aero.contrail.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptBodyTests {

  @ParameterizedTest
  @CsvSource({
    "0, PT3S, true",
    "0, PT3.001S, false",
    "65535, PT3.001S, false",
    "65536, PT4S, true",
    "65536, PT4.001S, false",
    "104857600, PT26M43S, true",
    "104857600, PT26M44S, false"
  })
  void aBodyComesInSecondsOrAtARate(long bytes, Duration time, boolean isPrompt) {
    assertThat(PromptBody.isPrompt(bytes, time)).isEqualTo(isPrompt);
  }

  @Test
  void aNetworkIsOneAddress() {
    assertThat(AddressLimits.network("192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(AddressLimits.network("2001:db8:1:2:3:4:5:6")).isEqualTo("20010db800010002");
    assertThat(AddressLimits.network("2001:db8:1:2:9:9:9:9")).isEqualTo("20010db800010002");
    assertThat(AddressLimits.network("2001:db8:1:2::a")).isEqualTo("20010db800010002");
    assertThat(AddressLimits.network("unknown")).isEqualTo("unknown");
  }
}
