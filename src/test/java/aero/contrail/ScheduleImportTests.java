package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Seasons, SSIM, withdrawals and dry runs, over HTTP. Has a database of its own. */
@HttpTest
@TestPropertySource(properties = "contrail.reservation.schedule-horizon=P30D")
@DirtiesContext
class ScheduleImportTests {

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  private Api operations = Api.anonymous(0);
  private Sales sales = new Sales(operations);

  @BeforeEach
  void connect() {
    operations = Api.anonymous(port).as("operations");
    sales = new Sales(operations);
  }

  private static void assertCounts(
      Api.Answer done, int created, int changed, int unchanged, int withdrawn) {
    assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
    assertThat(done.json().at("/created").asInt()).as(done.text()).isEqualTo(created);
    assertThat(done.json().at("/changed").asInt()).as(done.text()).isEqualTo(changed);
    assertThat(done.json().at("/unchanged").asInt()).as(done.text()).isEqualTo(unchanged);
    assertThat(done.json().at("/withdrawn").asInt()).as(done.text()).isEqualTo(withdrawn);
    assertThat(done.json().at("/rejectedCount").asInt()).as(done.text()).isZero();
  }

  private static byte[] resource(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/" + name));
  }

  @Test
  void anSsimFileIsTheSameScheduleAsItsCsv() throws IOException {
    var ssim = resource("ssim-B6-2013-07-01_07.ssim");
    assertCounts(sales.importFile("application/vnd.iata.ssim", ssim, "skip"), 1123, 0, 0, 0);
    var csv = resource("flights-B6-2013-07-01_07.csv.gz");
    assertCounts(sales.importFile("application/gzip", csv, "reject_all"), 0, 0, 1123, 0);
    assertThat(
            jdbc.sql("select count(*) from reservation.flight where id like 'B6%-2013-%'")
                .query(Integer.class)
                .single())
        .isEqualTo(1123);
  }

  private static final String SEASONS =
      "carrier,flight_number,valid_from,valid_to,days_of_week,origin,destination,"
          + "scheduled_departure,scheduled_arrival,aircraft_type\n";

  /** The clocks of New York and Chicago go back on 7 November 2027. */
  @Test
  void aSeasonKeepsItsLocalTimesOverAClockChange() {
    var season = SEASONS + "ZA,101,2027-11-05,2027-11-08,1567,EWR,ORD,10:00,11:40,738\n";
    assertCounts(sales.importFile(season, "skip"), 4, 0, 0, 0);
    assertThat(operations.get("/flights/ZA101-2027-11-06-EWR").at("/departure"))
        .isEqualTo("2027-11-06T10:00:00-04:00");
    assertThat(operations.get("/flights/ZA101-2027-11-08-EWR").at("/departure"))
        .isEqualTo("2027-11-08T10:00:00-05:00");
  }

  @Test
  void aSeasonInUtcMovesWithTheClocksAndSaysSo() {
    var season =
        SEASONS.replace("\n", ",time_mode\n")
            + "ZB,101,2027-11-05,2027-11-08,1567,EWR,ORD,14:00,16:40,738,U\n";
    var done = sales.importFile(season, "skip");
    assertCounts(done, 4, 0, 0, 0);
    assertThat(operations.get("/flights/ZB101-2027-11-06-EWR").at("/departure"))
        .isEqualTo("2027-11-06T10:00:00-04:00");
    assertThat(operations.get("/flights/ZB101-2027-11-08-EWR").at("/departure"))
        .isEqualTo("2027-11-08T09:00:00-05:00");
    assertThat(done.at("/warnings/0")).contains("Line 2", "10:00", "09:00 from 2027-11-07 on");
  }

  @Test
  void aSeasonWithoutEndEndsAtTheHorizon() {
    var from = Sales.day().minusDays(60);
    var season = SEASONS + "ZC,1,%s,00XXX00,1234567,EWR,ORD,10:00,11:40,738\n".formatted(from);
    assertCounts(sales.importFile(season, "skip"), 31, 0, 0, 0);
  }

  @Test
  void aWrongPeriodIsOneRejectionAndAWrongTypeIsOne() {
    var season =
        SEASONS
            + "ZD,1,2027-13-05,2027-11-08,1567,EWR,ORD,10:00,11:40,738\n"
            + "ZD,2,2027-11-01,2027-11-30,1234567,EWR,ORD,10:00,11:40,XXX\n";
    var done = sales.importFile(season, "skip");
    assertThat(done.at("/rejectedCount")).as(done.text()).isEqualTo("2");
    assertThat(done.at("/rejected/0/code")).isEqualTo("bad_period");
    assertThat(done.at("/rejected/1/code")).isEqualTo("unknown_aircraft_type");
    assertThat(done.at("/rejected/1/line")).isEqualTo("3");
    assertThat(done.at("/rowsRead")).isEqualTo("31");
  }

  private String flights(String carrier, int... numbers) {
    var rows = new StringBuilder(Sales.FLIGHTS);
    for (var number : numbers) {
      rows.append("%s,%d,%s,EWR,ORD,10:00,11:40,738\n".formatted(carrier, number, Sales.day()));
    }
    return rows.toString();
  }

  private static String id(String carrier, int number) {
    return "%s%d-%s-EWR".formatted(carrier, number, Sales.day());
  }

  private Api.Answer importWith(String query, String csv) {
    return sales.imported(query, "text/csv", csv.getBytes(StandardCharsets.UTF_8));
  }

  /** What nobody booked is cancelled; what somebody did sells nothing more, and is named. */
  @Test
  void aScheduleTakesOffWhatItDoesNotHaveAnyMore() {
    assertCounts(sales.importFile(flights("ZE", 1, 2, 3), "skip"), 3, 0, 0, 0);
    assertCounts(sales.importFile(flights("ZF", 1), "skip"), 1, 0, 0, 0);
    sales.hold(id("ZE", 2), "Y");
    var offer = sales.offerId(id("ZE", 2), "Y");

    var dry = importWith("absent=withdraw&dryRun=true", flights("ZE", 1));
    assertCounts(dry, 0, 0, 1, 2);
    assertThat(dry.at("/dryRun")).isEqualTo("true");
    assertThat(operations.get("/flights/" + id("ZE", 3)).at("/status")).isEqualTo("OPEN");

    var done = importWith("absent=withdraw", flights("ZE", 1));
    assertCounts(done, 0, 0, 1, 2);
    assertThat(done.json().at("/differences")).isEqualTo(dry.json().at("/differences"));
    assertThat(done.at("/differences/0/flightId")).isEqualTo(id("ZE", 2));
    assertThat(done.at("/differences/0/changes/0")).isEqualTo("SALES_CLOSED");
    assertThat(done.at("/differences/0/parties")).isEqualTo("1");
    assertThat(done.at("/differences/1/changes/0")).isEqualTo("CANCELLED");
    assertThat(operations.get("/flights/" + id("ZE", 2)).at("/status")).isEqualTo("SALES_CLOSED");
    assertThat(operations.get("/flights/" + id("ZE", 3)).at("/status")).isEqualTo("CANCELLED");
    assertThat(operations.get("/flights/" + id("ZF", 1)).at("/status")).isEqualTo("OPEN");

    var web = operations.as("web");
    web.create("/orders", Sales.ada(offer, "tok_ok"), "Prefer", "wait=20")
        .problem(409, "space_unavailable");
    operations.create("/flights/" + id("ZE", 2) + "/open", "").expect(200);
    web.create("/orders", Sales.ada(offer, "tok_ok"), "Prefer", "wait=20").expect(201);
  }

  @Test
  void whatIsInTheScheduleAgainSellsAgain() {
    assertCounts(sales.importFile(flights("ZK", 1, 2), "skip"), 2, 0, 0, 0);
    sales.hold(id("ZK", 2), "Y");
    assertCounts(importWith("absent=withdraw", flights("ZK", 1)), 0, 0, 1, 1);
    var back = sales.importFile(flights("ZK", 1, 2), "skip");
    assertCounts(back, 0, 1, 1, 0);
    assertThat(back.at("/differences/0/changes/0")).isEqualTo("SALES_OPENED");
    assertThat(operations.get("/flights/" + id("ZK", 2)).at("/status")).isEqualTo("OPEN");
  }

  @Test
  void aCancelledFlightStaysSoAndIsNamed() {
    assertCounts(sales.importFile(flights("ZL", 1), "skip"), 1, 0, 0, 0);
    operations.create("/flights/" + id("ZL", 1) + "/cancel", "").expect(200);
    var again = sales.importFile(flights("ZL", 1), "skip");
    assertCounts(again, 0, 0, 1, 0);
    assertThat(again.at("/warnings/0"))
        .isEqualTo("Line 2: %s is cancelled, and stays so.".formatted(id("ZL", 1)));
  }

  @Test
  void nothingIsTakenOffByAFileWithWrongRows() {
    assertCounts(sales.importFile(flights("ZG", 1, 2), "skip"), 2, 0, 0, 0);
    var wrong = flights("ZG", 1) + "ZG,2,%s,EWR,XXX,10:00,11:40,738\n".formatted(Sales.day());
    var done = importWith("absent=withdraw", wrong);
    assertThat(done.at("/withdrawn")).as(done.text()).isEqualTo("0");
    assertThat(done.at("/warnings/0")).contains("no flight was withdrawn");
    assertThat(operations.get("/flights/" + id("ZG", 2)).at("/status")).isEqualTo("OPEN");
  }

  /** What a dry run says is what is done. */
  @Test
  void aDryRunTellsDifferencesAndWhoIsAffected() {
    assertCounts(sales.importFile(flights("ZH", 1, 2), "skip"), 2, 0, 0, 0);
    sales.hold(id("ZH", 1), "Y");
    var wanted = flights("ZH", 1, 2, 3).replace("10:00,11:40,738", "14:00,15:40,320");
    var dry = importWith("dryRun=true", wanted);
    assertCounts(dry, 1, 2, 0, 0);
    assertThat(dry.at("/differences/0/line")).isEqualTo("2");
    assertThat(dry.at("/differences/0/changes/0")).isEqualTo("RETIMED");
    assertThat(dry.at("/differences/0/changes/1")).isEqualTo("RE_EQUIPPED");
    assertThat(dry.at("/differences/0/severity")).isEqualTo("MAJOR");
    assertThat(dry.at("/differences/0/seats")).isEqualTo("1");
    operations.get("/flights/" + id("ZH", 3)).expect(404);
    var done = importWith("onError=skip", wanted);
    assertCounts(done, 1, 2, 0, 0);
    assertThat(done.json().at("/differences")).isEqualTo(dry.json().at("/differences"));
  }

  /** What only the database knows is known before the first row is written. */
  @Test
  void nothingIsTakenWhenAFlightWithBookingsIsSentElsewhere() {
    assertCounts(sales.importFile(flights("ZI", 9), "skip"), 1, 0, 0, 0);
    sales.hold(id("ZI", 9), "Y");
    var wanted = flights("ZI", 1) + "ZI,9,%s,EWR,MIA,10:00,13:10,738\n".formatted(Sales.day());
    var done = sales.importFile(wanted, "reject_all");
    assertThat(done.at("/status")).as(done.text()).isEqualTo("FAILED");
    assertThat(done.at("/rejected/0/code")).isEqualTo("flight_has_bookings");
    operations.get("/flights/" + id("ZI", 1)).expect(404);
  }

  @Test
  void whatToDoIsSaidInKnownWords() {
    operations
        .post("/flights/imports?absent=drop&dryRun=true", "")
        .problem(415, "unsupported_media_type");
    var answer =
        operations.send(
            "POST",
            "/flights/imports?absent=drop&dryRun=true",
            "text/csv",
            flights("ZJ", 1).getBytes(StandardCharsets.UTF_8));
    answer.problem(400, "invalid_parameter");
  }
}
