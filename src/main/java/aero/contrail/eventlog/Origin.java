package aero.contrail.eventlog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is at work: recorded with every event.
 *
 * @param actor a channel, a member of staff or a part of the system, for example {@code
 *     channel:web}
 * @param channel the sales channel; null when none is involved
 * @param correlationId what ties everything together that one request set off
 * @param trace the span in which it was done, as the {@code traceparent} of W3C Trace Context; null
 *     when nobody traces
 */
public record Origin(
    String actor, @Nullable String channel, String correlationId, @Nullable String trace) {

  /** Bound by the edge (a web request, a scheduler) around everything that it does. */
  public static final ScopedValue<Origin> CURRENT = ScopedValue.newInstance();

  /** An origin that nobody traces. */
  public Origin(String actor, @Nullable String channel, String correlationId) {
    this(actor, channel, correlationId, null);
  }

  /** An origin inside the system, with a correlation of its own. */
  public static Origin system(String actor) {
    return new Origin(actor, null, UUID.randomUUID().toString());
  }

  /** Who is at work now; the system itself when nobody has said so. */
  public static Origin current() {
    return CURRENT.isBound() ? CURRENT.get() : system("system");
  }

  /** What another does in consequence. */
  public Origin by(String other) {
    return new Origin(other, channel, correlationId, trace);
  }

  /** The same in another span. */
  public Origin in(@Nullable String span) {
    return new Origin(actor, channel, correlationId, span);
  }
}
