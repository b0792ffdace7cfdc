package aero.contrail.reservation.schedule;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.FlightId;
import aero.contrail.reservation.inventory.Cabin;
import aero.contrail.reservation.inventory.Inventory;
import aero.contrail.reservation.inventory.LimitOverrides;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Plans flights anew that are on sale already, after a rule was filed: a few in each transaction,
 * so that sales go on, by whichever instance comes first, and from where one that died had come to.
 */
@Component
public class Replanning {

  private static final Logger log = LoggerFactory.getLogger(Replanning.class);

  private static final Origin ORIGIN = Origin.system("system:reservation.replanning");
  private static final int AT_A_TIME = 25;

  /** Other timed work of the instance has its turn in between. */
  private static final int STEPS = 20;

  private static final String BEGIN =
      """
      insert into reservation.replanning (id, carrier, from_date, to_date)
      values (:id, :carrier, :from, :to)
      """;

  private static final String NEXT =
      """
      select id, carrier, from_date, to_date, after_id
        from reservation.replanning
       order by id
       limit 1
         for update skip locked
      """;

  private static final String FLIGHTS =
      """
      select id
        from reservation.flight
       where id > :after and departure_date between :from and :to
         and (:carrier = '*' or starts_with(id, :carrier))
         and status in ('OPEN', 'SALES_CLOSED', 'CLOSED') and departs_at > :now
       order by id
       limit :limit
      """;

  private static final String GO_ON =
      "update reservation.replanning set after_id = :after where id = :id";

  private static final String END = "delete from reservation.replanning where id = :id";

  private static final String OPEN = "select id from reservation.replanning";

  private final JdbcClient jdbc;
  private final CabinPlans plans;
  private final Flights flights;
  private final Inventory inventory;
  private final LimitOverrides overrides;
  private final TransactionOperations transaction;
  private final Clock clock;

  Replanning(
      JdbcClient jdbc,
      CabinPlans plans,
      Flights flights,
      Inventory inventory,
      LimitOverrides overrides,
      TransactionOperations transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.plans = plans;
    this.flights = flights;
    this.inventory = inventory;
    this.overrides = overrides;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Has the flights planned anew that a rule is about; within the transaction that files it. */
  public void begin(UUID rule, String carrier, LocalDate from, LocalDate to) {
    jdbc.sql(BEGIN)
        .param("id", rule)
        .param("carrier", carrier)
        .param("from", from)
        .param("to", to)
        .update();
  }

  /** The rules that have not reached all their flights yet. */
  public List<UUID> open() {
    return jdbc.sql(OPEN).query((row, _) -> row.getObject("id", UUID.class)).list();
  }

  private record Work(UUID id, String carrier, LocalDate from, LocalDate to, String after) {}

  @Scheduled(fixedDelayString = "PT0.5S")
  void plan() {
    if (!open().isEmpty()) {
      ScopedValue.where(Origin.CURRENT, ORIGIN).run(this::someSteps);
    }
  }

  private void someSteps() {
    for (var step = 0; step < STEPS; step++) {
      var isMore = transaction.execute(_ -> next().map(this::step).isPresent());
      if (!isMore) {
        return;
      }
    }
  }

  private Optional<Work> next() {
    return jdbc.sql(NEXT)
        .query(
            (row, _) ->
                new Work(
                    row.getObject("id", UUID.class),
                    row.getString("carrier"),
                    row.getObject("from_date", LocalDate.class),
                    row.getObject("to_date", LocalDate.class),
                    row.getString("after_id")))
        .optional();
  }

  /** By what is filed when its row is locked: the rule itself is among it. */
  private Work step(Work work) {
    var some =
        jdbc.sql(FLIGHTS)
            .param("after", work.after())
            .param("carrier", work.carrier())
            .param("from", work.from())
            .param("to", work.to())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("limit", AT_A_TIME)
            .query((row, _) -> new FlightId(row.getString("id")))
            .list();
    if (some.isEmpty()) {
      jdbc.sql(END).param("id", work.id()).update();
      log.info("All flights are planned by rule {}", work.id());
    } else {
      planAnew(some, plans.current());
      jdbc.sql(GO_ON).param("after", some.getLast().value()).param("id", work.id()).update();
    }
    return work;
  }

  /**
   * Plans flights anew; what is sold and what operators have set stays. Within the caller's
   * transaction.
   */
  void planAnew(List<FlightId> ids, CabinPlan plan) {
    var locked = inventory.lock(ids);
    var before = locked.stream().collect(Collectors.groupingBy(Cabin::flight));
    var set = overrides.of(ids);
    var changed = new ArrayList<Cabin>();
    for (var flight : flights.of(ids)) {
      var was = before.getOrDefault(flight.id(), List.of());
      Refit.of(
              was,
              plan.cabins(flight.id(), flight.configuration()),
              set.getOrDefault(flight.id(), Map.of()))
          .stream()
          .filter(cabin -> cabin.isAmong(was) && !was.contains(cabin))
          .forEach(changed::add);
    }
    if (!changed.isEmpty()) {
      inventory.settle(locked, changed);
      flights.countNewLimits(changed.stream().map(Cabin::flight).distinct().toList());
    }
  }
}
