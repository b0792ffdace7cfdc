package aero.contrail.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

class SupportedVersionTests {

  @Test
  void anOldServerIsNamed() {
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(() -> SupportedVersion.require(150_018))
        .withMessageContaining("15.18");
    assertThatCode(() -> SupportedVersion.require(170_000)).doesNotThrowAnyException();
    assertThatCode(() -> SupportedVersion.require(180_006)).doesNotThrowAnyException();
  }
}
