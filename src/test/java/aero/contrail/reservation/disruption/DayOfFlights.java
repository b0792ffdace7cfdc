package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.reservation.disruption.ReprotectionRules.Protection;
import aero.contrail.reservation.disruption.Trip.TripFlight;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.passenger.Party;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.FlightStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Flights of a day, and a party of two and an infant. All airports keep the same time here. */
abstract class DayOfFlights {

  static final LocalDate DAY = LocalDate.parse("2026-12-01");
  static final Instant EARLY = Instant.parse("2026-11-30T00:00:00Z");
  static final Party FAMILY =
      new Party(
          List.of(
              new Party.Member(new PassengerId("P1"), PassengerType.ADULT, null),
              new Party.Member(new PassengerId("P2"), PassengerType.ADULT, null),
              new Party.Member(new PassengerId("P3"), PassengerType.INFANT, null)));

  final List<Flight> flights = new ArrayList<>();
  final List<Cabin> cabins = new ArrayList<>();
  Policy policy = Policy.USUAL;

  /** A flight of an hour and a half. */
  static Flight flight(String id, String destination, LocalTime departure) {
    var flight = new FlightId(id);
    var leaves = LocalDateTime.of(flight.departureDate(), departure);
    var arrives = leaves.plusMinutes(90);
    return new Flight(
        flight,
        id.substring(id.length() - 3),
        destination,
        flight.departureDate(),
        leaves.toInstant(ZoneOffset.UTC),
        arrives.toInstant(ZoneOffset.UTC),
        "UTC",
        "UTC",
        leaves,
        arrives,
        500,
        "738",
        "738",
        FlightStatus.OPEN,
        1,
        1);
  }

  static Flight flight(String carrier, int number, String route, String departure) {
    return flight(
        "%s%d-%s-%s".formatted(carrier, number, DAY, route.substring(0, 3)),
        route.substring(4),
        LocalTime.parse(departure));
  }

  /** A flight that could be flown instead, with seats in economy. */
  Flight offer(String carrier, int number, String route, String departure, int seats) {
    return offer(flight(carrier, number, route, departure), "Y", seats);
  }

  Flight offer(Flight flight, String cabin, int seats) {
    flights.removeIf(known -> known.id().equals(flight.id()));
    flights.add(flight);
    cabins.add(Cabin.fresh(flight.id(), cabin, seats, cabin + "M", List.of(seats, seats / 2)));
    return flight;
  }

  static TripFlight lost(Flight flight) {
    return new TripFlight(flight, "Y", "M", FAMILY, 2, false, true);
  }

  static TripFlight kept(Flight flight) {
    return new TripFlight(flight, "Y", "M", FAMILY, 2, true, false);
  }

  static Trip trip(TripFlight... flights) {
    return new Trip(new OrderId(UUID.randomUUID()), Arrays.asList(flights));
  }

  Optional<List<Protection>> protect(Trip trip) {
    return rules().protect(trip, EARLY);
  }

  ReprotectionRules rules() {
    return new ReprotectionRules(
        new Network(List.of(), flights, cabins, EARLY), policy, Duration.ofMinutes(45));
  }

  static List<String> flown(Optional<List<Protection>> protections) {
    return protections.orElseThrow().stream()
        .flatMap(p -> p.claims().stream())
        .map(claim -> claim.flight().designator())
        .toList();
  }

  static final Flight NOON = flight("UA", 1, "EWR-ORD", "12:00");
}
