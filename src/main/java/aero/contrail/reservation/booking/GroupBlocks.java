package aero.contrail.reservation.booking;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.booking.Space.Claim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Blocks of seats. What is left of them is certain under the locks of the flights' cabins. */
@Repository
public class GroupBlocks {

  private static final String INSERT =
      """
      with block as (
        insert into reservation.group_block (id, channel, release_at, created_at)
        values (:id, :channel, :release, :now)
      )
      insert into reservation.group_seats (group_id, flight_id, cabin, fare_class, blocked, seats)
      select :id, flight_id, cabin, fare_class, seats, seats
        from unnest(:flights, :cabins, :classes, :seats) as s (flight_id, cabin, fare_class, seats)
      """;

  private static final String FIND =
      """
      select b.id, b.channel, b.release_at, s.flight_id, s.cabin, s.fare_class, s.blocked, s.seats
        from reservation.group_block b
        join reservation.group_seats s on s.group_id = b.id
       where b.id = any (:ids)
       order by b.id, s.flight_id
      """;

  private static final String DUE =
      """
      select b.id
        from reservation.group_block b
       where b.release_at <= :now
         and exists (select
                       from reservation.group_seats s
                      where s.group_id = b.id and s.seats > 0)
       limit 100
      """;

  /** Of the flights that are locked alone: of others somebody else may have taken meanwhile. */
  private static final String TAKE =
      """
      update reservation.group_seats g
         set seats = g.seats - t.seats
        from (select group_id, flight_id, sum(seats) as seats
                from unnest(:ids, :flights, :seats) as u (group_id, flight_id, seats)
               group by group_id, flight_id) t
       where g.group_id = t.group_id and g.flight_id = t.flight_id
      """;

  private static final String DROP =
      "update reservation.group_seats set seats = 0 where flight_id = :flight and seats > 0";

  private static final String BLOCKED =
      """
      select fare_class, sum(seats) as seats
        from reservation.group_seats
       where flight_id = :flight and seats > 0
       group by fare_class
      """;

  private final JdbcClient jdbc;

  GroupBlocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(GroupBlock block, Instant now) {
    jdbc.sql(INSERT)
        .param("id", block.id())
        .param("channel", block.channel())
        .param("release", block.releaseAt().atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("flights", texts(block.blocked(), claim -> claim.flight().value()))
        .param("cabins", texts(block.blocked(), Claim::cabin))
        .param("classes", texts(block.blocked(), Claim::fareClass))
        .param("seats", block.blocked().stream().map(Claim::seats).toArray(Integer[]::new))
        .update();
  }

  /** Blocks by their ids; one that does not exist has no entry. */
  Map<UUID, GroupBlock> of(Collection<UUID> ids) {
    var blocks = new LinkedHashMap<UUID, GroupBlock>();
    jdbc.sql(FIND)
        .param("ids", ids.toArray(UUID[]::new))
        .query(
            row -> {
              blocks.merge(row.getObject("id", UUID.class), block(row), GroupBlocks::together);
            });
    return blocks;
  }

  private static GroupBlock block(ResultSet row) throws SQLException {
    var blocked =
        new Claim(
            new FlightId(row.getString("flight_id")),
            row.getString("cabin"),
            row.getString("fare_class"),
            row.getInt("blocked"));
    return new GroupBlock(
        row.getObject("id", UUID.class),
        row.getString("channel"),
        row.getObject("release_at", OffsetDateTime.class).toInstant(),
        List.of(blocked),
        List.of(blocked.with(row.getInt("seats"))));
  }

  private static GroupBlock together(GroupBlock one, GroupBlock more) {
    var blocked = new ArrayList<>(one.blocked());
    blocked.addAll(more.blocked());
    var left = new ArrayList<>(one.left());
    left.addAll(more.left());
    return new GroupBlock(one.id(), one.channel(), one.releaseAt(), blocked, left);
  }

  /** Blocks whose time is over and that have seats left. */
  List<UUID> due(Instant now) {
    return jdbc.sql(DUE)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  /** Seats of a block that leave it. */
  record Taken(UUID group, Claim claim) {}

  /** Writes which seats leave their blocks; the cabins of their flights are locked. */
  void take(List<Taken> taken) {
    if (!taken.isEmpty()) {
      jdbc.sql(TAKE)
          .param("ids", taken.stream().map(Taken::group).toArray(UUID[]::new))
          .param(
              "flights", taken.stream().map(t -> t.claim().flight().value()).toArray(String[]::new))
          .param("seats", taken.stream().map(t -> t.claim().seats()).toArray(Integer[]::new))
          .update();
    }
  }

  /** A flight that does not fly has no blocks. */
  public void drop(FlightId flight) {
    jdbc.sql(DROP).param("flight", flight.value()).update();
  }

  /** How many seats of a flight are blocked, by class; where none are there is no entry. */
  public Map<String, Integer> blocked(FlightId flight) {
    var blocked = new HashMap<String, Integer>();
    jdbc.sql(BLOCKED)
        .param("flight", flight.value())
        .query(
            row -> {
              blocked.put(row.getString("fare_class"), row.getInt("seats"));
            });
    return blocked;
  }

  private static String[] texts(List<Claim> claims, Function<Claim, String> value) {
    return claims.stream().map(value).toArray(String[]::new);
  }
}
