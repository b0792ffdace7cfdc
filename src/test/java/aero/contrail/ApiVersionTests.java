package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.accept.ApiVersionDeprecationHandler;
import org.springframework.web.accept.StandardApiVersionDeprecationHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A second version of a route lives beside the first, which announces its end. */
@HttpTest
@Import(ApiVersionTests.TwoVersions.class)
class ApiVersionTests {

  private static final String PATH = "/offers/of-two-versions";

  @LocalServerPort int port;

  @TestConfiguration
  static class TwoVersions {

    @Bean
    Versioned versioned() {
      return new Versioned();
    }

    @Bean
    ApiVersionDeprecationHandler deprecations() {
      var handler = new StandardApiVersionDeprecationHandler();
      handler
          .configureVersion("1")
          .setDeprecationDate(ZonedDateTime.of(2029, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
          .setSunsetDate(ZonedDateTime.of(2030, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
      return handler;
    }
  }

  @RestController
  static class Versioned {

    @GetMapping(path = PATH, version = "1")
    String first() {
      return "one";
    }

    @GetMapping(path = PATH, version = "2")
    String second() {
      return "two";
    }
  }

  @Test
  void eachVersionAnswersAsItselfAndTheOldOneSaysUntilWhen() {
    var web = Api.anonymous(port).as("web");
    var first = web.get(PATH, "Api-Version", "1").expect(200);
    assertThat(first.text()).contains("one");
    assertThat(first.header("Api-Version")).isEqualTo("1");
    assertThat(first.header("Deprecation")).isNotEmpty();
    assertThat(first.header("Sunset")).contains("2030");

    var second = web.get(PATH, "Api-Version", "2").expect(200);
    assertThat(second.text()).contains("two");
    assertThat(second.header("Api-Version")).isEqualTo("2");
    assertThat(second.header("Deprecation")).isEmpty();

    web.get(PATH, "Api-Version", "3").problem(400, "unsupported_api_version");
  }
}
