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
                                        'order.CouponsExchanged.v1')) as kept,
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
         where type = 'order.OrderTicketed.v3'
         group by stream
      ), changed as (
        select q.stream,
               sum((l #>> '{after,amount}')::numeric
                   - (l #>> '{before,amount}')::numeric) as worth
          from fact e
          join fact q on q.stream = e.stream and q.type = 'order.ChangeQuoted.v1'
                     and q.data ->> 'change' = e.data ->> 'change',
               jsonb_array_elements(q.data #> '{cost,lines}') l
         where e.type = 'order.CouponsExchanged.v1' and l ->> 'kind' in ('FARE', 'TAX')
         group by q.stream
      ), account as (
        select o.order_id, 'order-' || o.order_id as stream, o.status,
               coalesce(m.captured, 0) as captured, coalesce(m.refunded, 0) as refunded,
               coalesce(m.kept, 0) + coalesce(p.kept, 0) as kept,
               case when o.status = 'TICKETED'
                    then coalesce(i.worth, 0) + coalesce(c.worth, 0) - coalesce(m.given, 0)
                         - coalesce(p.kept, 0)
                    else 0 end as worth
          from orders.order_index o
          left join moved m on m.stream = 'order-' || o.order_id
          left join penalty p on p.stream = m.stream
          left join issued i on i.stream = m.stream
          left join changed c on c.stream = m.stream
      )
      select count(*)
        from account
       where captured - refunded <> worth + kept
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
