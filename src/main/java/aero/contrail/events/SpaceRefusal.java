package aero.contrail.events;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why space was refused.
 *
 * @param flight the first flight of the party's itinerary that could not take it
 * @param of the cabin or class that is full or unknown, the status of the flight or of the hold,
 *     what has changed, the seats that may be held unpaid; null for a flight that is not known
 */
public record SpaceRefusal(FlightId flight, Kind kind, @Nullable String of) {

  /** What stood in the way; {@link #words} says it to people. */
  public enum Kind {
    FLIGHT_UNKNOWN("no such flight"),
    FLIGHT_NOT_OPEN("flight "),
    CLASS_UNKNOWN("no class "),
    CABIN_FULL("cabin "),
    CLASS_FULL("class "),
    HOLD_LOST("hold "),
    /** Of times when words alone said why. */
    OTHER(""),
    /** The flight is not what the offer said it was. */
    SCHEDULE_CHANGED("schedule changed: "),
    /** Too much is held already and not paid for. */
    HOLD_LIMIT("hold limit of "),
    /** What is left is for other classes. */
    GUARANTEED("guarantee of class "),
    /** The group that was named has not so many seats, or is not known. */
    GROUP("group: "),
    /** Somebody has the seat, or the passenger may not have it. */
    SEAT("seat "),
    /** The flight takes no more of it. */
    SPECIAL_SERVICE("special service ");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For example {@code class M}. */
    public String words(@Nullable String of) {
      return of == null ? words : words + of;
    }

    private static Kind of(String text) {
      return Arrays.stream(values())
          .filter(kind -> text.startsWith(kind.words))
          .max(Comparator.comparingInt(kind -> kind.words.length()))
          .orElse(OTHER);
    }
  }

  /** For example {@code class M}, {@code flight departed}. */
  public String words() {
    return kind.words(of);
  }

  /**
   * Reads how it was stored when words alone said why.
   *
   * @param payload of an event with a {@code refusal}; comes back in the form of today
   */
  public static ObjectNode ofWords(ObjectNode payload) {
    if (payload.get("refusal") instanceof ObjectNode refusal) {
      var words = refusal.path("constraint").asString("");
      var kind = Kind.of(words);
      refusal.remove("constraint");
      refusal.put("kind", kind.name());
      refusal.put("of", kind == Kind.FLIGHT_UNKNOWN ? null : words.substring(kind.words.length()));
    }
    return payload;
  }
}
