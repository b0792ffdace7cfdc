package aero.contrail.order;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.ReservationEvent.ReservationSplit;
import aero.contrail.events.Traveller;
import aero.contrail.order.model.OrderCommand.RecordSplit;
import aero.contrail.order.model.OrderDecider;
import aero.contrail.order.model.SplitRules;
import aero.contrail.order.person.PersonalData;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives passengers an order of their own, now that what is booked for them is theirs: the facts of
 * both orders, and what is kept of them beside, in the caller's transaction.
 */
@Component
class OrderSplits {

  private static final String BEGIN =
      """
      insert into orders.order_index (order_id, channel, external_reference, status, placed_at,
                                      pay_by, version)
      select :into, channel, external_reference, status, placed_at, pay_by, 1
        from orders.order_index
       where order_id = :from
      """;

  private static final String MOVE_TICKETS =
      """
      update orders.ticket
         set order_id = :into
       where order_id = :from and number = any (:numbers)
      """;

  private static final String JOIN_MEMBERS =
      """
      insert into orders.order_member (member_number, order_id)
      select distinct number, :into::uuid
        from unnest(:members) as m (number)
      """;

  private static final String LEAVE_MEMBERS =
      """
      delete from orders.order_member
       where order_id = :from and member_number <> all (:members)
      """;

  /** What the order has not heard yet of its flights. */
  private static final List<String> NEWS =
      List.of(
          """
          insert into orders.order_to_retime (flight_id, order_id, news, correlation_id,
                                              causation_id)
          select flight_id, :into, news, correlation_id, causation_id
            from orders.order_to_retime
           where order_id = :from and flight_id = any (:flights)
          """,
          """
          insert into orders.order_to_cancel (flight_id, order_id, news, correlation_id,
                                              causation_id)
          select flight_id, :into, news, correlation_id, causation_id
            from orders.order_to_cancel
           where order_id = :from and flight_id = any (:flights)
          """);

  private final Orders orders;
  private final PersonalData people;
  private final JdbcClient jdbc;
  private final Clock clock;

  OrderSplits(Orders orders, PersonalData people, JdbcClient jdbc, Clock clock) {
    this.orders = orders;
    this.people = people;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Told again it is done. */
  void split(ReservationSplit told, Recorded<?> cause) {
    var command = new RecordSplit(told.order(), clock.instant());
    orders.lock(told.from()).stream()
        .flatMap(
            before ->
                OrderDecider.decide(command, before.state()).stream()
                    .filter(OrderEvent.Split.class::isInstance)
                    .map(OrderEvent.Split.class::cast)
                    .map(split -> new Step(before, split)))
        .findFirst()
        .ifPresent(
            step -> {
              orders.handle(List.of(new Orders.Intent(told.from(), command, cause)));
              begin(step, told, cause);
            });
  }

  private record Step(Loaded before, OrderEvent.Split split) {}

  private void begin(Step step, ReservationSplit told, Recorded<?> cause) {
    var split = step.split();
    var before = step.before().state().details();
    var off = SplitRules.splitOff(split, before, told.locator());
    sql(BEGIN, split).update();
    sql(MOVE_TICKETS, split).param("numbers", numbers(off)).update();
    jdbc.sql(JOIN_MEMBERS)
        .param("into", split.into().value())
        .param("members", members(off.travellers()))
        .update();
    for (var news : NEWS) {
      sql(news, split).param("flights", flights(off)).update();
    }
    var staying =
        before.placed().travellers().stream()
            .filter(traveller -> !split.passengers().contains(traveller.id()))
            .toList();
    jdbc.sql(LEAVE_MEMBERS)
        .param("from", split.order().value())
        .param("members", members(staying))
        .update();
    people.split(split.order(), split.into(), split.passengers());
    orders.begin(SplitRules.beginning(off), cause);
  }

  private JdbcClient.StatementSpec sql(String statement, OrderEvent.Split split) {
    return jdbc.sql(statement)
        .param("into", split.into().value())
        .param("from", split.order().value());
  }

  /** Of flights and of services. */
  private static String[] numbers(OrderEvent.SplitOff off) {
    return Stream.concat(
            off.documents().stream().map(document -> document.ticket().number()),
            off.services().stream()
                .flatMap(services -> services.documents().stream())
                .map(OrderEvent.ServiceDocument::number))
        .map(Object::toString)
        .toArray(String[]::new);
  }

  private static String[] flights(OrderEvent.SplitOff off) {
    return off.flights().stream().map(f -> f.segment().flight().value()).toArray(String[]::new);
  }

  private static String[] members(List<Traveller> travellers) {
    return travellers.stream()
        .map(Traveller::member)
        .filter(Objects::nonNull)
        .map(MemberNumber::value)
        .toArray(String[]::new);
  }
}
