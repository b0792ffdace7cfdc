package aero.contrail;

/** What of an {@link Audit} compares coupons with what they are for. */
final class CouponAudit {

  /** Who is to fly a flight, or would if it flew, has a coupon for it, and nobody else has. */
  static final String COUPONS =
      """
      with coupons as (
        select i.order_id,
               coalesce((select sum(jsonb_array_length(t -> 'coupons'))
                           from eventlog.event e, jsonb_array_elements(e.data::jsonb -> 'tickets') t
                          where e.stream = 'order-' || i.order_id
                            and e.type in ('order.OrderTicketed.v3', 'order.TicketsReissued.v1')),
                        0)
               - coalesce((select sum(jsonb_array_length(coalesce(e.data::jsonb -> 'exchanged',
                                                                  e.data::jsonb -> 'coupons')))
                             from eventlog.event e
                            where e.stream = 'order-' || i.order_id
                              and e.type in ('order.TicketsReissued.v1', 'order.CouponsVoided.v1',
                                             'order.CouponsRefunded.v1')),
                          0) as valid,
               coalesce((select sum(cardinality(string_to_array(coalesce(s.party, r.party), ',')))
                           from reservation.segment s
                           join reservation.reservation r using (order_id)
                          where s.order_id = i.order_id
                            and s.status in ('CONFIRMED', 'UNABLE')),
                        0) as due
          from orders.order_index i
         where i.status = 'TICKETED'
      )
      select count(*)
        from coupons
       where valid <> due
      """;

  /** Coupons of members that earn against the points that are to come. */
  static final String POINTS =
      """
      with issued as (
        select e.stream, t ->> 'number' as ticket, c ->> 'flight' as flight
          from eventlog.event e, jsonb_array_elements(e.data::jsonb -> 'tickets') t,
               jsonb_array_elements(t -> 'coupons') c
         where e.type in ('order.OrderTicketed.v3', 'order.TicketsReissued.v1')
           and t ->> 'member' is not null
      ), given as (
        select c ->> 'ticket' as ticket, c ->> 'flight' as flight
          from eventlog.event e,
               jsonb_array_elements(coalesce(e.data::jsonb -> 'exchanged',
                                             e.data::jsonb -> 'coupons')) c
         where e.type in ('order.TicketsReissued.v1', 'order.CouponsVoided.v1',
                          'order.CouponsRefunded.v1')
      ), due as (
        select stream, count(*) as coupons
          from issued i
         where not exists (select
                             from given g
                            where g.ticket = i.ticket and g.flight = i.flight)
         group by stream
      ), pending as (
        select 'order-' || order_id as stream, count(*) as lots
          from loyalty.accrual
         where status = 'PENDING'
         group by order_id
      )
      select count(*)
        from due
        full join pending using (stream)
       where coupons is distinct from lots
      """;

  private CouponAudit() {}
}
