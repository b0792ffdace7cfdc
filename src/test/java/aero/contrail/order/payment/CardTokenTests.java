package aero.contrail.order.payment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those that card schemes publish for tests. */
class CardTokenTests {

  private record Payment(@CardToken String token) {}

  private static boolean isTaken(String token) {
    try (var factory = Validation.buildDefaultValidatorFactory()) {
      return factory.getValidator().validate(new Payment(token)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4242424242424242",
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        " 5555555555554444",
        "378282246310005",
        "4111_1111_1111_1111",
        "4111,1111/1111.1111",
        "\uff14\uff11\uff11\uff11111111111111",
        "4111111111111111 12/27 123",
        "6304000000000000",
        "4000\u20110000\u20110000\u20110002"
      })
  void theNumberOfACardIsRefused(String number) {
    assertThat(isTaken(number)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tok_ok",
        "pm_1N3T00LkdIwHu7ixt44h1F8k",
        "4242424242424241", // a digit that does not fit
        "42424242424", // too short for a card
        "tok_4242424242424242"
      })
  void aTokenIsTaken(String token) {
    assertThat(isTaken(token)).isTrue();
  }
}
