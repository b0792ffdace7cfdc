package aero.contrail.eventlog;

import aero.contrail.events.DomainEvent;
import aero.contrail.events.EventJson;
import aero.contrail.events.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** The names under which events are stored, read off the sealed families. */
final class EventTypes {

  /** An event is a fact, not a document: what is larger belongs into a table of its owner. */
  static final int MAX_PAYLOAD_CHARS = 64 * 1024;

  private final Map<String, Class<? extends DomainEvent>> classes = new HashMap<>();
  private final Map<Class<?>, String> names = new HashMap<>();

  EventTypes() {
    this(factsOf(DomainEvent.class).toList());
  }

  EventTypes(List<Class<? extends DomainEvent>> facts) {
    for (var fact : facts) {
      var name = fact.getAnnotation(EventType.class);
      if (name != null && classes.put(name.value(), fact) != null) {
        throw new IllegalStateException("two events are stored as " + name.value());
      }
      if (name != null) {
        names.put(fact, name.value());
      }
    }
  }

  /**
   * @throws IllegalArgumentException when the class has no registered name
   */
  String nameOf(Class<?> fact) {
    var name = names.get(fact);
    if (name == null) {
      throw new IllegalArgumentException(
          fact.getName() + " has no @EventType name: give it one before it is published");
    }
    return name;
  }

  /** The stored names of a fact or of all facts of a family. */
  List<String> namesOf(Class<?> factOrFamily) {
    return names.entrySet().stream()
        .filter(entry -> factOrFamily.isAssignableFrom(entry.getKey()))
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }

  /**
   * @throws IllegalArgumentException when the payload is over the limit
   */
  String write(DomainEvent event) {
    var json = EventJson.mapper().writeValueAsString(event);
    if (json.length() > MAX_PAYLOAD_CHARS) {
      throw new IllegalArgumentException(
          "%s of stream %s has %d characters, more than the %d that an event may have"
              .formatted(
                  nameOf(event.getClass()), event.stream(), json.length(), MAX_PAYLOAD_CHARS));
    }
    return json;
  }

  /**
   * @throws IllegalStateException when the name is unknown or the payload does not fit
   */
  DomainEvent read(String name, String json) {
    var fact = classes.get(name);
    if (fact == null) {
      throw new IllegalStateException("the log holds an event of the unknown type " + name);
    }
    try {
      return EventJson.mapper().readValue(json, fact);
    } catch (JacksonException e) {
      throw new IllegalStateException("a stored " + name + " cannot be read", e);
    }
  }

  private static Stream<Class<? extends DomainEvent>> factsOf(Class<?> family) {
    var facts = new ArrayList<Class<? extends DomainEvent>>();
    for (var permitted : family.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        factsOf(permitted).forEach(facts::add);
      } else {
        facts.add(permitted.asSubclass(DomainEvent.class));
      }
    }
    return facts.stream();
  }
}
