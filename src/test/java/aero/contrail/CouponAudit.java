package aero.contrail;

/** What of an {@link Audit} compares coupons with what they are for. */
final class CouponAudit {

  /** Who is to fly a flight, or would if it flew, has a coupon for it, and nobody else has. */
  static final String COUPONS =
      """
      with issued as (
        select e.stream, sum(jsonb_array_length(t -> 'coupons')) as coupons
          from eventlog.event e, jsonb_array_elements(e.data::jsonb -> 'tickets') t
         where e.type in ('order.OrderTicketed.v4', 'order.TicketsReissued.v2',
                          'order.CouponsExchanged.v3')
         group by e.stream
      ), given as (
        select e.stream,
               sum(jsonb_array_length(coalesce(e.data::jsonb -> 'exchanged',
                                               e.data::jsonb -> 'coupons'))) as coupons
          from eventlog.event e
         where e.type in ('order.TicketsReissued.v2', 'order.CouponsExchanged.v3',
                          'order.CouponsVoided.v1', 'order.CouponsRefunded.v1')
         group by e.stream
      ), due as (
        select order_id,
               sum(cardinality(string_to_array(coalesce(s.party, r.party), ','))) as coupons
          from reservation.segment s
          join reservation.reservation r using (order_id)
         where s.status in ('CONFIRMED', 'UNABLE') and s.hold_id = s.order_id
         group by order_id
      )
      select count(*)
        from orders.order_index o
        left join issued i on i.stream = 'order-' || o.order_id
        left join given g on g.stream = 'order-' || o.order_id
        left join due d on d.order_id = o.order_id
       where o.status = 'TICKETED'
         and coalesce(i.coupons, 0) - coalesce(g.coupons, 0) <> coalesce(d.coupons, 0)
      """;

  /** Coupons of members that earn against the points that are to come. */
  static final String POINTS =
      """
      with issued as (
        select e.stream, t ->> 'number' as ticket, c ->> 'flight' as flight
          from eventlog.event e, jsonb_array_elements(e.data::jsonb -> 'tickets') t,
               jsonb_array_elements(t -> 'coupons') c
         where e.type in ('order.OrderTicketed.v4', 'order.TicketsReissued.v2',
                          'order.CouponsExchanged.v3')
           and t ->> 'member' is not null
      ), given as (
        select c ->> 'ticket' as ticket, c ->> 'flight' as flight
          from eventlog.event e,
               jsonb_array_elements(coalesce(e.data::jsonb -> 'exchanged',
                                             e.data::jsonb -> 'coupons')) c
         where e.type in ('order.TicketsReissued.v2', 'order.CouponsExchanged.v3',
                          'order.CouponsVoided.v1', 'order.CouponsRefunded.v1')
      ), due as (
        select stream, count(*) as coupons
          from issued i
         where not exists (select
                             from given g
                            where g.ticket = i.ticket and g.flight = i.flight)
         group by stream
      ), pending as (
        select 'order-' || order_id as stream, count(*) as lots
          from loyalty.coupon
         where status = 'SOLD' and member_number is not null
         group by order_id
      )
      select count(*)
        from due
        full join pending using (stream)
       where coupons is distinct from lots
      """;

  private CouponAudit() {}
}
