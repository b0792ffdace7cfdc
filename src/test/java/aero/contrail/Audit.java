package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.loyalty.LedgerAudit;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what must agree once all orders have ended, whatever happened before: flight by flight,
 * order by order and cent by cent, on both sides of every wall.
 */
final class Audit {

  /** Counters of a flight against the bookings and holds on it. */
  private static final String SEATS =
      """
      select count(*)
        from (select flight_id, sum((select sum(n) from unnest(sold) n)) as sold,
                     sum((select sum(n) from unnest(held) n)) as held
                from reservation.cabin
               group by flight_id) c
        full join (select flight_id, sum(seats) filter (where status = 'CONFIRMED') as sold,
                          sum(seats) filter (where status = 'HELD') as held
                     from (select s.flight_id, s.status, coalesce(s.seats, r.seats) as seats
                             from reservation.segment s
                             join reservation.reservation r using (order_id)
                            union all
                           select flight_id, 'HELD', seats
                             from reservation.group_seats) s
                    group by flight_id) b using (flight_id)
       where coalesce(c.sold, 0) <> coalesce(b.sold, 0)
          or coalesce(c.held, 0) <> coalesce(b.held, 0)
      """;

  /** An order has its tickets if and only if it has its space. */
  private static final String SPACE_WITHOUT_TICKET =
      """
      select count(*)
        from orders.order_index i
        full join reservation.reservation r using (order_id)
       where (coalesce(i.status, '') = 'TICKETED') <> (coalesce(r.status, '') = 'CONFIRMED')
          or coalesce(r.status, '') in ('HELD', 'WAITLISTED')
      """;

  /** What the orders know of each payment, and what the provider did: in cents. */
  private static final String MONEY =
      """
      create temporary view money as
      with moved as (
        select data ->> 'payment' as payment,
               sum(cents) filter (where type in ('order.PaymentAuthorized.v1',
                                                 'order.LatePaymentReceived.v1')) as authorised,
               sum(cents) filter (where type = 'order.PaymentCaptured.v1') as captured,
               sum(cents) filter (where type = 'order.PaymentVoided.v1') as voided,
               sum(cents) filter (where type = 'order.RefundIssued.v2') as refunded,
               min(stream) as stream
          from (select type, stream, data,
                       round((data #>> '{amount,amount}')::numeric * 100) as cents
                  from eventlog.event
                 where type like 'order.%' and data ->> 'payment' is not null
                   and data ->> 'amount' is not null) e
         group by 1
      ), provider as (
        select payment_id::text as payment,
               sum(amount_minor) filter (where operation = 'CAPTURE') as captured,
               sum(amount_minor) filter (where operation = 'VOID') as voided,
               sum(amount_minor) filter (where operation = 'REFUND') as refunded
          from orders.sandbox_payment
         group by 1
      )
      select payment, m.stream, m.authorised, m.captured, m.voided, m.refunded,
             p.captured as provider_captured, p.voided as provider_voided,
             p.refunded as provider_refunded
        from moved m
        full join provider p using (payment)
      """;

  private static final String PROVIDER_DIFFERS =
      """
      select count(*)
        from money
       where captured is distinct from provider_captured
          or voided is distinct from provider_voided
          or refunded is distinct from provider_refunded
      """;

  /** What was authorised is captured or voided, whole. */
  private static final String AUTHORISED_AND_LEFT =
      """
      select count(*)
        from money
       where coalesce(authorised, 0) <> coalesce(captured, 0) + coalesce(voided, 0)
      """;

  /** No ticket without money. */
  private static final String TICKET_WITHOUT_MONEY =
      """
      select count(*)
        from orders.order_index i
       where i.status = 'TICKETED'
         and not exists (select
                           from eventlog.event e
                          where e.stream = 'order-' || i.order_id
                            and e.type = 'order.PaymentCaptured.v1')
      """;

  /** A connection brings a member points twice, and a batch changes a flight for many. */
  private static final String EFFECTS_TWICE =
      """
      select count(*)
        from (select 1
                from eventlog.event
               where causation_id is not null
                 and stream not like 'flight-%' and stream not like 'member-%'
               group by causation_id, stream, type
              having count(*) > 1) twice
      """;

  private static final String OUT_OF_ORDER =
      """
      select count(*)
        from (select version, row_number() over (partition by stream order by position) as place
                from eventlog.event) e
       where version <> place
      """;

  private static final String HANDLED_OUT_OF_ORDER =
      """
      select count(*)
        from (select cause.version,
                     lag(cause.version) over (partition by e.stream, e.actor, cause.stream
                                                  order by e.version) as before
                from eventlog.event e
                join eventlog.event cause on cause.id = e.causation_id) e
       where version < before
      """;

  /** Also those that publish nothing: what each counted against what there was for it. */
  private static final String NOT_HANDLED_ONCE =
      """
      select count(*)
        from (select k.id,
                     (select sum(c.handled) from eventlog.cursor c where c.consumer = k.id) as did,
                     (select count(*) from eventlog.event e where e.type = any (k.types)) as due
                from eventlog.consumer k) k
       where did <> due
      """;

  private static final String RECORDED_BACKWARDS =
      """
      select count(*)
        from (select recorded_at,
                     lag(recorded_at) over (partition by stream order by version) as before
                from eventlog.event) e
       where recorded_at < before
      """;

  private static final String OPEN =
      """
      select (select count(*)
                from orders.order_index
               where status in ('PLACED', 'WAITLISTED', 'HELD', 'CONFIRMING'))
             + (select count(*) from orders.payment_instruction where status = 'OPEN')
             + (select count(*) from orders.order_to_cancel)
             + (select count(*) from reservation.change_hold where status = 'HELD')
             + (select count(*) from reservation.disruption_flight where status = 'OPEN')
             + (select count(*) from reservation.disruption_case where status = 'OPEN')
             + (select count(*) from eventlog.parked_stream)
             + (select count(*)
                  from eventlog.consumer k
                  join eventlog.cursor c on c.consumer = k.id
                  join eventlog.event e on e.partition = c.partition
                 where e.position > c.position and e.type = any (k.types))
      """;

  private final JdbcClient jdbc;
  private final long tickets;
  private final long valid;

  /** For one connection: it makes a view of its own. */
  Audit(JdbcClient jdbc) {
    this.jdbc = jdbc;
    jdbc.sql(MONEY).update();
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

  /** Whether all orders have ended, and all that has to be done for them is done. */
  static boolean isSettled(JdbcClient jdbc) {
    return Shop.count(jdbc, OPEN) == 0;
  }

  /** With the history of their orders: who looks for the cause has no database any more. */
  private String rowsOf(String money) {
    return jdbc.sql(
            """
            with found as (%s)
            select f.*,
                   (select string_agg(e.version || ' ' || e.recorded_at || ' ' || e.type || ' '
                                        || e.data,
                                      chr(10) order by e.version)
                      from eventlog.event e
                     where e.stream = f.stream) as history
              from found f
            """
                .formatted(money.replace("count(*)", "*")))
        .query()
        .listOfRows()
        .toString();
  }

  void check(int cancelledFlights) {
    none("flights whose counters differ from their bookings", SEATS);
    none("orders with space and no ticket, or the other way round", SPACE_WITHOUT_TICKET);
    none("orders with too few or too many coupons", CouponAudit.COUPONS);
    none("orders whose points differ from their coupons", CouponAudit.POINTS);
    LedgerAudit.check(jdbc);
    none(
        "payments of which order and provider know different things: " + rowsOf(PROVIDER_DIFFERS),
        PROVIDER_DIFFERS);
    none(
        "authorisations that are neither captured nor given back: " + rowsOf(AUTHORISED_AND_LEFT),
        AUTHORISED_AND_LEFT);
    none(
        "orders whose money is neither earned nor given back: " + rowsOf(AccountAudit.DIFFERS),
        AccountAudit.DIFFERS);
    none("orders whose journal does not add up", AccountAudit.JOURNAL_DIFFERS);
    none("seats that are sold and not sat on, or the other way round", AccountAudit.SEATS_DIFFER);
    none("tickets without money", TICKET_WITHOUT_MONEY);
    none("effects that an event had twice", EFFECTS_TWICE);
    none("events out of the order of their stream, or missing", OUT_OF_ORDER);
    none("events handled out of the order of their stream", HANDLED_OUT_OF_ORDER);
    none("consumers that did not handle each of their events once", NOT_HANDLED_ONCE);
    none("events recorded before their predecessor", RECORDED_BACKWARDS);
    none("choices that nobody waits for", "select count(*) from reservation.waitlist_choice");
    none("parked streams", "select count(*) from eventlog.parked_stream");
    none("orders still to be cancelled", "select count(*) from orders.order_to_cancel");
    assertThat(valid).isPositive();
    assertThat(tickets).as("tickets, some of them given up").isGreaterThan(valid);
    assertThat(count("select count(*) from reservation.flight where status = 'CANCELLED'"))
        .isEqualTo(cancelledFlights);
  }

  private void none(String what, String sql) {
    assertThat(count(sql)).as(what).isZero();
  }

  @Override
  public String toString() {
    return "%d tickets, %d of them valid; orders by status: %s"
        .formatted(
            tickets,
            valid,
            jdbc.sql(
                    """
                    select string_agg(status || ' ' || n, ', ' order by status)
                      from (select status, count(*) as n
                              from orders.order_index
                             group by status) s
                    """)
                .query(String.class)
                .single());
  }

  private long count(String sql) {
    return Shop.count(jdbc, sql);
  }
}
