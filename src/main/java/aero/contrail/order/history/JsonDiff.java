package aero.contrail.order.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** What is different between two JSON documents, value by value. */
final class JsonDiff {

  private JsonDiff() {}

  /**
   * A value that is different.
   *
   * @param pointer where it stands (RFC 6901)
   * @param before null when it was not there
   * @param after null when it is not there any more
   */
  record Change(String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {}

  /** In the order of the documents; what only the second has comes last. */
  static List<Change> between(JsonNode before, JsonNode after) {
    var was = values(before);
    var is = values(after);
    var changes = new ArrayList<Change>();
    was.forEach(
        (pointer, value) -> {
          var now = is.get(pointer);
          if (!value.equals(now)) {
            changes.add(new Change(pointer, value, now));
          }
        });
    is.forEach(
        (pointer, value) -> {
          if (!was.containsKey(pointer)) {
            changes.add(new Change(pointer, null, value));
          }
        });
    return changes;
  }

  private static Map<String, JsonNode> values(JsonNode document) {
    var values = new LinkedHashMap<String, JsonNode>();
    collect(JsonPointer.empty(), document, values);
    return values;
  }

  private static void collect(
      JsonPointer at, JsonNode node, SequencedMap<String, JsonNode> values) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              member -> collect(at.appendProperty(member.getKey()), member.getValue(), values));
    } else if (node.isArray()) {
      for (var i = 0; i < node.size(); i++) {
        collect(at.appendIndex(i), node.get(i), values);
      }
    } else if (!node.isNull()) { // a member that is null is a member that is absent
      values.put(at.toString(), node);
    }
  }
}
