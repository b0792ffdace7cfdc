package aero.contrail.reservation.seating;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.ReservationEvent.SeatingReason;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.passenger.BoughtServices;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.FlightPassengers;
import aero.contrail.reservation.passenger.PassengerStatus;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.web.Refuses;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The seats of a flight, and who chooses which. */
@RestController
class SeatController {

  private final Flights flights;
  private final Inventory inventory;
  private final SeatMaps maps;
  private final FlightPassengers passengers;
  private final BoughtServices bought;
  private final TransactionOperations transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  SeatController(
      Flights flights,
      Inventory inventory,
      SeatMaps maps,
      FlightPassengers passengers,
      BoughtServices bought,
      TransactionOperations transaction,
      ApplicationEventPublisher events,
      Clock clock) {
    this.flights = flights;
    this.inventory = inventory;
    this.maps = maps;
    this.passengers = passengers;
    this.bought = bought;
    this.transaction = transaction;
    this.events = events;
    this.clock = clock;
  }

  /** The seats of a flight, from the front to the back. */
  record SeatMapView(FlightId flightId, String configuration, List<CabinView> cabins) {}

  record CabinView(String cabin, List<RowView> rows) {}

  record RowView(int row, List<SeatView> seats) {}

  record SeatView(String seat, State state, List<Characteristic> characteristics) {

    static SeatView of(Seat seat, Set<String> taken) {
      var characteristics = new ArrayList<Characteristic>();
      if (seat.isWindow()) {
        characteristics.add(Characteristic.WINDOW);
      }
      if (seat.isAisle()) {
        characteristics.add(Characteristic.AISLE);
      }
      if (seat.isExit()) {
        characteristics.add(Characteristic.EXIT_ROW);
      }
      var state = taken.contains(seat.number()) ? State.TAKEN : State.FREE;
      return new SeatView(seat.number(), state, characteristics);
    }
  }

  enum State {
    FREE,
    TAKEN
  }

  /** Nobody with an infant, and no child, sits in an exit row. */
  enum Characteristic {
    WINDOW,
    AISLE,
    EXIT_ROW
  }

  /** Another seat for a passenger; no seat gives back the one he has. */
  record SeatChoice(
      @NotNull PassengerId passengerId,
      @NotNull @Size(max = 40) String flightId,
      @Nullable @Pattern(regexp = "[1-9][0-9]{0,2}[A-Z]") String seat) {}

  record SeatedView(PassengerId passengerId, FlightId flightId, @Nullable String seat) {}

  @Operation(summary = "Read the seat map of a flight")
  @GetMapping("/flights/{id}/seat-map")
  SeatMapView seatMap(@PathVariable String id) {
    var flight = flights.require(id);
    var seating = maps.seating(flight);
    var map = seating.map();
    var taken = seating.taken();
    return new SeatMapView(
        flight.id(),
        flight.configuration(),
        map.all().stream()
            .map(Seat::cabin)
            .distinct()
            .map(cabin -> new CabinView(cabin, rows(map, cabin, taken)))
            .toList());
  }

  private static List<RowView> rows(SeatMap map, String cabin, Set<String> taken) {
    return map.rows(cabin).stream()
        .map(
            row ->
                new RowView(
                    row.getFirst().row(),
                    row.stream().map(seat -> SeatView.of(seat, taken)).toList()))
        .toList();
  }

  @Operation(summary = "Choose a seat")
  @PutMapping("/orders/{id}/seats")
  @Refuses({ProblemCode.SEAT_TAKEN, ProblemCode.ILLEGAL_STATE})
  SeatedView choose(@PathVariable String id, @Valid @RequestBody SeatChoice choice, Caller caller) {
    return Objects.requireNonNull(transaction.execute(_ -> chosen(orderId(id), choice, caller)));
  }

  private SeatedView chosen(OrderId id, SeatChoice choice, Caller caller) {
    var flightId = Flights.named(choice.flightId(), "/flightId");
    inventory.lock(List.of(flightId)); // who takes or gives back space does the same
    var flight = flights.findById(flightId).orElseThrow(() -> noSuchPassenger(id));
    var seating = maps.seating(flight);
    var passenger =
        seating
            .find(id, choice.passengerId())
            .filter(p -> caller.mayKnow(p.channel()))
            .orElseThrow(() -> noSuchPassenger(id));
    check(choice, passenger, flight, seating);
    seating.put(passenger.in(choice.seat()));
    passengers.save(seating.changed());
    seating.moves(SeatingReason.CHOSEN, clock.instant()).forEach(events::publishEvent);
    return new SeatedView(passenger.id(), flightId, choice.seat());
  }

  private void check(SeatChoice choice, FlightPassenger passenger, Flight flight, Seating seating) {
    if (!flight.status().isAhead() || !mayMove(passenger.status())) {
      throw new Problem(
          ProblemCode.ILLEGAL_STATE,
          "Flight %s is %s, the passenger %s: his seat stays."
              .formatted(flight.id(), flight.status(), passenger.status()));
    }
    bought
        .seat(passenger.order(), flight.id(), passenger.id())
        .filter(seat -> seat.equals(passenger.seat()) && !seat.equals(choice.seat()))
        .ifPresent(
            seat -> {
              throw new Problem(
                  ProblemCode.ILLEGAL_STATE,
                  "Seat %s was bought: give it up at /orders/%s/services, or keep it."
                      .formatted(seat, passenger.order()));
            });
    if (choice.seat() == null) {
      return;
    }
    var seat =
        seating
            .map()
            .find(choice.seat())
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "/seat",
                        "unknown_seat",
                        "Flight %s has no seat %s.".formatted(flight.id(), choice.seat())));
    seating
        .refusal(seat, passenger)
        .ifPresent(
            refusal -> {
              throw switch (refusal) {
                case OTHER_CABIN ->
                    Problem.invalid(
                        "/seat",
                        "other_cabin",
                        "Cabin %s was booked.".formatted(passenger.cabin()));
                case EXIT_ROW ->
                    Problem.invalid(
                        "/seat",
                        "exit_row",
                        "No child and nobody with an infant sits at an exit. Choose another row.");
                case INFANT_BESIDE ->
                    Problem.invalid(
                        "/seat",
                        "infant_beside",
                        "An infant is on a lap beside it already: choose across the aisle.");
                case NO_SEAT_NEEDED ->
                    Problem.invalid("/passengerId", "no_seat_needed", "An infant has no seat.");
              };
            });
    if (seating.isTaken(choice.seat(), passenger)) {
      throw new Problem(
          ProblemCode.SEAT_TAKEN,
          "Seat %s of flight %s is taken.".formatted(choice.seat(), flight.id()));
    }
  }

  private static boolean mayMove(PassengerStatus status) {
    return status == PassengerStatus.HELD
        || status == PassengerStatus.BOOKED
        || status == PassengerStatus.CHECKED_IN;
  }

  private static Problem noSuchPassenger(OrderId order) {
    return new Problem(
        ProblemCode.NOT_FOUND, "Order %s has no such passenger on this flight.".formatted(order));
  }

  private static OrderId orderId(String id) {
    try {
      return new OrderId(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("order", id);
    }
  }
}
