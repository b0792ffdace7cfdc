package aero.contrail.eventlog.store;

import aero.contrail.events.DomainEvent;
import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.PassengerId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.TicketNumber;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Makes an example of any fact, the same each time, out of what its record consists of. */
final class Samples {

  private static final int MOST_CONSTANTS = 20;

  private static final Map<Class<?>, Object> VALUES =
      Map.ofEntries(
          Map.entry(String.class, "Y"),
          Map.entry(int.class, 1),
          Map.entry(long.class, 1L),
          Map.entry(Integer.class, 1),
          Map.entry(boolean.class, true),
          Map.entry(Money.class, Money.parse("USD 321.40")),
          Map.entry(UUID.class, UUID.fromString("01990000-0000-7000-8000-000000000001")),
          Map.entry(Instant.class, Instant.parse("2026-12-01T12:00:00.123456Z")),
          Map.entry(LocalDate.class, LocalDate.parse("2026-12-01")),
          Map.entry(FlightId.class, new FlightId("UA1431-2026-12-01-EWR")),
          Map.entry(TicketNumber.class, new TicketNumber("0162400000017")),
          Map.entry(RecordLocator.class, new RecordLocator("K3X9QD")),
          Map.entry(MemberNumber.class, new MemberNumber("4000000010")),
          Map.entry(PassengerId.class, new PassengerId("P1")));

  /** Which constant of every enum; the last, where an enum has fewer. */
  private final int constant;

  private final boolean isEmpty;

  private Samples(int constant, boolean isEmpty) {
    this.constant = constant;
    this.isEmpty = isEmpty;
  }

  static DomainEvent of(Class<? extends DomainEvent> fact) {
    return (DomainEvent) new Samples(0, false).value(fact, "");
  }

  /**
   * Further examples by what is special about them, for example {@code constant-2}: one for every
   * constant that an enum in them has beside the first, and one without all that may be missing.
   */
  static Map<String, DomainEvent> variants(Class<? extends DomainEvent> fact) {
    var variants = new TreeMap<String, DomainEvent>();
    var seen = new HashSet<DomainEvent>(Set.of(of(fact)));
    var empty = (DomainEvent) new Samples(0, true).value(fact, "");
    if (seen.add(empty)) {
      variants.put("nulls", empty);
    }
    for (var constant = 1; constant < MOST_CONSTANTS; constant++) {
      var other = (DomainEvent) new Samples(constant, false).value(fact, "");
      if (seen.add(other)) {
        variants.put("constant-" + (constant + 1), other);
      }
    }
    return variants;
  }

  private Object value(Type type, String name) {
    if (type instanceof ParameterizedType generic) {
      var arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? Map.of(value(arguments[0], name), value(arguments[1], name))
          : List.of(value(arguments[0], name));
    }
    var raw = (Class<?>) type;
    if (raw == ZonedDateTime.class) {
      var departure = ZonedDateTime.of(2026, 12, 1, 6, 0, 0, 0, ZoneId.of("America/New_York"));
      return name.equals("arrival") ? departure.plusHours(2) : departure;
    }
    if (VALUES.containsKey(raw)) {
      return VALUES.get(raw);
    }
    if (raw.isEnum()) {
      var constants = raw.getEnumConstants();
      return constants[Math.min(constant, constants.length - 1)];
    }
    return record(raw);
  }

  private Object record(Class<?> type) {
    var components = type.getRecordComponents();
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      var values = new @Nullable Object[components.length];
      for (var i = 0; i < components.length; i++) {
        var mayBeMissing = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
        values[i] =
            isEmpty && mayBeMissing
                ? null
                : value(components[i].getGenericType(), components[i].getName());
      }
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no example of " + type, e);
    }
  }
}
