package aero.contrail.reservation.operations;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.booking.FlightSegments;
import aero.contrail.reservation.booking.GroupBlocks;
import aero.contrail.reservation.booking.Waitlist;
import aero.contrail.reservation.departure.DepartureControl;
import aero.contrail.reservation.disruption.FlightCancellation;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Cabins;
import aero.contrail.reservation.inventory.NewLimits;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.FlightStatus;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.web.Page;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.ProblemCode;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Flights and their inventory, for operations. */
@RestController
@RequestMapping("/flights")
class FlightController {

  private static final String FLIGHTS = "flights";

  private final FlightViews views;
  private final Flights flights;
  private final Cabins cabins;
  private final FlightOperations operations;
  private final FlightCancellation cancellation;
  private final DepartureControl departures;
  private final FlightSegments segments;
  private final Waitlist waitlist;
  private final GroupBlocks groups;
  private final Idempotency idempotency;
  private final TransactionOperations transaction;

  FlightController(
      FlightViews views,
      Flights flights,
      Cabins cabins,
      FlightOperations operations,
      FlightCancellation cancellation,
      DepartureControl departures,
      FlightSegments segments,
      Waitlist waitlist,
      GroupBlocks groups,
      Idempotency idempotency,
      TransactionOperations transaction) {
    this.views = views;
    this.flights = flights;
    this.cabins = cabins;
    this.operations = operations;
    this.cancellation = cancellation;
    this.departures = departures;
    this.segments = segments;
    this.waitlist = waitlist;
    this.groups = groups;
    this.idempotency = idempotency;
    this.transaction = transaction;
  }

  /** What a flight may sell, has sold and why not more. */
  record InventoryView(FlightId flightId, FlightStatus status, List<CabinView> cabins) {}

  record CabinView(
      String cabin,
      int capacity,
      int authorised,
      int sold,
      int held,
      int waitlisted,
      int blocked,
      int available,
      List<ClassView> classes) {

    static CabinView of(Cabin cabin, int waitlisted, Map<String, Integer> blocked) {
      var classes =
          cabin
              .classes()
              .chars()
              .mapToObj(Character::toString)
              .map(c -> ClassView.of(cabin, c, blocked.getOrDefault(c, 0)))
              .toList();
      return new CabinView(
          cabin.cabin(),
          cabin.capacity(),
          cabin.authorised(),
          cabin.sold(),
          classes.stream().mapToInt(ClassView::held).sum(),
          waitlisted,
          cabin.held() - classes.stream().mapToInt(ClassView::held).sum(),
          cabin.available(),
          classes);
    }
  }

  /**
   * One class; {@code binding} names the limit that leaves it no more than {@code available}.
   *
   * @param minimum seats that no other class may sell as long as this one has not
   * @param fixed whether it has its limit for itself, outside of the nest
   */
  record ClassView(
      String fareClass,
      int limit,
      int minimum,
      boolean fixed,
      int sold,
      int held,
      int available,
      String binding) {

    static ClassView of(Cabin cabin, String fareClass, int blocked) {
      var i = cabin.classes().indexOf(fareClass);
      var available = cabin.available(fareClass);
      return new ClassView(
          fareClass,
          cabin.controls().get(i).limit(),
          cabin.controls().get(i).minimum(),
          cabin.controls().get(i).isFixed(),
          cabin.counters().sold().get(i),
          cabin.counters().held().get(i) - blocked,
          available.seats(),
          available.binding());
    }
  }

  /** New limits of some cabins; cabins and classes that are not named keep theirs. */
  record LimitsRequest(@NotEmpty @Size(max = 4) List<@Valid @NotNull CabinLimits> cabins) {

    record CabinLimits(
        @NotNull @Pattern(regexp = "[FJWY]") String cabin,
        @NotNull @Min(0) @Max(2000) Integer authorised,
        @Nullable @Size(max = 26) List<@Valid @NotNull ClassLimit> classes) {

      private NewLimits toLimits() {
        return new NewLimits(
            cabin,
            authorised,
            classes == null ? List.of() : classes.stream().map(ClassLimit::toLimit).toList());
      }
    }

    /**
     * What is to hold for a class: a nested limit, seats that those below may not sell, or seats of
     * its own outside of the nest; and how many of its limit are guaranteed.
     */
    record ClassLimit(
        @NotNull @Pattern(regexp = "[A-Z]") String fareClass,
        @Nullable @Min(0) @Max(2000) Integer limit,
        @JsonProperty("protected") @Nullable @Min(0) @Max(2000) Integer protectedSeats,
        @Nullable @Min(0) @Max(2000) Integer fixed,
        @Nullable @Min(0) @Max(2000) Integer minimum) {

      private NewLimits.ClassLimit toLimit() {
        return new NewLimits.ClassLimit(fareClass, limit, protectedSeats, fixed, minimum);
      }
    }
  }

  @Operation(summary = "Search flights")
  @GetMapping
  Page<FlightView> search(
      @RequestParam @Pattern(regexp = "[A-Z]{3}") String origin,
      @RequestParam(required = false) @Nullable @Pattern(regexp = "[A-Z]{3}") String destination,
      @RequestParam LocalDate date,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
    var after = Page.after(FLIGHTS, cursor, "", Function.identity());
    return Page.of(
        FLIGHTS,
        views.of(flights.search(origin, destination, date, after, limit + 1)),
        limit,
        flight -> flight.flightId().value(),
        Function.identity());
  }

  @Operation(summary = "Read a flight")
  @GetMapping("/{id}")
  ResponseEntity<FlightView> get(@PathVariable String id) {
    return views.answer(flights.require(id));
  }

  @Operation(summary = "Read the inventory of a flight")
  @GetMapping("/{id}/inventory")
  ResponseEntity<InventoryView> inventory(@PathVariable String id) {
    var flight = flights.require(id);
    var itsCabins = cabins.of(List.of(flight.id()));
    var waiting = waitlist.waiting(List.of(flight.id())).getOrDefault(flight.id(), Map.of());
    var blocked = groups.blocked(flight.id());
    return ResponseEntity.ok()
        .eTag(FlightOperations.inventoryTag(flight, itsCabins, List.of(waiting, blocked)))
        .body(
            new InventoryView(
                flight.id(),
                flight.status(),
                itsCabins.stream()
                    .map(
                        cabin ->
                            CabinView.of(cabin, waiting.getOrDefault(cabin.cabin(), 0), blocked))
                    .toList()));
  }

  @Operation(summary = "Set the limits of a flight")
  @PutMapping("/{id}/inventory")
  @Refuses({ProblemCode.PRECONDITION_REQUIRED, ProblemCode.ILLEGAL_STATE})
  ResponseEntity<InventoryView> limit(
      @PathVariable String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody LimitsRequest request) {
    var flight = flights.require(id).id();
    var limits = request.cabins().stream().map(LimitsRequest.CabinLimits::toLimits).toList();
    transaction.executeWithoutResult(_ -> operations.limit(flight, seen, limits));
    return inventory(id);
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = FlightView.class)))
  @Operation(summary = "Depart a flight")
  @PostMapping("/{id}/depart")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> depart(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Nullable IdempotencyKey key) {
    return operate(id, dryRun, seen, key, departures::depart);
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = FlightView.class)))
  @Operation(summary = "Close a flight: who is not aboard does not fly")
  @PostMapping("/{id}/close")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> close(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Nullable IdempotencyKey key) {
    return operate(id, dryRun, seen, key, departures::close);
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = FlightView.class)))
  @Operation(summary = "Open a flight for sale")
  @PostMapping("/{id}/open")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> open(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Nullable IdempotencyKey key) {
    return operate(id, dryRun, seen, key, operations::openSales);
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = FlightView.class)))
  @Operation(summary = "Cancel a flight")
  @PostMapping("/{id}/cancel")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> cancel(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Nullable IdempotencyKey key) {
    return operate(id, dryRun, seen, key, cancellation::cancel);
  }

  private ResponseEntity<?> operate(
      String id,
      boolean dryRun,
      @Nullable String seen,
      @Nullable IdempotencyKey key,
      Function<FlightId, Flight> operation) {
    var flight = flights.require(id).id();
    return dryRun
        ? ResponseEntity.ok(new AffectedView(flight, true, segments.onFlight(flight)))
        : idempotency.once(
            IdempotencyKey.required(key),
            () -> {
              operations.requireSeen(flight, seen);
              return views.answer(operation.apply(flight));
            });
  }
}
