package aero.contrail.order.person;

import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
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
      select order_id, passengers, contact, sold
        from orders.personal_data
       where order_id = any (:orders)
      """;

  private static final String CORRECT =
      """
      update orders.personal_data
         set passengers = :passengers::jsonb, contact = :contact::jsonb, sold = :sold::jsonb
       where order_id = :order
      """;

  private static final String INSERT =
      """
      insert into orders.personal_data (order_id, passengers, contact, sold)
      values (:order, :passengers::jsonb, :contact::jsonb, :sold::jsonb)
      """;

  private static final String REFER =
      """
      update orders.order_index
         set external_reference = :reference
       where order_id = :order
      """;

  /** What was derived from it goes, too. */
  private static final String ERASE =
      """
      with names as (
        delete from orders.passenger_name
         where order_id = :order
      ), reference as (
        update orders.order_index
           set external_reference = null
         where order_id = :order
      )
      delete from orders.personal_data
       where order_id = :order
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  PersonalData(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** A passenger by name. */
  public record Person(
      PassengerId id, String givenName, String familyName, @Nullable LocalDate bornOn) {

    /** The same person under another name. */
    public Person named(String given, String family) {
      return new Person(id, given, family, bornOn);
    }
  }

  /** How to reach whoever booked. */
  public record Contact(@Nullable String email, @Nullable String phone) {}

  /**
   * The people of one order.
   *
   * @param sold as they were called when they were sold to, if that was corrected
   */
  public record People(List<Person> passengers, Contact contact, List<Person> sold) {

    public People {
      passengers = List.copyOf(passengers);
      sold = List.copyOf(sold);
    }

    public People(List<Person> passengers, Contact contact) {
      this(passengers, contact, List.of());
    }

    /** As somebody was sold to: however often he is corrected, he must not become another. */
    public Person asSold(Person person) {
      return sold.stream().filter(p -> p.id().equals(person.id())).findFirst().orElse(person);
    }

    /** Some of them, with the contact of all. */
    People only(Predicate<PassengerId> which) {
      return new People(
          passengers.stream().filter(person -> which.test(person.id())).toList(),
          contact,
          sold.stream().filter(person -> which.test(person.id())).toList());
    }

    /** Null when the order has no such passenger. */
    public @Nullable Person passenger(PassengerId id) {
      return passengers.stream().filter(p -> p.id().equals(id)).findFirst().orElse(null);
    }
  }

  /** Takes the place of what was known. */
  public void correct(OrderId order, People people) {
    jdbc.sql(CORRECT).param("order", order.value()).params(values(people)).update();
  }

  private Map<String, Object> values(People people) {
    return Map.of(
        "passengers", json.writeValueAsString(people.passengers()),
        "contact", json.writeValueAsString(people.contact()),
        "sold", json.writeValueAsString(people.sold()));
  }

  /** Passengers have an order of their own: what is known of them goes along. */
  public void split(OrderId order, OrderId into, Collection<PassengerId> leaving) {
    var all = find(List.of(order)).get(order);
    if (all != null) {
      jdbc.sql(INSERT)
          .param("order", into.value())
          .params(values(all.only(leaving::contains)))
          .update();
      correct(order, all.only(id -> !leaving.contains(id)));
    }
  }

  /** By which the seller calls an order. */
  public void refer(OrderId order, String externalReference) {
    jdbc.sql(REFER).param("order", order.value()).param("reference", externalReference).update();
  }

  /** Forgets whose an order was. */
  public void erase(OrderId order) {
    jdbc.sql(ERASE).param("order", order.value()).update();
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
                      json.readValue(row.getString("contact"), Contact.class),
                      json.readValue(row.getString("sold"), PERSONS)));
            });
    return found;
  }
}
