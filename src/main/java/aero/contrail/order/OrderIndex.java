package aero.contrail.order;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.order.amendment.VoluntaryChange;
import aero.contrail.order.model.OrderState.Known;
import aero.contrail.order.model.OrderStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds orders by what is known of them; written in the transaction that appends their facts. */
@Repository
class OrderIndex {

  private static final String INSERT_TICKETS =
      """
      insert into orders.ticket (number, order_id)
      select *
        from unnest(:numbers, :orders)
      """;

  /** What was waited for, and what has space now, may be different flights. */
  private static final String INSERT_FLIGHTS =
      """
      insert into orders.order_flight (flight_id, order_id)
      select *
        from unnest(:flights, :orders)
          on conflict do nothing
      """;

  /** Rows are locked in the order of their ids, so that batches wait, never deadlock. */
  private static final String LOCK =
      """
      select order_id, version
        from orders.order_index
       where order_id = any (:orders)
       order by order_id
         for update
      """;

  /** Of one order: a list would be planned anew at each call, for how long it might be. */
  private static final String VERSION =
      "select version from orders.order_index where order_id = :order";

  private static final String VERSIONS =
      "select order_id, version from orders.order_index where order_id = any (:orders)";

  private static final String UPDATE =
      """
      update orders.order_index i
         set status = u.status, locator = u.locator, pay_by = u.pay_by::timestamptz,
             respond_by = u.respond_by::timestamptz, version = u.version
        from unnest(:orders, :statuses, :locators, :payBys, :respondBys, :versions)
          as u (order_id, status, locator, pay_by, respond_by, version)
       where i.order_id = u.order_id
      """;

  private static final String DUE =
      """
      select order_id
        from orders.order_index
       where status in ('PLACED', 'WAITLISTED', 'HELD') and pay_by <= :now
       order by pay_by
       limit 200
         for update skip locked
      """;

  private static final String IS_ANY_DUE =
      """
      select exists (select
                       from orders.order_index
                      where status in ('PLACED', 'WAITLISTED', 'HELD') and pay_by <= :now)
             or exists (select
                          from orders.order_index
                         where respond_by <= :now)
      """;

  private static final String UNANSWERED =
      """
      select order_id
        from orders.order_index
       where respond_by <= :now
       order by respond_by
       limit 200
         for update skip locked
      """;

  private static final String OF_TICKET =
      "select order_id from orders.ticket where number = :number";

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  OrderIndex(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  /** Locks orders until the transaction ends; the versions that they have. */
  Map<OrderId, Integer> lock(Collection<OrderId> orders) {
    return versions(LOCK, orders);
  }

  Optional<Integer> version(OrderId order) {
    return jdbc.sql(VERSION)
        .param("order", order.value())
        .query((row, _) -> row.getInt("version"))
        .optional();
  }

  /** The versions that orders have; one that does not exist has no entry. */
  Map<OrderId, Integer> versions(Collection<OrderId> orders) {
    return versions(VERSIONS, orders);
  }

  private Map<OrderId, Integer> versions(String sql, Collection<OrderId> orders) {
    var versions = new HashMap<OrderId, Integer>();
    jdbc.sql(sql)
        .param("orders", ids(orders))
        .query(
            row -> {
              versions.put(
                  new OrderId(row.getObject("order_id", UUID.class)), row.getInt("version"));
            });
    return versions;
  }

  /** Brings the rows up to what has become of the orders. */
  void update(List<Loaded> changed) {
    var states = changed.stream().map(Loaded::state).toList();
    deferred.add(
        UPDATE,
        new MapSqlParameterSource()
            .addValue(
                "orders", ids(states.stream().map(s -> s.details().placed().order()).toList()))
            .addValue("statuses", texts(states.stream().map(Known::status).toList()))
            .addValue(
                "locators",
                states.stream()
                    .map(s -> s.details().locator())
                    .map(locator -> locator == null ? null : locator.value())
                    .toArray(String[]::new))
            .addValue("payBys", texts(states.stream().map(s -> s.details().payBy()).toList()))
            .addValue(
                "respondBys", states.stream().map(OrderIndex::respondBy).toArray(String[]::new))
            .addValue("versions", changed.stream().map(Loaded::version).toArray(Integer[]::new)));
  }

  /** Until when the customer is to answer, or may; null when there is nothing to answer. */
  private static @Nullable String respondBy(Known state) {
    return state.status() == OrderStatus.TICKETED && state.details().changeUnderWay().isEmpty()
        ? Stream.concat(
                state.details().openChanges().stream().map(AirlineChange::respondBy),
                state.details().changes().stream()
                    .filter(VoluntaryChange::isOpen)
                    .map(change -> change.quoted().expiresAt()))
            .min(Instant::compareTo)
            .map(Instant::toString)
            .orElse(null)
        : null;
  }

  /** Finds orders by the flights that they have now, or may have soon, too. */
  void insertFlights(List<Loaded> changed) {
    var flights = new ArrayList<String>();
    var orders = new ArrayList<UUID>();
    for (var order : changed) {
      for (var flight : order.state().details().flights()) {
        flights.add(flight.value());
        orders.add(order.order().value());
      }
    }
    deferred.add(
        INSERT_FLIGHTS,
        new MapSqlParameterSource()
            .addValue("flights", flights.toArray(String[]::new))
            .addValue("orders", orders.toArray(UUID[]::new)));
  }

  /** Finds orders by the documents that were issued. */
  void insertTickets(List<OrderEvent> facts) {
    var numbers = new ArrayList<String>();
    var orders = new ArrayList<UUID>();
    for (var fact : facts) {
      for (var number : issued(fact)) {
        numbers.add(number.value());
        orders.add(fact.order().value());
      }
    }
    if (!numbers.isEmpty()) {
      deferred.add(
          INSERT_TICKETS,
          new MapSqlParameterSource()
              .addValue("numbers", numbers.toArray(String[]::new))
              .addValue("orders", orders.toArray(UUID[]::new)));
    }
  }

  private static List<TicketNumber> issued(OrderEvent fact) {
    return switch (fact) {
      case OrderEvent.Ticketed ticketed -> ticketed.tickets().stream().map(Ticket::number).toList();
      case OrderEvent.OfExchange exchange ->
          exchange.tickets().stream().map(Ticket::number).toList();
      case OrderEvent.ServicesIssued issued ->
          issued.documents().stream().map(OrderEvent.ServiceDocument::number).toList();
      default -> List.of();
    };
  }

  /** Whether there are such orders: costs next to nothing while there are none. */
  boolean isAnyDue(Instant now) {
    return jdbc.sql(IS_ANY_DUE)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query((row, _) -> row.getBoolean(1))
        .single();
  }

  /** Unpaid orders whose time is over and that nobody else is working on, locked. */
  List<OrderId> due(Instant now) {
    return orders(jdbc.sql(DUE).param("now", now.atOffset(ZoneOffset.UTC)));
  }

  /** Orders whose customers did not answer in time and that nobody else is working on, locked. */
  List<OrderId> unanswered(Instant now) {
    return orders(jdbc.sql(UNANSWERED).param("now", now.atOffset(ZoneOffset.UTC)));
  }

  Optional<OrderId> ofTicket(TicketNumber number) {
    return orders(jdbc.sql(OF_TICKET).param("number", number.value())).stream().findFirst();
  }

  private static List<OrderId> orders(JdbcClient.StatementSpec statement) {
    return statement.query((row, _) -> new OrderId(row.getObject("order_id", UUID.class))).list();
  }

  private static UUID[] ids(Collection<OrderId> orders) {
    return orders.stream().map(OrderId::value).toArray(UUID[]::new);
  }

  private static String[] texts(Collection<?> values) {
    return values.stream().map(String::valueOf).toArray(String[]::new);
  }
}
