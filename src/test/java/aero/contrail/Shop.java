package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Flights without end, members, and orders ready to be sent: what a load test sells. */
final class Shop {

  static final int FLIGHTS = 200;
  private static final int FIRST_NUMBER = 2000;
  private static final int MEMBERS = 200;
  private static final int ONWARD = 5;
  private static final JsonMapper JSON = JsonMapper.shared();

  static final List<String> DESTINATIONS =
      List.of(
          "ORD", "LAX", "SFO", "BOS", "ATL", "MIA", "DFW", "DEN", "SEA", "MCO", "IAH", "PHX", "CLT",
          "MSP", "DTW", "TPA", "FLL", "SAN", "LAS", "BNA");

  private Shop() {}

  static JdbcClient jdbc(String database) {
    var source = new PGSimpleDataSource();
    source.setUrl(database);
    return JdbcClient.create(source);
  }

  /** The number that a query finds. */
  static long count(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query((row, _) -> row.getLong(1)).single();
  }

  /** Schedules the flights, each with a hundred thousand seats, and enrols the members. */
  static void stock(Api api, JdbcClient jdbc) {
    var rows = new StringBuilder(Sales.FLIGHTS);
    for (var i = 0; i < FLIGHTS; i++) {
      var departure = "%02d:%02d".formatted(8 + i / 20, i % 20);
      var arrival = "%02d:%02d".formatted(11 + i / 20, i % 20);
      rows.append(
          String.join(
              ",",
              "UA",
              "" + (FIRST_NUMBER + i),
              Sales.day().toString(),
              "EWR",
              DESTINATIONS.get(i % DESTINATIONS.size()),
              departure,
              arrival,
              "738"));
      rows.append('\n');
    }
    var imported = new Sales(api).importFile(rows.toString(), "skip");
    assertThat(imported.at("/created")).as(imported.text()).isEqualTo("" + FLIGHTS);
    jdbc.sql(
            """
            update reservation.cabin
               set authorised = 100000,
                   limits = array_fill(100000, array[array_length(limits, 1)])
            """)
        .update();
    var web = api.as("web");
    for (var i = 0; i < MEMBERS; i++) {
      web.create("/members", Map.of("givenName", "Ada", "familyName", "Lovelace")).expect(201);
    }
  }

  /** Schedules flights onward from Chicago to the coast, so that connections are sold too. */
  static void connect(Api api, JdbcClient jdbc) {
    var rows = new StringBuilder(Sales.FLIGHTS);
    for (var i = 0; i < ONWARD; i++) {
      rows.append(
          String.join(
              ",",
              "UA",
              "" + (FIRST_NUMBER + FLIGHTS + i),
              Sales.day().toString(),
              "ORD",
              DESTINATIONS.get(1 + i % 2),
              "%02d:30".formatted(14 + i),
              "%02d:45".formatted(16 + i),
              "738"));
      rows.append('\n');
    }
    var imported = new Sales(api).importFile(rows.toString(), "skip");
    assertThat(imported.at("/created")).as(imported.text()).isEqualTo("" + ONWARD);
    jdbc.sql(
            """
            update reservation.cabin
               set authorised = 100000,
                   limits = array_fill(100000, array[array_length(limits, 1)])
             where flight_id like '%-ORD'
            """)
        .update();
  }

  /** Orders in class Y, one for each flight, each with a member and a card that pays. */
  static List<String> orders(Api api, JdbcClient jdbc) {
    var web = api.as("web");
    var members =
        jdbc.sql("select number from loyalty.member order by number desc limit " + MEMBERS)
            .query((row, _) -> row.getString(1))
            .list();
    var offers = new HashMap<String, String>();
    for (var destination : DESTINATIONS) {
      web.get(
              "/offers?origin=EWR&destination=%s&date=%s&adults=1&maxStops=0&limit=200"
                  .formatted(destination, Sales.day()))
          .expect(200)
          .json()
          .at("/items")
          .valueStream()
          .filter(offer -> offer.at("/fareClass").asString().equals("Y"))
          .forEach(
              offer ->
                  offers.put(
                      offer.at("/flights/0/flightId").asString(), offer.at("/offerId").asString()));
    }
    assertThat(offers).hasSize(FLIGHTS);
    var sorted = new ArrayList<>(new TreeMap<>(offers).values());
    return IntStream.range(0, sorted.size())
        .mapToObj(i -> order(sorted.get(i), members.get(i % members.size())))
        .toList();
  }

  private static String order(String offer, String member) {
    var passenger = new HashMap<>(Sales.ADA);
    passenger.put("memberNumber", member);
    return JSON.writeValueAsString(
        Map.of(
            "offerId",
            offer,
            "passengers",
            List.of(passenger),
            "contact",
            Sales.CONTACT,
            "payment",
            Sales.card("tok_ok")));
  }
}
