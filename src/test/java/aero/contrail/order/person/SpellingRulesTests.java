package aero.contrail.order.person;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.PassengerId;
import aero.contrail.order.person.PersonalData.Contact;
import aero.contrail.order.person.PersonalData.People;
import aero.contrail.order.person.PersonalData.Person;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingRulesTests {

  private static Person person(String given, String family) {
    return new Person(new PassengerId("P1"), given, family, null);
  }

  @ParameterizedTest
  @CsvSource({
    "Ada, Lovelace, Ada, Lovelase, true", // one letter is another
    "Ada, Lovelace, Ada, Lovlace, true", // one is missing
    "Ada, Lovelace, Adah, Lovvelacce, true", // three too many
    "Ada, Lovelace, Adahh, Lovvelacce, false", // four
    "Ada, Lovelace, Lovelace, Ada, true", // in each other's place
    "Ada, Lovelace, ADA, LÓVELACE, true", // case and accents are no letters
    "Ada Augusta, Lovelace, Augusta, Ada Lovelace, true",
    "Ada, Lovelace, Ida, Lovelace, true",
    "Ada, Lovelace, Eve, Lovelace, false", // nothing of the name is left
    "Ada, Lovelace, Bob, Lovelace, false",
    "Al, Li, Bo, Li, false",
    "Al, Li, Al, Lu, true",
    "Ada, Lovelace, Ada, Byron, false",
    "Ada, Lovelace, Grace, Hopper, false"
  })
  void atMostThreeLettersAndHalfOfANameAreOtherwise(
      String given, String family, String newGiven, String newFamily, boolean allowed) {
    assertThat(SpellingRules.isSpelling(person(given, family), person(newGiven, newFamily)))
        .isEqualTo(allowed);
    assertThat(SpellingRules.isSpelling(person(newGiven, newFamily), person(given, family)))
        .isEqualTo(allowed);
  }

  @Test
  void namesThatCannotBeTranscribedAreComparedInTheirOwnScript() {
    var lao = person("ສົມ", "ພົມວິຫານ");
    var other = person("ບຸນມີ", "ວົງສາ");
    assertThat(SpellingRules.isSpelling(lao, other)).isFalse();
    assertThat(SpellingRules.isSpelling(lao, lao)).isTrue();
  }

  @Test
  void aCorrectionIsComparedWithWhatWasSold() {
    var sold = person("Ada", "Lovelace");
    var once = sold.named("Ada", "Lovexxxe");
    var people = new People(List.of(once), new Contact("ada@example.com", null), List.of(sold));
    assertThat(people.asSold(once)).isEqualTo(sold);
    assertThat(SpellingRules.isSpelling(sold, once)).isTrue();
    assertThat(SpellingRules.isSpelling(people.asSold(once), once.named("Ada", "Yyyexxxe")))
        .isFalse();
  }
}
