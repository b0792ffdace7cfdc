package aero.contrail.web.idempotency;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One spelling for all texts of the same JSON value: members in order, those that are null left
 * out, numbers without zeros at their end, no white space.
 */
final class CanonicalJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .enable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(JsonNodeFeature.READ_NULL_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private CanonicalJson() {}

  /** What is no JSON stays as it is: it is refused anyway, or a file. */
  static byte[] of(byte[] body) {
    try {
      return body.length == 0 ? body : JSON.writeValueAsBytes(JSON.readTree(body));
    } catch (JacksonException e) {
      return body;
    }
  }
}
