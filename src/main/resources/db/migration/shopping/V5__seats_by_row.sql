-- Whether what was paid goes back when the customer gives a service up.
alter table shopping.service add column refundable boolean not null default true;

update shopping.service set refundable = false where kind = 'SEAT';

-- A seat service with rows is for these alone; one without is for all rows that no other names.
create table shopping.seat_row (
    service_code   text      not null,
    aircraft       text      not null,
    effective_from date      not null,
    first_row      smallint  not null,
    last_row       smallint  not null,
    constraint one_range_per_first_row
        primary key (service_code, aircraft, effective_from, first_row),
    constraint rows_are_in_order check (0 < first_row and first_row <= last_row)
);

-- More legroom is where the exits are, in the configurations that are shipped.
insert into shopping.seat_row (service_code, aircraft, effective_from, first_row, last_row)
select 'LEGR', aircraft, date '2013-01-01', exit_row::smallint, exit_row::smallint
  from (values ('ER4', '11'), ('E70', '12'), ('E90', '12'), ('CR2', '8'), ('CR7', '12'),
               ('CR9', '13'), ('717', '17 18'), ('M88', '20 21'), ('M90', '21 22'),
               ('M80', '20 21'), ('D95', '17 18'), ('733', '11'), ('734', '12 13'), ('735', '10'),
               ('73G', '11'), ('738', '15 16'), ('739', '18 19'), ('319', '15'), ('320', '10 11'),
               ('321', '15 24'), ('752', '17 26'), ('753', '20 31'), ('762', '17'), ('763', '20'),
               ('764', '21'), ('332', '20'), ('333', '22'), ('343', '20'), ('772', '24 36'),
               ('788', '26'), ('744', '30 44'), ('77W', '26 38'), ('789', '28'))
         as a (aircraft, exit_rows)
 cross join regexp_split_to_table(a.exit_rows, ' ') as r (exit_row);
