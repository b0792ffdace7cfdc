package aero.contrail.loyalty.member;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.MemberNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;
import org.junit.jupiter.api.Test;

class MemberNumberTests {

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

  /** Whoever has one number, or many, is not near another: a thousand fill no thousandth. */
  @Test
  void numbersAreDrawn() {
    var numbers =
        Stream.generate(Member::anyNumber).limit(1_000).map(MemberNumber::value).sorted().toList();
    assertThat(numbers).allMatch(number -> number.length() == 10);
    assertThat(LongStream.range(1, 1_000).filter(i -> isNext(numbers, (int) i)).count())
        .isLessThan(3);
  }

  private static boolean isNext(java.util.List<String> numbers, int i) {
    var serial = Long.parseLong(numbers.get(i)) / 10;
    return serial - Long.parseLong(numbers.get(i - 1)) / 10 <= 10;
  }
}
