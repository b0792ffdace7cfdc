package aero.contrail.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.loyalty.EarningRules.Earned;
import aero.contrail.loyalty.EarningRules.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.junit.jupiter.api.Test;

class EarningRulesTests {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final LocalDate SECOND = LocalDate.parse("2027-01-01");
  private static final EarningRules RULES =
      new EarningRules(
          "default",
          List.of(
              new Version(FIRST, Map.of("F", 200, "M", 100, "K", 25)),
              new Version(SECOND, Map.of("M", 50))));

  @Test
  void pointsAreMilesTimesTheRateOfTheClass() {
    assertThat(RULES.earned("F", 720, FIRST)).isEqualTo(new Earned(1440, "default/2026-01-01/F"));
    assertThat(RULES.earned("K", 719, FIRST).points()).isEqualTo(180); // 179.75, half up
    assertThat(RULES.earned("K", 718, FIRST).points()).isEqualTo(180); // 179.5
    assertThat(RULES.earned("K", 717, FIRST).points()).isEqualTo(179); // 179.25
  }

  @Test
  void theRatesOfTheDayOfTravelCount() {
    assertThat(RULES.earned("M", 720, SECOND.minusDays(1)).points()).isEqualTo(720);
    assertThat(RULES.earned("M", 720, SECOND).points()).isEqualTo(360);
  }

  @Test
  void aClassWithoutARateAndADayWithoutRatesEarnNothing() {
    assertThat(RULES.earned("Z", 720, FIRST).points()).isZero();
    assertThat(RULES.earned("M", 720, FIRST.minusDays(1)).points()).isZero();
  }

  @Test
  void memberNumbersEndWithTheirCheckDigit() throws IOException {
    assertThat(Member.numberOf(400000001).value()).isEqualTo("4000000010");
    assertThat(Member.numberOf(400000005).value()).isEqualTo("4000000051");
    for (var line : Files.readAllLines(Path.of("src/test/resources/luhn.csv"))) {
      var fields = line.split(",", -1);
      if (fields[0].matches("\\d{10,}")) {
        assertThat(LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(fields[0]))
            .as(line)
            .isEqualTo(fields[1].equals("valid"));
      }
    }
  }
}
