package aero.contrail.order;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.order.payment.PaymentInstruction;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Writes what is kept of new orders beside their events: the one statement of a whole group. */
@Repository
class PlacedOrders {

  /** All rows of all orders go in together: this is what customers wait for. */
  private static final String INSERT =
      """
      with placed as (
        select *
          from unnest(:orders, :channels, :references, :placed::timestamptz[],
                      :payBys::timestamptz[], :passengers, :contacts, :versions)
            as p (order_id, channel, reference, placed_at, pay_by, passengers, contact, version)
      ), people as (
        insert into orders.personal_data (order_id, passengers, contact)
        select order_id, passengers::jsonb, contact::jsonb
          from placed
      ), flights as (
        insert into orders.order_flight (flight_id, order_id)
        select *
          from unnest(:flights, :flightOrders)
      ), members as (
        insert into orders.order_member (member_number, order_id)
        select *
          from unnest(:members, :memberOrders)
      ), payments as (
        insert into orders.payment_instruction (id, payment_id, order_id, operation, amount_minor,
                                                currency, token, status, due_at, given_at)
        select id, payment_id, order_id, 'AUTHORISE', amount_minor, currency, token, status, :taken,
               given_at::timestamptz
          from unnest(:instructions, :payments, :payers, :amounts, :currencies, :tokens, :statuses,
                      :given)
            as i (id, payment_id, order_id, amount_minor, currency, token, status, given_at)
      )
      insert into orders.order_index (order_id, channel, external_reference, status, placed_at,
                                      pay_by, version)
      select order_id, channel, reference, 'PLACED', placed_at, pay_by, version
        from placed
      """;

  private final DeferredWrites deferred;
  private final JsonMapper json;

  PlacedOrders(DeferredWrites deferred, JsonMapper json) {
    this.deferred = deferred;
    this.json = json;
  }

  /**
   * @param given instructions to authorise the payments that came with the orders, taken by the
   *     caller
   * @param kept those that are not to be done yet
   * @param taken until when the caller has taken them
   */
  void insert(
      List<Placement> orders,
      List<PaymentInstruction> given,
      List<PaymentInstruction> kept,
      OffsetDateTime taken) {
    var instructions = Stream.concat(given.stream(), kept.stream()).toList();
    var flights = new Pairs<FlightId>();
    var members = new Pairs<MemberNumber>();
    for (var order : orders) {
      var placed = order.placed();
      placed.segments().forEach(segment -> flights.add(segment.flight(), placed.order()));
      placed.travellers().forEach(traveller -> members.add(traveller.member(), placed.order()));
    }
    deferred.add(
        INSERT,
        new MapSqlParameterSource()
            .addValue("orders", all(orders, o -> o.placed().order().value(), UUID[]::new))
            .addValue("channels", all(orders, o -> o.placed().channel(), String[]::new))
            .addValue("references", all(orders, Placement::externalReference, String[]::new))
            .addValue("placed", all(orders, o -> time(o.placed()), String[]::new))
            .addValue(
                "payBys", all(orders, o -> o.placed().terms().payBy().toString(), String[]::new))
            .addValue("passengers", all(orders, o -> text(o.people().passengers()), String[]::new))
            .addValue("contacts", all(orders, o -> text(o.people().contact()), String[]::new))
            .addValue("versions", all(orders, o -> o.facts().size(), Integer[]::new))
            .addValue("flights", flights.texts())
            .addValue("flightOrders", flights.orders())
            .addValue("members", members.texts())
            .addValue("memberOrders", members.orders())
            .addValue("taken", taken)
            .addValue("instructions", all(instructions, PaymentInstruction::id, UUID[]::new))
            .addValue("payments", all(instructions, i -> i.payment().value(), UUID[]::new))
            .addValue("payers", all(instructions, i -> i.order().value(), UUID[]::new))
            .addValue(
                "amounts", all(instructions, i -> i.amount().getAmountMinorLong(), Long[]::new))
            .addValue(
                "currencies",
                all(instructions, i -> i.amount().getCurrencyUnit().getCode(), String[]::new))
            .addValue("tokens", all(instructions, PaymentInstruction::token, String[]::new))
            .addValue(
                "statuses",
                all(instructions, i -> given.contains(i) ? "OPEN" : "KEPT", String[]::new))
            .addValue("given", all(instructions, i -> i.givenAt().toString(), String[]::new)));
  }

  private static String time(OrderEvent.Placed placed) {
    return placed.at().atOffset(ZoneOffset.UTC).toString();
  }

  private String text(Object value) {
    return json.writeValueAsString(value);
  }

  private static <E, T> T[] all(
      List<E> from, Function<E, @Nullable T> value, IntFunction<T[]> array) {
    return from.stream().map(value).toArray(array);
  }

  /** What an order has several of, beside the order. */
  private static final class Pairs<T> {
    private final List<String> values = new ArrayList<>();
    private final List<UUID> orders = new ArrayList<>();

    void add(@Nullable T value, OrderId order) {
      if (value != null) {
        values.add(value.toString());
        orders.add(order.value());
      }
    }

    String[] texts() {
      return values.toArray(String[]::new);
    }

    UUID[] orders() {
      return orders.toArray(UUID[]::new);
    }
  }
}
