package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what must be equal once all orders have ended, whatever happened before. */
final class Audit {

  private final JdbcClient jdbc;
  private final long tickets;
  private final long valid;

  Audit(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.tickets = count("select count(*) from orders.ticket");
    this.valid =
        count(
            """
            select count(*)
              from orders.ticket
              join orders.order_index i using (order_id)
             where i.status = 'TICKETED'
            """);
  }

  void check(int cancelledFlights) {
    checkEffects(cancelledFlights);
    checkBalance();
    checkLog();
  }

  @Override
  public String toString() {
    return "%d tickets, %d of them valid = seats sold = captures kept = points to come"
        .formatted(tickets, valid);
  }

  private void checkEffects(int cancelledFlights) {
    assertThat(events("order.PaymentCaptured.v1")).isEqualTo(provider("CAPTURE"));
    assertThat(events("order.OrderTicketed.v1")).isEqualTo(tickets);
    assertThat(events("loyalty.AccrualForecast.v1")).isEqualTo(tickets);
    assertThat(count("select count(*) from loyalty.journal where entry = 'FORECAST'"))
        .isEqualTo(tickets);
    assertThat(events("reservation.SpaceHeld.v1") + events("reservation.SpaceRefused.v1"))
        .as("answers to placed orders")
        .isEqualTo(events("order.OrderPlaced.v1"));
    assertThat(count("select count(*) from reservation.flight where status = 'CANCELLED'"))
        .isEqualTo(cancelledFlights);
  }

  private void checkBalance() {
    assertThat(valid).isPositive();
    assertThat(tickets).as("tickets, some on flights that were cancelled").isGreaterThan(valid);
    assertThat(provider("CAPTURE") - provider("REFUND")).as("captures kept").isEqualTo(valid);
    assertThat(provider("AUTHORISE"))
        .as("authorisations, each captured or voided")
        .isEqualTo(provider("CAPTURE") + provider("VOID"));
    assertThat(count("select sum(n) from reservation.cabin, unnest(sold) n"))
        .as("seats sold")
        .isEqualTo(valid);
    assertThat(count("select sum(n) from reservation.cabin, unnest(held) n"))
        .as("seats held")
        .isZero();
    assertThat(
            count(
                """
                select count(*)
                  from reservation.cabin
                 where authorised < (select sum(n) from unnest(sold) n)
                """))
        .as("cabins oversold")
        .isZero();
    assertThat(count("select count(*) from loyalty.accrual where status = 'PENDING'"))
        .as("points to come")
        .isEqualTo(valid);
  }

  private void checkLog() {
    assertThat(
            count(
                """
                select count(*)
                  from (select 1
                          from eventlog.event
                         where causation_id is not null and stream not like 'flight-%'
                         group by causation_id, stream, type
                        having count(*) > 1) twice
                """))
        .as("effects that an event had twice")
        .isZero();
    assertThat(
            count(
                """
                select count(*)
                  from (select version, row_number() over (partition by stream
                                                               order by position) as place
                          from eventlog.event) e
                 where version <> place
                """))
        .as("events out of the order of their stream, or missing")
        .isZero();
    assertThat(
            count(
                """
                select count(*)
                  from (select cause.version,
                               lag(cause.version) over (partition by e.stream, e.actor, cause.stream
                                                            order by e.version) as before
                          from eventlog.event e
                          join eventlog.event cause on cause.id = e.causation_id) e
                 where version < before
                """))
        .as("events handled out of the order of their stream")
        .isZero();
    assertThat(count("select count(*) from eventlog.parked_stream")).as("parked").isZero();
  }

  private long provider(String operation) {
    return count(
        "select count(*) from orders.sandbox_payment where operation = '" + operation + "'");
  }

  private long events(String type) {
    return count("select count(*) from eventlog.event where type = '" + type + "'");
  }

  private long count(String sql) {
    return Shop.count(jdbc, sql);
  }
}
