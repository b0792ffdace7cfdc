package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.web.PathIds;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
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
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Blocks of seats for groups. */
@RestController
@RequestMapping("/groups")
class GroupController {

  private final Groups groups;
  private final Idempotency idempotency;
  private final Clock clock;

  GroupController(Groups groups, Idempotency idempotency, Clock clock) {
    this.groups = groups;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /**
   * Seats for a group.
   *
   * @param seats on each flight
   * @param releaseAt when what is left goes back
   * @param channel whose orders alone may draw from it; all may when there is none
   */
  record GroupRequest(
      @NotEmpty @Size(max = 20) List<@Valid @NotNull GroupFlight> flights,
      @NotNull @Min(1) @Max(500) Integer seats,
      @NotNull Instant releaseAt,
      @Nullable @Pattern(regexp = "[!-~]{1,100}") String channel) {}

  record GroupFlight(
      @NotNull @Size(max = 40) String flightId,
      @NotNull @Pattern(regexp = "[A-Z]") String fareClass) {}

  record ReleaseRequest(@NotNull @Min(1) @Max(500) Integer seats) {}

  /** A group's block; {@code left} of it can be drawn by orders, or given back. */
  record GroupView(
      UUID id, @Nullable String channel, Instant releaseAt, List<BlockedFlight> flights) {

    static GroupView of(GroupBlock block) {
      var flights = new ArrayList<BlockedFlight>();
      for (var i = 0; i < block.blocked().size(); i++) {
        var blocked = block.blocked().get(i);
        flights.add(
            new BlockedFlight(
                blocked.flight(),
                blocked.cabin(),
                blocked.fareClass(),
                blocked.seats(),
                block.left().get(i).seats()));
      }
      return new GroupView(block.id(), block.channel(), block.releaseAt(), flights);
    }
  }

  record BlockedFlight(FlightId flightId, String cabin, String fareClass, int seats, int left) {}

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = GroupView.class)))
  @Operation(summary = "Block seats for a group")
  @PostMapping
  @Refuses(ProblemCode.SPACE_UNAVAILABLE)
  ResponseEntity<?> create(@Valid @RequestBody GroupRequest request, IdempotencyKey key) {
    var wanted = wanted(request.flights());
    return idempotency.once(
        key,
        () -> {
          if (!request.releaseAt().isAfter(clock.instant())) {
            throw Problem.invalid("/releaseAt", "in_the_past", "It is later already.");
          }
          var block = groups.block(wanted, request.seats(), request.channel(), request.releaseAt());
          return ResponseEntity.created(URI.create("/groups/" + block.id()))
              .body(GroupView.of(block));
        });
  }

  private static List<Groups.Wanted> wanted(List<GroupFlight> flights) {
    var wanted = new ArrayList<Groups.Wanted>();
    var seen = new HashSet<FlightId>();
    for (var i = 0; i < flights.size(); i++) {
      var flight = Flights.named(flights.get(i).flightId(), "/flights/%d/flightId".formatted(i));
      if (!seen.add(flight)) {
        throw Problem.invalid(
            "/flights/%d/flightId".formatted(i), "duplicate", "A flight is named twice.");
      }
      wanted.add(new Groups.Wanted(flight, flights.get(i).fareClass()));
    }
    return wanted;
  }

  @Operation(summary = "Read a group")
  @GetMapping("/{id}")
  GroupView get(@PathVariable String id) {
    return GroupView.of(groups.require(PathIds.uuid("group", id)));
  }

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = GroupView.class)))
  @Operation(summary = "Give back seats of a group")
  @PostMapping("/{id}/release")
  ResponseEntity<?> release(
      @PathVariable String id, @Valid @RequestBody ReleaseRequest request, IdempotencyKey key) {
    var group = PathIds.uuid("group", id);
    return idempotency.once(
        key, () -> ResponseEntity.ok(GroupView.of(groups.release(group, request.seats()))));
  }
}
