package aero.contrail.events;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.SpaceRefusal.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SpaceRefusalTests {

  private static ObjectNode refused(String constraint) {
    var payload = JsonNodeFactory.instance.objectNode();
    payload.putObject("refusal").put("flight", "UA1-2026-12-01-EWR").put("constraint", constraint);
    return payload;
  }

  /** All that the first version could say. */
  @ParameterizedTest
  @CsvSource({
    "cabin Y, CABIN_FULL, Y",
    "class M, CLASS_FULL, M",
    "no class Q, CLASS_UNKNOWN, Q",
    "no such flight, FLIGHT_UNKNOWN,",
    "flight departed, FLIGHT_NOT_OPEN, departed",
    "flight cancelled, FLIGHT_NOT_OPEN, cancelled",
    "hold lapsed, HOLD_LOST, lapsed",
    "hold unable, HOLD_LOST, unable",
    "weather, OTHER, weather"
  })
  void inWordsSayTheSameToday(String words, Kind kind, @Nullable String of) {
    var payload = SpaceRefusal.ofWords(refused(words)).at("/refusal");
    var refusal = EventJson.mapper().treeToValue(payload, SpaceRefusal.class);
    assertThat(refusal).isEqualTo(new SpaceRefusal(new FlightId("UA1-2026-12-01-EWR"), kind, of));
    assertThat(refusal.words()).isEqualTo(words);
  }
}
