package aero.contrail.order.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameKeyTests {

  @ParameterizedTest
  @CsvSource({
    "Ada Lovelace, ada lovelace",
    "LOVELACE, lovelace",
    "Łukasz Żółć, lukasz zolc",
    "Strauß, strauss",
    "Søren Kierkegaard, soren kierkegaard",
    "José-María, jose maria",
    "O'Neil, oneil",
    "O’Neil, oneil",
    "'  van   der Berg ', van der berg",
    "Иван, ivan",
    "李 明, li ming",
    "Αθηνά, athena",
    "J. R., j r"
  })
  void isWrittenInSmallLatinLettersWithoutAccents(String name, String key) {
    assertThat(NameKey.of(name)).isEqualTo(key);
  }

  @Test
  void composedOrNotIsTheSame() {
    assertThat(NameKey.of("Jose\u0301")).isEqualTo(NameKey.of("Jos\u00e9"));
  }

  @Test
  void whatCannotBeTranscribedStaysAsItIs() {
    assertThat(NameKey.words("\u0eaa\u0ebb\u0ea1 King")).hasSize(2).contains("king");
  }

  @Test
  void whatHasNoLetterHasNoWords() {
    assertThat(NameKey.words(" -- ")).isEmpty();
    assertThat(NameKey.words("Ada  Lovelace")).containsExactly("ada", "lovelace");
  }
}
