-- What a fare leaves to who does not come: whether he may still fly what comes after, and what a
-- refund or a change costs then, on top of its own penalty. Fares filed before say nothing: all is
-- left.
alter table shopping.fare
    add column no_show_keeps_onward  boolean not null default true,
    add column no_show_penalty_minor bigint  not null default 0,
    add constraint a_no_show_penalty_takes check (no_show_penalty_minor >= 0);

-- The demo's tariff. Amounts are illustrative.
update shopping.fare f
   set no_show_keeps_onward = false,
       no_show_penalty_minor = n.penalty
  from (values ('A', 10000), ('C', 10000), ('D', 15000), ('W', 7500), ('E', 10000), ('B', 5000),
               ('M', 7500), ('H', 7500), ('Q', 9900), ('K', 12500), ('L', 0))
         as n (fare_class, penalty)
 where f.fare_class = n.fare_class and f.effective_from = date '2013-01-01';
