package aero.contrail.order.search;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.order.person.NameKey;
import aero.contrail.order.person.PersonalData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The names of passengers as they are searched for. Written behind the sale, which must not wait
 * for the index of trigrams; made from the personal data as it is then, so told again it is the
 * same.
 */
@Repository
class PassengerNames {

  static final String CONSUMER = "order.names";

  private static final String DELETE =
      """
      delete from orders.passenger_name
       where order_id = any (:orders)
      """;

  private static final String INSERT =
      """
      insert into orders.passenger_name (order_id, passenger_id, name)
      select *
        from unnest(:orders, :passengers, :names)
      """;

  private final JdbcClient jdbc;
  private final PersonalData people;

  PassengerNames(JdbcClient jdbc, PersonalData people) {
    this.jdbc = jdbc;
    this.people = people;
  }

  @EventHandler(CONSUMER)
  void onPlaced(List<OrderEvent.Placed> batch) {
    write(batch);
  }

  @EventHandler(CONSUMER)
  void onSplit(List<OrderEvent.Split> batch) {
    write(batch);
  }

  @EventHandler(CONSUMER)
  void onSplitOff(List<OrderEvent.SplitOff> batch) {
    write(batch);
  }

  @EventHandler(CONSUMER)
  void onCorrected(List<OrderEvent.DetailsCorrected> batch) {
    write(batch);
  }

  /** It may have been written while the person was erased. */
  @EventHandler(CONSUMER)
  void onErased(List<OrderEvent.PersonalDataErased> batch) {
    write(batch);
  }

  private void write(List<? extends OrderEvent> batch) {
    var orders = batch.stream().map(OrderEvent::order).collect(Collectors.toSet());
    jdbc.sql(DELETE).param("orders", ids(orders)).update();
    var found = new ArrayList<UUID>();
    var passengers = new ArrayList<String>();
    var names = new ArrayList<String>();
    people
        .find(orders)
        .forEach(
            (order, persons) ->
                persons
                    .passengers()
                    .forEach(
                        person -> {
                          found.add(order.value());
                          passengers.add(person.id().value());
                          names.add(NameKey.of(person.givenName() + " " + person.familyName()));
                        }));
    jdbc.sql(INSERT)
        .param("orders", found.toArray(UUID[]::new))
        .param("passengers", passengers.toArray(String[]::new))
        .param("names", names.toArray(String[]::new))
        .update();
  }

  private static UUID[] ids(Collection<OrderId> orders) {
    return orders.stream().map(OrderId::value).toArray(UUID[]::new);
  }
}
