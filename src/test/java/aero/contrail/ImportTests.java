package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** Real schedules, imported over HTTP. */
@HttpTest
@DirtiesContext
class ImportTests {

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  private Sales sales = new Sales(Api.anonymous(0));

  @BeforeEach
  void connect() {
    sales = new Sales(Api.anonymous(port));
  }

  private Api.Answer file(String path) throws IOException {
    return sales.importFile("application/gzip", Files.readAllBytes(Path.of(path)), "skip");
  }

  private long count(String sql) {
    return jdbc.sql(sql).query((row, _) -> row.getLong(1)).single();
  }

  private static void assertCounts(
      Api.Answer done, int rows, int created, int unchanged, int rejected) {
    assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
    assertThat(done.json().at("/rowsRead").asInt()).isEqualTo(rows);
    assertThat(done.json().at("/created").asInt()).isEqualTo(created);
    assertThat(done.json().at("/changed").asInt()).isZero();
    assertThat(done.json().at("/unchanged").asInt()).isEqualTo(unchanged);
    assertThat(done.json().at("/rejectedCount").asInt()).isEqualTo(rejected);
  }

  /** Every instant in the file is checked against the local times: a difference is a rejection. */
  @Test
  void theDayThenTheWeekThenTheWeekAgain() throws IOException {
    assertCounts(file("src/test/resources/flights-2013-07-01.csv.gz"), 964, 964, 0, 0);
    var july = " where departure_date between '2013-07-01' and '2013-07-07'";
    assertThat(count("select count(distinct destination) from reservation.flight" + july))
        .isEqualTo(89);
    assertThat(count("select count(distinct left(id, 2)) from reservation.flight" + july))
        .isEqualTo(15);
    var seats = "select sum(capacity) from reservation.cabin where flight_id like '%-2013-07-0%'";
    assertThat(count(seats)).isEqualTo(118_015);

    var week = "src/main/resources/demo/flights-2013-07-01_07.csv.gz";
    assertCounts(file(week), 6188, 6188 - 964, 964, 0);
    assertThat(count(seats)).isEqualTo(760_723);
    assertCounts(file(week), 6188, 0, 6188, 0);
    assertThat(count("select count(*) from reservation.flight" + july)).isEqualTo(6188);
  }

  @Test
  void weekendsOnWhichTheClocksChange() throws IOException {
    assertCounts(
        file("src/test/resources/flights-2013-03-09_10-dst-start.csv.gz"), 1670, 1670, 0, 0);
    assertCounts(file("src/test/resources/flights-2013-11-02_03-dst-end.csv.gz"), 1591, 1591, 0, 0);
  }

  @Test
  void badRowsAreListedAndTheOthersTaken() {
    var csv =
        Sales.FLIGHTS.replace("\n", ",colour\n")
            + "UA,7001,2031-01-01,EWR,ORD,10:00,11:30,738,red\n"
            + "UA,7002,2031-01-01,EWR,XXX,10:00,11:30,738,red\n"
            + "UA,7001,2031-01-01,EWR,ORD,10:00,11:30,738,red\n"
            + "UA,7003,2031-13-01,EWR,ORD,10:00,11:30,738,red\n";
    var done = sales.importFile(csv, "skip");
    assertCounts(done, 4, 1, 0, 3);
    assertThat(done.json().at("/rejected/0/line").asInt()).isEqualTo(3);
    assertThat(done.at("/rejected/0/code")).isEqualTo("unknown_airport");
    assertThat(done.at("/rejected/1/code")).isEqualTo("duplicate_row");
    assertThat(done.at("/rejected/2/code")).isEqualTo("bad_date");
    assertThat(done.at("/warnings/0")).contains("colour");
  }

  @Test
  void oneImpossibleRowDoesNotSpoilTheOthers() {
    var csv =
        "\uFEFF"
            + Sales.FLIGHTS
            + "UA,7301,2031-01-01,EWR,ORD,10:00,11:30,738\n"
            + "UA,7302,+12345-01-01,EWR,ORD,10:00,11:30,738\n"
            + "UA,7303,2031-01-01,EWR,ORD,10:00,11:30,738\n";
    assertCounts(sales.importFile(csv, "skip"), 3, 2, 0, 1);
  }

  @Test
  void referenceDataIsCheckedRowByRow() {
    var layouts =
        """
        configuration,aircraft_type,cabin,first_row,last_row,columns,exit_rows
        T01-Y60,T01,Y,1,10,ABC-DEF,
        T01-Y60,T01,Y,1,10,ABC-DEF,
        T02-Y60,T02,Y,9,2,ABC-DEF,
        T\\N3,T03,Y,1,10,ABC-DEF,
        """;
    assertCounts(sales.importFile(layouts, "skip"), 4, 0, 0, 4);
    var airports =
        """
        iata,name,lat,lon,tz
        QQA,A,1,1,UTC
        QQB,B,NaN,1,UTC
        """;
    assertThat(sales.importFile(airports, "reject_all").at("/status")).isEqualTo("FAILED");
    assertThat(sales.importFile("iata,name\nQQC,C\n", "skip").at("/rejected/0/code"))
        .isEqualTo("missing_column");
  }

  @Test
  void allOrNothing() {
    var csv =
        Sales.FLIGHTS
            + "UA,7101,2031-01-01,EWR,ORD,10:00,11:30,738\n"
            + "UA,7102,2031-01-01,EWR,XXX,10:00,11:30,738\n";
    var done = sales.importFile(csv, "reject_all");
    assertThat(done.at("/status")).isEqualTo("FAILED");
    assertThat(done.at("/rejected/0/code")).isEqualTo("unknown_airport");
    Api.anonymous(port).as("operations").get("/flights/UA7101-2031-01-01-EWR").expect(404);
  }

  @Test
  void anotherTimeOrTypeIsAChange() {
    var row = "UA,7201,2031-01-01,EWR,ORD,%s,13:30,%s\n";
    assertThat(
            sales.importFile(Sales.FLIGHTS + row.formatted("10:00", "738"), "skip").at("/created"))
        .isEqualTo("1");
    assertThat(
            sales.importFile(Sales.FLIGHTS + row.formatted("11:00", "738"), "skip").at("/changed"))
        .isEqualTo("1");
    assertThat(
            sales.importFile(Sales.FLIGHTS + row.formatted("11:00", "320"), "skip").at("/changed"))
        .isEqualTo("1");
    var operations = Api.anonymous(port).as("operations");
    var flight = "/flights/UA7201-2031-01-01-EWR";
    assertThat(operations.get(flight).at("/departure")).startsWith("2031-01-01T11:00");
    var cabins = operations.get(flight + "/inventory").json().at("/cabins");
    assertThat(cabins.at("/0/cabin").asString()).isEqualTo("F"); // gone with the aircraft
    assertThat(cabins.at("/0/authorised").asInt()).isZero();
    assertThat(cabins.at("/1/authorised").asInt()).isEqualTo(150);
  }

  private static final String LAYOUTS =
      "configuration,aircraft_type,cabin,first_row,last_row,columns,exit_rows\n";

  private long seats(String configuration) {
    return count(
        """
        select coalesce(sum((last_row - first_row + 1) * length(replace(columns, '-', ''))), 0)
          from reservation.layout
         where configuration = '%s'
        """
            .formatted(configuration));
  }

  /** Rows of before would be seats that no aircraft has. */
  @Test
  void aConfigurationIsReplacedAsAWhole() {
    var before = LAYOUTS + "T10-Y66,T10,Y,1,10,ABC-DEF,5\nT10-Y66,T10,Y,11,11,ABC-DEF,\n";
    assertCounts(sales.importFile(before, "skip"), 2, 2, 0, 0);
    var after = LAYOUTS + "T10-Y66,T10,Y,1,8,ABC-DEF,5\n";
    assertThat(sales.importFile(after, "skip").at("/changed")).isEqualTo("2");
    assertThat(seats("T10-Y66")).isEqualTo(48);
    var overlapping = LAYOUTS + "T10-Y66,T10,Y,1,8,ABC-DEF,\nT10-Y66,T10,Y,8,9,ABC-DEF,\n";
    var refused = sales.importFile(overlapping, "skip");
    assertCounts(refused, 2, 0, 0, 2);
    assertThat(refused.at("/rejected/0/message")).contains("rows 1 to 8 and 8 to 9");
    assertThat(seats("T10-Y66")).isEqualTo(48);
  }

  /** Another usual configuration of a type says nothing of the flights that are there. */
  @Test
  void aFleetIsNotReEquippedByANewConfiguration() {
    sales.importFile(LAYOUTS + "T11-Y60,T11,Y,1,10,ABC-DEF,\n", "skip");
    var flight = Sales.FLIGHTS + "UA,7211,2031-01-01,EWR,ORD,%s,13:30,T11\n";
    assertThat(sales.importFile(flight.formatted("10:00"), "skip").at("/created")).isEqualTo("1");
    sales.importFile(LAYOUTS + "T11-Y30,T11,Y,1,5,ABC-DEF,\n", "skip");
    assertThat(sales.importFile(flight.formatted("10:00"), "skip").at("/unchanged")).isEqualTo("1");
    assertThat(sales.importFile(flight.formatted("10:10"), "skip").at("/changed")).isEqualTo("1");
    assertThat(sales.inventory("UA7211-2031-01-01-EWR", "capacity")).isEqualTo(60);
  }

  /** An operator's limits outlast retiming, another aircraft, and the way back. */
  @Test
  void anImportUndoesNoOperatorsLimits() {
    var flight = Sales.FLIGHTS + "UA,7212,2031-01-01,EWR,ORD,%s,13:30,%s\n";
    sales.importFile(flight.formatted("10:00", "ER4"), "skip");
    var operations = Api.anonymous(port).as("operations");
    var path = "/flights/UA7212-2031-01-01-EWR/inventory";
    var limits =
        Map.of(
            "cabin",
            "Y",
            "authorised",
            52,
            "classes",
            List.of(Map.of("fareClass", "L", "limit", 1)));
    operations
        .put(
            path,
            Map.of("cabins", List.of(limits)),
            "If-Match",
            operations.get(path).header("ETag"))
        .expect(200);
    sales.importFile(flight.formatted("10:10", "ER4"), "skip");
    assertThat(sales.inventory("UA7212-2031-01-01-EWR", "authorised")).isEqualTo(52);
    sales.importFile(flight.formatted("10:10", "CR2"), "skip");
    var cabin = operations.get(path).json().at("/cabins/0");
    assertThat(cabin.at("/authorised").asInt()).isEqualTo(cabin.at("/capacity").asInt() + 2);
    assertThat(
            cabin
                .at("/classes")
                .valueStream()
                .filter(c -> c.at("/fareClass").asString().equals("L"))
                .map(c -> c.at("/limit").asInt()))
        .containsExactly(1);
    sales.importFile(flight.formatted("10:10", "ER4"), "skip");
    assertThat(sales.inventory("UA7212-2031-01-01-EWR", "authorised")).isEqualTo(52);
  }

  @Test
  void aFileThatIsNoneOfOursFails() {
    assertThat(sales.importFile("a,b\n1,2\n", "skip").at("/rejected/0/code"))
        .isEqualTo("unknown_file");
    assertThat(sales.importFile("carrier,flight_number\nUA,1\n", "skip").at("/rejected/0/code"))
        .isEqualTo("missing_column");
  }
}
