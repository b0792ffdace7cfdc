package aero.contrail;

/** What of an {@link Audit} adds up the money of each order, in cents. */
final class AccountAudit {

  /**
   * What came in less what went back is what the documents are worth that are not given up, and
   * what the fares kept. A change is worth what its lines say.
   */
  static final String DIFFERS =
      """
      with fact as (
        select stream, type, data::jsonb as data
          from eventlog.event
         where stream like 'order-%' and type like 'order.%'
      ), moved as (
        select stream,
               sum((data #>> '{amount,amount}')::numeric)
                 filter (where type = 'order.PaymentCaptured.v1') as captured,
               sum((data #>> '{amount,amount}')::numeric)
                 filter (where type = 'order.RefundIssued.v2') as refunded,
               sum((data #>> '{penalty,amount}')::numeric)
                 filter (where type in ('order.CancellationConfirmed.v1',
                                        'order.CouponsExchanged.v3')) as kept,
               sum((data #>> '{kept,amount}')::numeric)
                 filter (where type = 'order.ServicesGivenUp.v1') as kept_of_services,
               sum((data #>> '{kept,amount}')::numeric + (data #>> '{refund,amount}')::numeric)
                 filter (where type = 'order.ServicesGivenUp.v1') as given_of_services,
               sum((data #>> '{refund,amount}')::numeric)
                 filter (where type = 'order.PartCancelled.v1') as given
          from fact
         group by stream
      ), penalty as (
        select stream, sum((k #>> '{amount,amount}')::numeric) as kept
          from fact, jsonb_array_elements(data -> 'penalties') k
         where type = 'order.PartCancelled.v1'
         group by stream
      ), issued as (
        select stream,
               sum((t #>> '{fare,amount}')::numeric
                   + (select coalesce(sum((x #>> '{amount,amount}')::numeric), 0)
                        from jsonb_array_elements(t -> 'taxes') x)) as worth
          from fact, jsonb_array_elements(data -> 'tickets') t
         where type = 'order.OrderTicketed.v4'
         group by stream
      ), changed as (
        select q.stream,
               sum((l #>> '{after,amount}')::numeric
                   - (l #>> '{before,amount}')::numeric) as worth
          from fact e
          join fact q on q.stream = e.stream and q.type = 'order.ChangeQuoted.v2'
                     and q.data ->> 'change' = e.data ->> 'change',
               jsonb_array_elements(q.data #> '{cost,lines}') l
         where e.type = 'order.CouponsExchanged.v3' and l ->> 'kind' in ('FARE', 'TAX')
         group by q.stream
      ), bought as (
        select o.stream, sum((o.data #>> '{amount,amount}')::numeric) as worth
          from fact o
          join fact i on i.stream = o.stream and i.type = 'order.ServicesIssued.v1'
                     and i.data ->> 'sale' = o.data ->> 'sale'
         where o.type = 'order.ServicesOrdered.v1'
         group by o.stream
      ), account as (
        select o.order_id, 'order-' || o.order_id as stream, o.status,
               coalesce(m.captured, 0) as captured, coalesce(m.refunded, 0) as refunded,
               coalesce(m.kept, 0) + coalesce(p.kept, 0) + coalesce(m.kept_of_services, 0)
                 as kept,
               case when o.status = 'TICKETED'
                    then coalesce(i.worth, 0) + coalesce(c.worth, 0) - coalesce(m.given, 0)
                         - coalesce(p.kept, 0)
                    else 0 end
                 + coalesce(b.worth, 0) - coalesce(m.given_of_services, 0) as worth
          from orders.order_index o
          left join moved m on m.stream = 'order-' || o.order_id
          left join penalty p on p.stream = m.stream
          left join issued i on i.stream = m.stream
          left join changed c on c.stream = m.stream
          left join bought b on b.stream = m.stream
      )
      select count(*)
        from account
       where captured - refunded <> worth + kept
      """;

  /** Who bought a seat, and did not give it up, sits there, and the other way round. */
  static final String SEATS_DIFFER =
      """
      with service as (
        select e.stream, s ->> 'id' as id, s ->> 'flight' as flight_id,
               s ->> 'passenger' as passenger, s ->> 'seat' as seat, e.type,
               e.data ->> 'sale' as sale
          from (select stream, type, data::jsonb as data
                  from eventlog.event
                 where type in ('order.ServicesOrdered.v1', 'order.ServicesGivenUp.v1')) e,
               jsonb_array_elements(e.data -> 'services') s
         where s ->> 'seat' is not null
      ), sold as (
        select s.stream, s.flight_id, s.passenger, s.seat
          from service s
          join eventlog.event i on i.stream = s.stream and i.type = 'order.ServicesIssued.v1'
                               and i.data::jsonb ->> 'sale' = s.sale
         where s.type = 'order.ServicesOrdered.v1'
           and not exists (select
                             from service g
                            where g.id = s.id and g.type = 'order.ServicesGivenUp.v1')
      ), seated as (
        select 'order-' || order_id as stream, flight_id, passenger, seat
          from reservation.passenger
         where seat is not null
      )
      select count(*)
        from sold
        full join seated using (stream, flight_id, passenger)
       where sold.seat is distinct from seated.seat
      """;

  /** The journal adds up, explains all, and has the cash that the provider moved. */
  static final String JOURNAL_DIFFERS =
      """
      select count(*)
        from (select order_id, sum(amount_minor) as total,
                     sum(amount_minor) filter (where account = 'CLEARING') as clearing,
                     sum(amount_minor) filter (where account = 'CASH') as cash
                from orders.journal
               group by order_id) j
        full join (select substr(stream, 7)::uuid as order_id,
                          sum(round((data #>> '{amount,amount}')::numeric * 100)
                              * case when type = 'order.PaymentCaptured.v1' then 1 else -1 end)
                            as cash
                     from eventlog.event
                    where type in ('order.PaymentCaptured.v1', 'order.RefundIssued.v2')
                    group by stream) m using (order_id)
       where coalesce(j.total, 0) <> 0 or coalesce(j.clearing, 0) <> 0
          or coalesce(j.cash, 0) <> coalesce(m.cash, 0)
      """;

  private AccountAudit() {}
}
