package aero.contrail.eventlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Upcaster;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.EventJson;
import aero.contrail.events.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every event type and version that was ever stored has a file here that must still be read, and
 * must be written again just so. A record that changes is a new version: give it a new name, keep
 * the old file, and write an {@link Upcaster} for it. {@code -Dgolden.apply=true} writes files that
 * are missing, never one that is there.
 */
@LogTest
class GoldenEventTests {

  private static final Path FOLDER = Path.of("src/test/resources/events");
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Between the name of a type and what is special about an example. */
  private static final String VARIANT = "~";

  /** With the upcasters of the application. */
  @Autowired EventTypes types;

  private static Map<String, Class<? extends DomainEvent>> current(Class<?> family) {
    var names = new TreeMap<String, Class<? extends DomainEvent>>();
    for (var permitted : family.getPermittedSubclasses()) {
      var type = permitted.getAnnotation(EventType.class);
      if (type != null) {
        names.put(type.value(), permitted.asSubclass(DomainEvent.class));
      } else if (permitted.isSealed()) {
        names.putAll(current(permitted));
      }
    }
    return names;
  }

  @Test
  void everyTypeHasApprovedFiles() throws IOException {
    var missing = new ArrayList<String>();
    for (var fact : current(DomainEvent.class).entrySet()) {
      approve(fact.getKey(), Samples.of(fact.getValue()), missing);
      for (var variant : Samples.variants(fact.getValue()).entrySet()) {
        approve(fact.getKey() + VARIANT + variant.getKey(), variant.getValue(), missing);
      }
    }
    assertThat(missing).as("mvn test -Dtest=GoldenEventTests -Dgolden.apply=true").isEmpty();
  }

  private static void approve(String name, DomainEvent event, List<String> missing)
      throws IOException {
    var file = FOLDER.resolve(name + ".json");
    if (Files.notExists(file) && Boolean.getBoolean("golden.apply")) {
      var json = EventJson.mapper().writeValueAsString(event);
      Files.writeString(file, PRETTY.writeValueAsString(PRETTY.readTree(json)) + "\n");
    }
    if (Files.notExists(file)) {
      missing.add(name);
    }
  }

  @Test
  void everyFileIsReadAndWrittenAsItWasApproved() throws IOException {
    var current = current(DomainEvent.class);
    try (var files = Files.list(FOLDER)) {
      for (var file : files.toList()) {
        var name =
            file.getFileName().toString().replace(".json", "").replaceAll(VARIANT + ".*", "");
        var approved = PRETTY.readTree(Files.readString(file));
        var event = types.read(name, approved.toString());
        if (current.containsKey(name)) {
          assertThat(PRETTY.readTree(types.write(event)))
              .as("%s changed: make it a new version of the type", file.getFileName())
              .isEqualTo(approved);
        }
      }
    }
  }
}
