package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files as people and spreadsheets make them: what is wrong costs its row, and is named. */
@HttpTest
class ImportCasesTests {

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  private Sales sales = new Sales(Api.anonymous(0));

  @BeforeEach
  void connect() {
    sales = new Sales(Api.anonymous(port));
  }

  private static byte[] file(String name) throws IOException {
    try (var file = ImportCasesTests.class.getResourceAsStream("/imports/" + name + ".csv")) {
      assertThat(file).as(name).isNotNull();
      return file.readAllBytes();
    }
  }

  private Answer imported(String name, String onError) throws IOException {
    return sales.importFile("text/csv", file(name), onError);
  }

  private static void assertCounts(Answer answer, int created, int rejected) {
    assertThat(answer.at("/created")).as(answer.text()).isEqualTo("" + created);
    assertThat(answer.at("/rejectedCount")).as(answer.text()).isEqualTo("" + rejected);
  }

  @ParameterizedTest
  @CsvSource({
    "comma-only-lines,1,0,0,''",
    "trailing-commas,2,0,0,''",
    "stray-quote,9,1,7,bad_row",
    "unclosed-quote,1,1,3,bad_row",
    "surplus-values,0,1,2,bad_row",
    "line-numbers,2,1,6,unknown_airport",
    "second-0130,1,0,0,''",
    "hour-that-is-not,0,2,2,no_such_time",
    "long-and-short,2,0,0,''",
    "border-zones,2,0,0,''",
  })
  void whatIsWrongCostsItsRow(String name, int created, int rejected, int line, String code)
      throws IOException {
    var answer = imported(name, "skip");
    assertCounts(answer, created, rejected);
    if (rejected > 0) {
      assertThat(answer.at("/rejected/0/line")).as(answer.text()).isEqualTo("" + line);
      assertThat(answer.at("/rejected/0/code")).as(answer.text()).isEqualTo(code);
    }
  }

  @Test
  void nothingIsTakenOfAFileWithAWrongRowWhenThatIsAsked() throws IOException {
    var file = new String(file("stray-quote"), StandardCharsets.UTF_8).replace("UA,90", "UA,89");
    var answer = sales.importFile("text/csv", file.getBytes(StandardCharsets.UTF_8), "reject_all");
    assertCounts(answer, 0, 1);
    assertThat(answer.at("/status")).isEqualTo("FAILED");
  }

  @Test
  void aNulAndAYearThatIsNoneAreNamed() throws IOException {
    var answer = imported("nul-and-year-zero", "skip");
    assertCounts(answer, 1, 2);
    assertThat(answer.at("/rejected/0/line")).isEqualTo("2");
    assertThat(answer.at("/rejected/0/message")).contains("NUL");
    assertThat(answer.at("/rejected/1/line")).isEqualTo("3");
    assertThat(answer.at("/rejected/1/code")).isEqualTo("bad_date");
  }

  @ParameterizedTest
  @CsvSource({
    "doubled-column,1,'The column destination is there twice.'",
    "semicolons,1,separated by semicolons",
    "windows-1252-airports,2,not UTF-8",
  })
  void aFileThatCannotBeReadSaysWhy(String name, int line, String why) throws IOException {
    var answer = imported(name, "skip");
    assertThat(answer.at("/status")).as(answer.text()).isEqualTo("FAILED");
    assertThat(answer.at("/created")).isEqualTo("0");
    assertThat(answer.at("/rejected/0/line")).isEqualTo("" + line);
    assertThat(answer.at("/rejected/0/code")).isEqualTo("unreadable_file");
    assertThat(answer.at("/rejected/0/message")).contains(why);
    assertThat(
            jdbc.sql(
                    "select count(*) from reservation.airport where name like '%' || U&'\\FFFD' ||"
                        + " '%'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void improbableFlightsAreTakenAndTold() throws IOException {
    var file = new String(file("long-and-short"), StandardCharsets.UTF_8).replace("2027", "2028");
    var answer = sales.importFile("text/csv", file.getBytes(StandardCharsets.UTF_8), "skip");
    assertThat(answer.at("/warnings/0"))
        .as(answer.text())
        .startsWith("Line 2: SQ23-2028-01-12-JFK");
    assertThat(answer.at("/warnings/1")).startsWith("Line 3: LM711-2028-01-12-WRY takes 0:02 h");
  }

  private static byte[] gzip(int megabytes, byte content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var block = new byte[1 << 20];
    Arrays.fill(block, content);
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (var i = 0; i < megabytes; i++) {
        gzip.write(block);
      }
    }
    return bytes.toByteArray();
  }

  /** Neither zeros nor one endless line nor one endless field fill the memory. */
  @ParameterizedTest
  @CsvSource({"0", "65", "34"})
  void aFileThatInflatesIsRefusedAtItsFirstLine(byte content) throws IOException {
    var answer = sales.importFile("application/gzip", gzip(1024, content), "skip");
    assertThat(answer.at("/status")).as(answer.text()).isEqualTo("FAILED");
    assertThat(answer.at("/rejected/0/code")).isEqualTo("unreadable_file");
    assertThat(answer.text().length()).isLessThan(1000);
  }

  @Test
  void anEndlessFieldCostsItsRow() throws IOException {
    var file = new ByteArrayOutputStream();
    file.write(Sales.FLIGHTS.getBytes(StandardCharsets.UTF_8));
    file.write('"');
    var line = ("x".repeat(1000) + "\n").getBytes(StandardCharsets.UTF_8);
    for (var i = 0; i < 20_000; i++) {
      file.write(line);
    }
    var answer = sales.importFile("text/csv", file.toByteArray(), "skip");
    assertThat(answer.at("/created")).isEqualTo("0");
    assertThat(answer.at("/rejected/0/line")).as(answer.text()).isEqualTo("2");
    assertThat(answer.at("/rejected/0/message")).contains("quote that opens in line 2");
  }

  private static String flight9401(String destination, String arrival) {
    return "carrier,flight_number,departure_date,origin,destination,scheduled_departure,"
        + "scheduled_arrival,arrival_day_offset,aircraft_type\n"
        + "UA,9401,%s,EWR,%s,10:00,%s,0,738\n".formatted(Sales.day(), destination, arrival);
  }

  /** Another destination is another flight for those who booked this one. */
  @Test
  void aFlightWithBookingsIsNotSentElsewhere() {
    assertCounts(sales.importFile(flight9401("ORD", "11:40"), "skip"), 1, 0);
    var flight = "UA9401-" + Sales.day() + "-EWR";
    assertThat(sales.importFile(flight9401("MIA", "13:10"), "skip").at("/changed")).isEqualTo("1");
    assertThat(sales.importFile(flight9401("ORD", "11:40"), "skip").at("/changed")).isEqualTo("1");
    sales.hold(flight, "Y");
    var refused = sales.importFile(flight9401("MIA", "13:10"), "skip");
    assertCounts(refused, 0, 1);
    assertThat(refused.at("/rejected/0/line")).isEqualTo("2");
    assertThat(refused.at("/rejected/0/code")).isEqualTo("flight_has_bookings");
    assertThat(sales.importFile(flight9401("ORD", "11:45"), "skip").at("/changed")).isEqualTo("1");
  }
}
