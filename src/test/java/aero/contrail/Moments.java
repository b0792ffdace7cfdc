package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks through the whole log and counts seats by itself: at each moment at which a flight told
 * what it has left, that and the seats taken by then must make a limit that was in force, and no
 * seat may have been given when there was none.
 */
final class Moments {

  /** In the order of the log, which is that of the locks under which flights change. */
  private static final String EVENTS =
      """
      select type, data::text as data
        from eventlog.event
       where type like 'reservation.%' or type in ('order.OrderPlaced.v4', 'order.ChangeQuoted.v2')
       order by position
      """;

  private final Map<String, Set<Integer>> limits;
  private final Map<String, JsonNode> orders = new HashMap<>();

  /** The itineraries that orders had space on last. */
  private final Map<String, JsonNode> itineraries = new HashMap<>();

  /** Who has seats on a flight, and how many. */
  private final Map<String, Map<String, Integer>> taken = new HashMap<>();

  /** What flights may sell and have sold, when they last told. */
  private record Moment(int limit, int sum) {}

  private final Map<String, Moment> before = new HashMap<>();

  /** Passengers who left flights, by order and flight. */
  private final Map<String, Set<String>> gone = new HashMap<>();

  /** What changes would give up and take, by their id. */
  private final Map<String, JsonNode> changes = new HashMap<>();

  private final List<String> faults = new ArrayList<>();
  private int moments;

  private Moments(Map<String, Set<Integer>> limits) {
    this.limits = limits;
  }

  /**
   * Checks every moment of the cabin Y of flights, whose highest class may sell what the cabin may.
   *
   * @param limits what each flight may ever have been allowed to sell
   * @return how many moments there were
   */
  static int check(JdbcClient jdbc, Map<String, Set<Integer>> limits) {
    var walk = new Moments(limits);
    jdbc.sql(EVENTS)
        .query(
            row -> {
              walk.next(row.getString("type"), JsonMapper.shared().readTree(row.getString("data")));
            });
    assertThat(walk.faults).isEmpty();
    return walk.moments;
  }

  private void next(String type, JsonNode event) {
    var order = event.at("/order").asString("");
    var hold = event.at("/hold").asString("");
    switch (type) {
      case "order.OrderPlaced.v4" -> orders.put(order, event);
      case "order.ChangeQuoted.v2" -> changes.put(event.at("/change").asString(), event);
      case "reservation.SpaceHeld.v2" -> {
        if (hold.equals(order)) {
          take(order, segments(order, 0));
        } else {
          takeFor(hold);
        }
      }
      case "reservation.WaitlistCleared.v1" ->
          take(order, segments(order, event.at("/choice").asInt()));
      case "reservation.SpaceConfirmed.v2" -> {
        if (hold.equals(order)) {
          confirm(order);
        } else {
          change(order, hold);
        }
      }
      case "reservation.SpaceReleased.v2",
          "reservation.SpaceHoldLapsed.v2",
          "reservation.SpaceConfirmationRefused.v3" ->
          taken.values().forEach(holders -> holders.remove(hold));
      case "reservation.SpaceReduced.v1" -> reduce(order, event);
      case "reservation.PassengerReprotected.v1" -> move(order, event);
      case "reservation.FlightCancelled.v1" -> taken.remove(event.at("/flight").asString());
      case "reservation.AvailabilityChanged.v1" -> left(event);
      default -> {} // does not move seats
    }
  }

  private JsonNode segments(String order, int choice) {
    var placed = orders.getOrDefault(order, JsonMapper.shared().nullNode());
    return choice == 0
        ? placed.at("/segments")
        : placed.at("/waitlist/anyOf/%d/segments".formatted(choice - 1));
  }

  /**
   * A payment that came late takes the same space again: what was ordered, or what was itineraries.
   */
  private void confirm(String order) {
    if (taken.values().stream().noneMatch(holders -> holders.containsKey(order))) {
      take(order, itineraries.getOrDefault(order, segments(order, 0)));
    }
  }

  private void take(String order, JsonNode segments) {
    itineraries.put(order, segments);
    for (var segment : segments) {
      var flight = segment.at("/flight").asString();
      var left = gone.getOrDefault(order + flight, Set.of());
      put(flight, order, (int) seated(order).stream().filter(p -> !left.contains(p)).count());
    }
  }

  /** Those of an order who need seats. */
  private List<String> seated(String order) {
    return orders
        .getOrDefault(order, JsonMapper.shared().nullNode())
        .at("/travellers")
        .valueStream()
        .filter(traveller -> !traveller.at("/type").asString().equals("INFANT"))
        .map(traveller -> traveller.at("/id").asString())
        .toList();
  }

  private void put(String flight, String order, int seats) {
    taken.computeIfAbsent(flight, _ -> new HashMap<>()).put(order, seats);
  }

  private void reduce(String order, JsonNode event) {
    for (var part : event.at("/parts")) {
      var flight = part.at("/flight").asString();
      var left = gone.computeIfAbsent(order + flight, _ -> new HashSet<>());
      var leaving = part.at("/passengers").valueStream().map(p -> p.asString()).toList();
      var seats = seated(order).stream().filter(p -> leaving.contains(p) && left.add(p)).count();
      taken
          .getOrDefault(flight, new HashMap<>())
          .computeIfPresent(order, (_, before) -> before - (int) seats);
    }
  }

  private JsonNode quoted(String change) {
    return changes.getOrDefault(change, JsonMapper.shared().nullNode());
  }

  /** Those who change and need seats. */
  private static int seats(JsonNode quoted) {
    return (int)
        quoted
            .at("/travellers")
            .valueStream()
            .filter(traveller -> !traveller.at("/type").asString().equals("INFANT"))
            .count();
  }

  /** A hold of a change has seats of its own, beside those of its order. */
  private void takeFor(String change) {
    var quoted = quoted(change);
    quoted
        .at("/added")
        .valueStream()
        .forEach(segment -> put(segment.at("/flight").asString(), change, seats(quoted)));
  }

  /** They are the order's now, instead of those that it gave up. */
  private void change(String order, String change) {
    var quoted = quoted(change);
    taken.values().forEach(holders -> holders.remove(change));
    for (var part : quoted.at("/parts")) {
      taken
          .getOrDefault(part.at("/flight").asString(), new HashMap<>())
          .computeIfPresent(order, (_, before) -> before - seats(quoted));
    }
    var passengers = quoted.at("/travellers").valueStream().map(t -> t.at("/id").asString());
    var changed = passengers.toList();
    for (var segment : quoted.at("/added")) {
      var flight = segment.at("/flight").asString();
      gone.getOrDefault(order + flight, new HashSet<>()).removeAll(changed);
      taken.computeIfAbsent(flight, _ -> new HashMap<>()).merge(order, seats(quoted), Integer::sum);
    }
  }

  /** To other flights; only the cabin Y counts here. */
  private void move(String order, JsonNode event) {
    event
        .at("/removed")
        .valueStream()
        .forEach(f -> taken.getOrDefault(f.asString(), new HashMap<>()).remove(order));
    var passengers = event.at("/passengers").valueStream().map(p -> p.asString()).toList();
    var seats = (int) seated(order).stream().filter(passengers::contains).count();
    event
        .at("/added")
        .valueStream()
        .filter(segment -> segment.at("/cabin").asString().equals("Y"))
        .forEach(segment -> put(segment.at("/flight").asString(), order, seats));
  }

  private void left(JsonNode event) {
    var flight = event.at("/flight").asString();
    var known = limits.get(flight);
    if (known == null) {
      return;
    }
    var cabin =
        event.at("/cabins").valueStream().filter(c -> c.at("/cabin").asString().equals("Y"));
    cabin.findFirst().ifPresent(c -> left(flight, c.at("/available/0").asInt(), known));
  }

  private void left(String flight, int available, Set<Integer> known) {
    moments++;
    var sum =
        taken.getOrDefault(flight, Map.of()).values().stream().mapToInt(Integer::intValue).sum();
    if (!known.contains(available + sum)) {
      faults.add(
          "%s has %d left and %d taken, which is none of its limits %s"
              .formatted(flight, available, sum, known));
    }
    var limit = available + sum;
    var last = before.put(flight, new Moment(limit, sum));
    if (last != null && last.limit == limit && last.sum < sum && available < 0) {
      faults.add("%s gave seats and has %d left".formatted(flight, available));
    }
  }
}
