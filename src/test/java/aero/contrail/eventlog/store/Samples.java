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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;

/** Makes an example of any fact, the same each time, out of what its record consists of. */
final class Samples {

  private static final Map<Class<?>, Object> VALUES =
      Map.ofEntries(
          Map.entry(String.class, "Y"),
          Map.entry(int.class, 1),
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

  private Samples() {}

  static DomainEvent of(Class<? extends DomainEvent> fact) {
    return (DomainEvent) value(fact, "");
  }

  private static Object value(Type type, String name) {
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
    return raw.isEnum() ? raw.getEnumConstants()[0] : record(raw);
  }

  private static Object record(Class<?> type) {
    var components = type.getRecordComponents();
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(
          Arrays.stream(components)
              .map(component -> value(component.getGenericType(), component.getName()))
              .toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no example of " + type, e);
    }
  }
}
