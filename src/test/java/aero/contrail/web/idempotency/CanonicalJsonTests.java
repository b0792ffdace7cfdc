package aero.contrail.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTests {

  private static String canonical(String text) {
    return new String(
        CanonicalJson.of(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"a":1,"b":2}          | {"b":2,"a":1}
          {"a":1}                | { "a" : 1 , "c" : null }
          {"a":"x"}              | {"a":"\\u0078"}
          {"a":1.5}              | {"a":1.50}
          {"a":[1,{"b":2}]}      | {"a":[1,{"b":2,"c":null}]}
          """)
  void theSameValueHasOneSpelling(String one, String other) {
    assertThat(canonical(one)).isEqualTo(canonical(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"a":1}        | {"a":2}
          {"a":1}        | {"a":"1"}
          {"a":[1,2]}    | {"a":[2,1]}
          {"a":[null]}   | {"a":[]}
          {"a":{}}       | {}
          {"a":1}        | [{"a":1}]
          {              | {{
          """)
  void anotherValueHasAnother(String one, String other) {
    assertThat(canonical(one)).isNotEqualTo(canonical(other));
  }
}
