package aero.contrail.reservation.booking;

import aero.contrail.database.DeferredWrites;
import aero.contrail.events.EventJson;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.Segment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Who waits for which space. */
@Repository
public class Waitlist {

  private static final TypeReference<List<Segment>> SEGMENTS = new TypeReference<>() {};

  private static final String JOIN =
      """
      insert into reservation.waitlist_choice (order_id, choice, flights, cabins, segments, seats,
                                               until, joined_at)
      values (:order, :choice, :flights, :cabins, :segments::jsonb, :seats, :until, :joined)
      """;

  private static final String LEAVE =
      "delete from reservation.waitlist_choice where order_id = any (:orders)";

  private static final String DROP =
      """
      delete from reservation.waitlist_choice
       where order_id = :order and choice = :choice
      """;

  private static final String COLUMNS =
      """
      select w.order_id, r.channel, w.choice, w.segments::text as segments, w.seats, w.until,
             w.joined_at, reservation.rank_of(r.party) as rank
        from reservation.waitlist_choice w
        join reservation.reservation r on r.order_id = w.order_id
      """;

  /**
   * The higher tier first; of the same first come, first served. A party that somebody else works
   * on is left to him: to wait for it with cabins locked could be a deadlock.
   */
  private static final String WITHIN =
      COLUMNS
          + """
           where r.status = 'WAITLISTED' and w.until > :now
             and w.flights && :within::text[] and w.flights <@ :within::text[]
           order by rank desc, w.joined_at, w.order_id, w.choice
           limit 200
             for update of r skip locked
          """;

  /** Without locks: it says who might be served, not who is. Full cabins are left out at once. */
  private static final String PERHAPS =
      COLUMNS
          + """
           where r.status = 'WAITLISTED' and w.until > :now
             and (-reservation.rank_of(r.party), w.joined_at, w.order_id)
                   > (:turn::int, :joined, :order)
             and not exists (
               select
                 from unnest(w.flights, w.cabins) as f (flight_id, cabin)
                 left join reservation.cabin c using (flight_id, cabin)
                where (select coalesce(sum(s), 0) from unnest(c.sold) s)
                      + (select coalesce(sum(h), 0) from unnest(c.held) h)
                      + w.seats > coalesce(c.authorised, 0))
           order by rank desc, w.joined_at, w.order_id, w.choice
           limit 500
          """;

  private static final String LOCK =
      COLUMNS
          + """
           where r.status = 'WAITLISTED' and w.order_id = :order and w.choice = :choice
             for update of r skip locked
          """;

  private static final String ON_FLIGHT =
      COLUMNS
          + """
           where w.flights @> array[:flight::text]
           order by rank desc, w.joined_at, w.order_id, w.choice
          """;

  private static final String WAITING =
      """
      select f.flight_id, f.cabin, sum(w.seats) as seats
        from reservation.waitlist_choice w
       cross join unnest(w.flights, w.cabins) as f (flight_id, cabin)
       where w.flights && :flights::text[]
       group by f.flight_id, f.cabin
      """;

  private static final String IS_ANYBODY =
      "select exists (select from reservation.reservation where status = 'WAITLISTED')";

  private static final String DROP_FLIGHT =
      "delete from reservation.waitlist_choice where flights @> array[:flight::text]";

  private static final String IN_VAIN =
      """
      select r.order_id
        from reservation.reservation r
       where r.status = 'WAITLISTED'
         and not exists (select
                           from reservation.waitlist_choice w
                          where w.order_id = r.order_id)
       limit 200
         for update skip locked
      """;

  /** What was waited for and what is held now may be different flights. */
  private static final String FORGET_SEGMENTS =
      "delete from reservation.segment where order_id = :order";

  private static final String HOLD =
      """
      with held as (
        update reservation.reservation
           set status = 'HELD', locator = :locator, lapses_at = :lapses
         where order_id = :order
      )
      insert into reservation.segment (order_id, hold_id, flight_id, cabin, fare_class, status,
                                       unpaid)
      select :order, :order, flight_id, cabin, fare_class, 'HELD', true
        from unnest(:flights, :cabins, :classes) as s (flight_id, cabin, fare_class)
      """;

  private static final String LAPSE =
      """
      with lapsed as (
        update reservation.reservation
           set status = 'LAPSED'
         where order_id = :order
      )
      update reservation.segment
         set status = 'LAPSED'
       where order_id = :order
      """;

  private final JdbcClient jdbc;
  private final DeferredWrites deferred;

  Waitlist(JdbcClient jdbc, DeferredWrites deferred) {
    this.jdbc = jdbc;
    this.deferred = deferred;
  }

  /**
   * An itinerary that will do for a party.
   *
   * @param number of the choice within the order, from 0
   * @param rank the highest tier in the party, 0 for none
   */
  public record Choice(
      OrderId order,
      String channel,
      int number,
      List<Segment> segments,
      int seats,
      Instant until,
      Instant joinedAt,
      int rank) {

    public Choice {
      segments = List.copyOf(segments);
    }

    List<Space.Claim> claims() {
      return Space.claims(segments, seats);
    }
  }

  void join(List<Choice> choices) {
    for (var choice : choices) {
      deferred.add(
          JOIN,
          new MapSqlParameterSource()
              .addValue("order", choice.order().value())
              .addValue("choice", choice.number())
              .addValue("flights", flights(choice.segments()))
              .addValue("cabins", cabins(choice.segments()))
              .addValue("segments", EventJson.mapper().writeValueAsString(choice.segments()))
              .addValue("seats", choice.seats())
              .addValue("until", choice.until().atOffset(ZoneOffset.UTC))
              .addValue("joined", choice.joinedAt().atOffset(ZoneOffset.UTC)));
    }
  }

  void leave(Collection<OrderId> orders) {
    if (!orders.isEmpty()) {
      deferred.add(
          LEAVE,
          new MapSqlParameterSource()
              .addValue("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new)));
    }
  }

  /** One of several itineraries is not to be had any more. */
  void drop(Choice choice) {
    deferred.add(
        DROP,
        new MapSqlParameterSource()
            .addValue("order", choice.order().value())
            .addValue("choice", choice.number()));
  }

  /** A flight that does not fly is no choice any more. */
  public void drop(FlightId flight) {
    jdbc.sql(DROP_FLIGHT).param("flight", flight.value()).update();
  }

  /** Parties that have nothing left to wait for, locked. */
  List<OrderId> inVain() {
    return jdbc.sql(IN_VAIN)
        .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
        .list();
  }

  /** Costs next to nothing while nobody waits. */
  boolean isAnybodyWaiting() {
    return jdbc.sql(IS_ANYBODY).query((row, _) -> row.getBoolean(1)).single();
  }

  /** Who waits for nothing but flights of which all cabins are locked; his reservation locked. */
  List<Choice> within(Collection<FlightId> locked, Instant now) {
    return jdbc.sql(WITHIN)
        .param("within", locked.stream().map(FlightId::value).toArray(String[]::new))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query((row, _) -> choice(row))
        .list();
  }

  /** Some who might be served now, from after a place in the order of service on. */
  List<Choice> perhaps(WaitlistClearing.Place after, Instant now) {
    return jdbc.sql(PERHAPS)
        .param("turn", -after.rank())
        .param("joined", after.joinedAt().atOffset(ZoneOffset.UTC))
        .param("order", after.order())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query((row, _) -> choice(row))
        .list();
  }

  /** A choice that is still waited for, its reservation locked; empty also when another has it. */
  Optional<Choice> lock(Choice choice) {
    return jdbc.sql(LOCK)
        .param("order", choice.order().value())
        .param("choice", choice.number())
        .query((row, _) -> choice(row))
        .optional();
  }

  /** Who waits for space on a flight, in the order in which they are served. */
  public List<Choice> onFlight(FlightId flight) {
    return jdbc.sql(ON_FLIGHT)
        .param("flight", flight.value())
        .query((row, _) -> choice(row))
        .list();
  }

  /** How many seats are waited for, by flight and cabin; where nobody waits there is no entry. */
  public Map<FlightId, Map<String, Integer>> waiting(Collection<FlightId> flights) {
    var waiting = new HashMap<FlightId, Map<String, Integer>>();
    jdbc.sql(WAITING)
        .param("flights", flights.stream().map(FlightId::value).toArray(String[]::new))
        .query(
            row -> {
              waiting
                  .computeIfAbsent(new FlightId(row.getString("flight_id")), _ -> new HashMap<>())
                  .put(row.getString("cabin"), row.getInt("seats"));
            });
    return waiting;
  }

  /** Writes that a party has space on one of its choices. */
  void hold(Choice choice, RecordLocator locator, Instant lapsesAt) {
    jdbc.sql(FORGET_SEGMENTS).param("order", choice.order().value()).update();
    jdbc.sql(HOLD)
        .param("order", choice.order().value())
        .param("locator", locator.value())
        .param("lapses", lapsesAt.atOffset(ZoneOffset.UTC))
        .param("flights", flights(choice.segments()))
        .param("cabins", cabins(choice.segments()))
        .param("classes", choice.segments().stream().map(Segment::fareClass).toArray(String[]::new))
        .update();
    leave(List.of(choice.order()));
  }

  /** Writes that a party has nothing left to wait for. */
  void lapse(OrderId order) {
    jdbc.sql(LAPSE).param("order", order.value()).update();
  }

  private static String[] flights(List<Segment> segments) {
    return segments.stream().map(segment -> segment.flight().value()).toArray(String[]::new);
  }

  private static String[] cabins(List<Segment> segments) {
    return segments.stream().map(Segment::cabin).toArray(String[]::new);
  }

  private static Choice choice(ResultSet row) throws SQLException {
    return new Choice(
        new OrderId(row.getObject("order_id", UUID.class)),
        row.getString("channel"),
        row.getInt("choice"),
        EventJson.mapper().readValue(row.getString("segments"), SEGMENTS),
        row.getInt("seats"),
        row.getObject("until", OffsetDateTime.class).toInstant(),
        row.getObject("joined_at", OffsetDateTime.class).toInstant(),
        row.getInt("rank"));
  }
}
