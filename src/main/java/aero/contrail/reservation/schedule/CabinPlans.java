package aero.contrail.reservation.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is filed for the planning of cabins. What was filed stays; a later one takes over. */
@Repository
public class CabinPlans {

  private static final String CLASS_PLANS =
      """
      select id, carrier, cabin, effective_from, classes, percents, filed_at
        from reservation.class_plan
       order by carrier, cabin, effective_from
      """;

  private static final String OVERBOOKING =
      """
      select id, carrier, first_number, last_number, cabin, from_date, to_date, percent, seats,
             filed_at
        from reservation.overbooking_rule
       order by filed_at desc, id
      """;

  private static final String FILE_CLASS_PLAN =
      """
      insert into reservation.class_plan
             (id, carrier, cabin, effective_from, classes, percents, filed_at)
      values (:id, :carrier, :cabin, :from, :classes, :percents, :now)
          on conflict (carrier, cabin, effective_from) do nothing
      """;

  private static final String FILE_OVERBOOKING =
      """
      insert into reservation.overbooking_rule
             (id, carrier, first_number, last_number, cabin, from_date, to_date, percent, seats,
              filed_at)
      values (:id, :carrier, :first, :last, :cabin, :from, :to, :percent, :seats, :now)
      """;

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtext('reservation.schedule'))::text";

  private final JdbcClient jdbc;
  private final ReferenceData reference;
  private final Clock clock;

  CabinPlans(JdbcClient jdbc, ReferenceData reference, Clock clock) {
    this.jdbc = jdbc;
    this.reference = reference;
    this.clock = clock;
  }

  /**
   * Until the caller's transaction ends nobody else writes a schedule or files a rule: two imports
   * would both find a flight new, and a flight would be planned by rules of before. To be taken
   * before any lock of a cabin.
   */
  public void lock() {
    jdbc.sql(LOCK).query((row, _) -> row.getString(1)).single();
  }

  /** Something filed. */
  public record Filed<T>(UUID id, T what, OffsetDateTime at) {}

  /** The plan by what is known and filed now. */
  CabinPlan current() {
    return new CabinPlan(
        reference.layouts(),
        classPlans().stream().map(Filed::what).toList(),
        overbookingRules().stream().map(Filed::what).toList());
  }

  /** The rules for reading schedules by what is known now. */
  public ScheduleRules rules() {
    var plan = current();
    return new ScheduleRules(
        reference.airports(), plan.defaultConfigurations(), plan.aircraftOfConfiguration());
  }

  /** By carrier, cabin and day. */
  public List<Filed<ClassPlan>> classPlans() {
    return jdbc.sql(CLASS_PLANS).query((row, _) -> filed(row, classPlan(row))).list();
  }

  /** The one that was filed last first. */
  public List<Filed<OverbookingRule>> overbookingRules() {
    return jdbc.sql(OVERBOOKING).query((row, _) -> filed(row, overbooking(row))).list();
  }

  /**
   * Files a plan of booking classes.
   *
   * @return false when there is one of that carrier, cabin and day
   */
  public boolean file(UUID id, ClassPlan plan) {
    var classes = new StringBuilder();
    plan.shares().forEach(share -> classes.append(share.fareClass()));
    return jdbc.sql(FILE_CLASS_PLAN)
            .param("id", id)
            .param("carrier", plan.carrier())
            .param("cabin", plan.cabin())
            .param("from", plan.effectiveFrom())
            .param("classes", classes.toString())
            .param(
                "percents",
                plan.shares().stream().map(ClassPlan.ClassShare::percent).toArray(Integer[]::new))
            .param("now", now())
            .update()
        == 1;
  }

  /** Files a rule, which takes over from all before it. */
  public void file(UUID id, OverbookingRule rule) {
    jdbc.sql(FILE_OVERBOOKING)
        .param("id", id)
        .param("carrier", rule.carrier())
        .param("first", rule.firstNumber())
        .param("last", rule.lastNumber())
        .param("cabin", rule.cabin())
        .param("from", rule.fromDate())
        .param("to", rule.toDate())
        .param("percent", rule.percent())
        .param("seats", rule.seats())
        .param("now", now())
        .update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static <T> Filed<T> filed(ResultSet row, T what) throws SQLException {
    return new Filed<>(
        row.getObject("id", UUID.class), what, row.getObject("filed_at", OffsetDateTime.class));
  }

  private static ClassPlan classPlan(ResultSet row) throws SQLException {
    var classes = row.getString("classes");
    var percents = (Integer[]) row.getArray("percents").getArray();
    var shares = new ArrayList<ClassPlan.ClassShare>();
    for (var i = 0; i < percents.length; i++) {
      shares.add(new ClassPlan.ClassShare(classes.substring(i, i + 1), percents[i]));
    }
    return new ClassPlan(
        row.getString("carrier"),
        row.getString("cabin"),
        row.getObject("effective_from", LocalDate.class),
        shares);
  }

  private static OverbookingRule overbooking(ResultSet row) throws SQLException {
    return new OverbookingRule(
        row.getString("carrier"),
        row.getInt("first_number"),
        row.getInt("last_number"),
        row.getString("cabin"),
        row.getObject("from_date", LocalDate.class),
        row.getObject("to_date", LocalDate.class),
        row.getObject("percent", Integer.class),
        row.getObject("seats", Integer.class));
  }
}
