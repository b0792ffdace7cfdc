package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.booking.Space.Claim;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.schedule.Flights;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Blocks seats for groups and gives back what is left of them. Blocking and giving back need the
 * caller's transaction; both lock the cabins of the flights first.
 */
@Component
class Groups {

  private static final Logger log = LoggerFactory.getLogger(Groups.class);

  private final GroupBlocks blocks;
  private final Inventory inventory;
  private final Flights flights;
  private final TransactionOperations transaction;
  private final Clock clock;
  private final Duration cutOff;

  Groups(
      GroupBlocks blocks,
      Inventory inventory,
      Flights flights,
      TransactionOperations transaction,
      Clock clock,
      @Value("${contrail.sales-cut-off:PT45M}") Duration cutOff) {
    this.blocks = blocks;
    this.inventory = inventory;
    this.flights = flights;
    this.transaction = transaction;
    this.clock = clock;
    this.cutOff = cutOff;
  }

  /** A class of a flight. */
  record Wanted(FlightId flight, String fareClass) {}

  /**
   * Blocks so many seats on each flight, or none at all.
   *
   * @throws Problem when a flight or class is not known, has not so many seats, or leaves too early
   */
  GroupBlock block(List<Wanted> wanted, int seats, @Nullable String channel, Instant releaseAt) {
    var now = clock.instant();
    var ids = wanted.stream().map(Wanted::flight).toList();
    var locked = inventory.lock(ids);
    var known = flights.of(ids);
    var claims = new ArrayList<Claim>();
    for (var i = 0; i < wanted.size(); i++) {
      claims.add(claim(wanted.get(i), seats, locked, i));
    }
    for (var flight : known) {
      if (!releaseAt.isBefore(flight.departsAt().minus(cutOff))) {
        throw Problem.invalid(
            "/releaseAt",
            "too_late",
            "Sales of flight %s end at %s."
                .formatted(flight.id(), flight.departsAt().minus(cutOff)));
      }
    }
    var space = new Space(known, locked, now.plus(cutOff));
    space
        .hold(claims)
        .ifPresent(
            refusal -> {
              throw new Problem(
                  ProblemCode.SPACE_UNAVAILABLE,
                  "Flight %s cannot take the group: %s."
                      .formatted(refusal.flight(), refusal.words()));
            });
    var block = new GroupBlock(UUID.randomUUID(), channel, releaseAt, claims, claims);
    blocks.insert(block, now);
    inventory.settle(space.before(), space.changed());
    return block;
  }

  private static Claim claim(Wanted wanted, int seats, List<Cabin> cabins, int number) {
    return cabins.stream()
        .filter(cabin -> cabin.flight().equals(wanted.flight()))
        .filter(cabin -> cabin.sells(wanted.fareClass()))
        .findFirst()
        .map(cabin -> new Claim(wanted.flight(), cabin.cabin(), wanted.fareClass(), seats))
        .orElseThrow(
            () ->
                Problem.invalid(
                    "/flights/" + number,
                    "unknown_class",
                    "Flight %s has no class %s.".formatted(wanted.flight(), wanted.fareClass())));
  }

  /**
   * Gives back so many seats of each flight, or what is left.
   *
   * @throws Problem when there is no such group
   */
  GroupBlock release(UUID id, int seats) {
    var locked = inventory.lock(require(id).flights());
    var block = require(id); // under the locks
    var gone = block.atMost(seats);
    var space = new Space(flights.of(block.flights()), locked, clock.instant());
    space.releaseHeld(gone);
    blocks.take(gone.stream().map(claim -> new GroupBlocks.Taken(id, claim)).toList());
    inventory.settle(space.before(), space.changed());
    return block.without(gone);
  }

  /**
   * A group.
   *
   * @throws Problem when there is none
   */
  GroupBlock require(UUID id) {
    var block = blocks.of(List.of(id)).get(id);
    if (block == null) {
      throw Problem.notFound("group", id);
    }
    return block;
  }

  @Scheduled(fixedDelayString = "PT5S")
  void releaseDue() {
    for (var id : blocks.due(clock.instant())) {
      try {
        transaction.executeWithoutResult(_ -> release(id, Integer.MAX_VALUE));
      } catch (RuntimeException e) {
        log.warn("The seats of group {} could not be given back, will be tried again", id, e);
      }
    }
  }
}
