package aero.contrail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

/** The sandbox meets no database by accident, and seals its keys all the same. */
class SandboxSettingsTests {

  private static final String MASTER_KEY = "contrail.security.master-key";

  @TempDir Path folder;

  private MockEnvironment environment() {
    return new MockEnvironment().withProperty("contrail.sandbox.folder", folder.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db:5432/contrail, ''",
    "jdbc:postgresql://db:5432/contrail, other",
    "jdbc:postgresql://db:5432/contrail?ssl=true, true",
    "'jdbc:postgresql://a:1,b:2/contrail', b",
    "jdbc:postgresql:contrail, ''",
    "jdbc:h2:mem:contrail, contrail"
  })
  void aDatabaseMustBeNamedTwice(String url, String named) {
    var environment =
        environment()
            .withProperty("spring.datasource.url", url)
            .withProperty("contrail.sandbox.database", named);
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(() -> SandboxSettings.complete(environment))
        .matches(e -> String.valueOf(e.getReason()).contains("contrail.sandbox.database="));
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db:5432/contrail",
    "jdbc:postgresql://db:5432/contrail?ssl=true",
    "'jdbc:postgresql://a:1,b:2/contrail'",
    "jdbc:postgresql:contrail"
  })
  void aDatabaseThatIsNamedTwiceIsItsOwn(String url) {
    var environment =
        environment()
            .withProperty("spring.datasource.url", url)
            .withProperty("contrail.sandbox.database", "contrail");
    SandboxSettings.complete(environment);
    assertThat(environment.getProperty(MASTER_KEY)).isNotEmpty();
  }

  @Test
  void theMasterKeyIsMadeOnce() throws Exception {
    var first = environment();
    var second = environment();
    SandboxSettings.complete(first);
    SandboxSettings.complete(second);
    var key = first.getRequiredProperty(MASTER_KEY);
    assertThat(Base64.getDecoder().decode(key)).hasSize(32);
    assertThat(second.getProperty(MASTER_KEY)).isEqualTo(key);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("master-key"));
    }
  }

  @Test
  void aMasterKeyThatIsSetIsTheOne() {
    var environment = environment().withProperty(MASTER_KEY, "given");
    SandboxSettings.complete(environment);
    assertThat(environment.getProperty(MASTER_KEY)).isEqualTo("given");
    assertThat(folder).isEmptyDirectory();
  }
}
