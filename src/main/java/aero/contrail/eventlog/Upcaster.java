package aero.contrail.eventlog;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what was stored under an older version of a type as the next version: a bean of this type
 * is found by the log. Chains are followed, so each upcaster spans one version. Must be a pure
 * function of the payload, because a replay must give what it gave before.
 */
public interface Upcaster {

  /** The stored name that it reads, for example {@code order.OrderPlaced.v3}. */
  String from();

  /** The name whose form it gives: that of a record, or of another upcaster. */
  String to();

  /** The payload in the form of {@link #to()}; may be the same node, changed. */
  ObjectNode upcast(ObjectNode payload);

  /** One that is a function. */
  static Upcaster of(String from, String to, UnaryOperator<ObjectNode> change) {
    return new Upcaster() {
      @Override
      public String from() {
        return from;
      }

      @Override
      public String to() {
        return to;
      }

      @Override
      public ObjectNode upcast(ObjectNode payload) {
        return change.apply(payload);
      }
    };
  }
}
