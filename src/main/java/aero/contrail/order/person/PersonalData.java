package aero.contrail.order.person;

import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Names and contacts: the only place where they are, so that a person can be erased. */
@Repository
public class PersonalData {

  private static final TypeReference<List<Person>> PERSONS = new TypeReference<>() {};

  private static final String FIND =
      """
      select order_id, passengers, contact
        from orders.personal_data
       where order_id = any (:orders)
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  PersonalData(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** A passenger by name. */
  public record Person(
      PassengerId id, String givenName, String familyName, @Nullable LocalDate bornOn) {}

  /** How to reach whoever booked. */
  public record Contact(@Nullable String email, @Nullable String phone) {}

  /** The people of one order. */
  public record People(List<Person> passengers, Contact contact) {

    public People {
      passengers = List.copyOf(passengers);
    }

    /** Null when the order has no such passenger. */
    public @Nullable Person passenger(PassengerId id) {
      return passengers.stream().filter(p -> p.id().equals(id)).findFirst().orElse(null);
    }
  }

  /** The people of the orders; an order whose people were erased has no entry. */
  public Map<OrderId, People> find(Collection<OrderId> orders) {
    var found = new HashMap<OrderId, People>();
    jdbc.sql(FIND)
        .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
        .query(
            row -> {
              found.put(
                  new OrderId(row.getObject("order_id", UUID.class)),
                  new People(
                      json.readValue(row.getString("passengers"), PERSONS),
                      json.readValue(row.getString("contact"), Contact.class)));
            });
    return found;
  }
}
