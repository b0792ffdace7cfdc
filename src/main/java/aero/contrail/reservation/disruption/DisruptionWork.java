package aero.contrail.reservation.disruption;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.reservation.disruption.Cases.Case;
import aero.contrail.reservation.disruption.DisruptionFlights.NextFlight;
import aero.contrail.reservation.disruption.Disruptions.Retimed;
import aero.contrail.web.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Works off disruptions: cancels or retimes their flights, looks who misses a connection, then
 * serves the parties, each in a transaction of its own. What a crash interrupts goes on after it.
 * Safe to run in several instances.
 */
@Component
class DisruptionWork {

  private static final Logger log = LoggerFactory.getLogger(DisruptionWork.class);
  static final String ACTOR = "system:reservation.disruption";
  private static final int AT_A_TIME = 200;

  /** Other timed work of the instance has its turn in between. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Disruptions disruptions;
  private final DisruptionFlights flights;
  private final Cases cases;
  private final Trips trips;
  private final Networks networks;
  private final Reprotection reprotection;
  private final FlightCancellation cancellation;
  private final Retiming retiming;
  private final MissedConnections connections;
  private final TransactionOperations transaction;
  private final Duration connecting;

  DisruptionWork(
      Disruptions disruptions,
      DisruptionFlights flights,
      Cases cases,
      Trips trips,
      Networks networks,
      Reprotection reprotection,
      FlightCancellation cancellation,
      Retiming retiming,
      MissedConnections connections,
      TransactionOperations transaction,
      @Value("${contrail.reservation.connecting-time:PT45M}") Duration connecting) {
    this.disruptions = disruptions;
    this.flights = flights;
    this.cases = cases;
    this.trips = trips;
    this.networks = networks;
    this.reprotection = reprotection;
    this.cancellation = cancellation;
    this.retiming = retiming;
    this.connections = connections;
    this.transaction = transaction;
    this.connecting = connecting;
  }

  @Scheduled(fixedDelayString = "PT0.5S")
  void work() {
    if (!cases.isAny()) {
      return;
    }
    var until = System.nanoTime() + LONGEST.toNanos();
    try {
      while (System.nanoTime() < until && (changeNext() || connectNext() || serveSome(until))) {
        // the next one
      }
    } catch (RuntimeException e) {
      log.warn("A disruption could not be worked off, will be tried again", e);
    }
  }

  /** One that fails waits, and keeps its own disruption alone from going on. */
  private boolean changeNext() {
    var taken = new AtomicReference<NextFlight>();
    try {
      return transaction.execute(
          _ -> {
            flights.next().ifPresent(taken::set);
            Optional.ofNullable(taken.get()).ifPresent(this::change);
            return taken.get() != null;
          });
    } catch (RuntimeException e) {
      var failed = taken.get();
      if (failed == null) {
        throw e;
      }
      log.error("Flight {} is changed later", failed.flight(), e);
      flights.postpone(failed, e.toString());
      return true;
    }
  }

  private void change(NextFlight next) {
    try {
      as(next.correlationId(), () -> changeAs(next));
    } catch (Problem refused) { // nothing was written: it has left or was cancelled meanwhile
      log.info("Flight {} of disruption {} stays: {}", next.flight(), next.disruption(), refused);
      flights.markRefused(next);
    }
  }

  private void changeAs(NextFlight next) {
    if (next.times() == null) {
      cancellation.cancel(next.flight(), next.disruption());
      flights.markCancelled(next);
    } else {
      flights.markRetimed(next, retiming.retime(next.times()));
    }
  }

  /** The same for connections. */
  private boolean connectNext() {
    var taken = new AtomicReference<Retimed>();
    try {
      return transaction.execute(
          _ -> {
            disruptions.nextWithConnections().ifPresent(taken::set);
            Optional.ofNullable(taken.get())
                .ifPresent(
                    next -> as(next.correlationId(), () -> connections.openFor(next.disruption())));
            return taken.get() != null;
          });
    } catch (RuntimeException e) {
      var failed = taken.get();
      if (failed == null) {
        throw e;
      }
      log.error("Connections of disruption {} are looked at later", failed.disruption(), e);
      disruptions.postponeConnections(failed.disruption());
      return true;
    }
  }

  private static void as(String correlationId, Runnable work) {
    ScopedValue.where(Origin.CURRENT, new Origin(ACTOR, null, correlationId)).run(work);
  }

  private boolean serveSome(long until) {
    var open = cases.some(AT_A_TIME);
    if (open.isEmpty()) {
      return false;
    }
    try {
      serve(open, until);
    } catch (RuntimeException e) {
      log.warn("{} parties could not be served together, each is by itself", open.size(), e);
      open.forEach(one -> serveAlone(one, until));
    }
    return true;
  }

  /** As far as nobody comes in between: what is left is looked at anew. */
  private void serve(List<Case> open, long until) {
    var rules = rules(open);
    for (var next : open) {
      if (System.nanoTime() > until
          || !serve(next, Objects.requireNonNull(rules.get(next.policy())))) {
        return;
      }
    }
  }

  /** One that fails must not hold up the others. */
  private void serveAlone(Case one, long until) {
    try {
      serve(List.of(one), until);
    } catch (RuntimeException e) {
      log.error("The party of order {} is served later", one.order(), e);
      cases.postpone(one, e.toString());
    }
  }

  private Map<Policy, ReprotectionRules> rules(List<Case> open) {
    var lost = new HashMap<OrderId, Set<FlightId>>();
    open.forEach(c -> lost.computeIfAbsent(c.order(), _ -> new HashSet<>()).addAll(c.removed()));
    var rules = new HashMap<Policy, ReprotectionRules>();
    for (var policy : open.stream().map(Case::policy).collect(Collectors.toSet())) {
      var orders = open.stream().filter(c -> c.policy().equals(policy)).map(Case::order).toList();
      var stranded =
          trips.of(orders, (order, flight) -> lost.getOrDefault(order, Set.of()).contains(flight));
      rules.put(
          policy,
          new ReprotectionRules(
              networks.around(stranded, policy.within(), Map.of()), policy, connecting));
    }
    return rules;
  }

  /** False when others changed what it relied on. */
  private boolean serve(Case next, ReprotectionRules rules) {
    try {
      transaction.executeWithoutResult(
          _ -> as(next.correlationId(), () -> reprotection.settle(next, rules)));
      return true;
    } catch (Reprotection.StaleNetwork e) {
      log.debug("{}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      log.warn("The party of order {} is served later", next.order(), e);
      cases.postpone(next, e.toString());
      return false;
    }
  }
}
