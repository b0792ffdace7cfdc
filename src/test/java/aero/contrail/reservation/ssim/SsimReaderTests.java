package aero.contrail.reservation.ssim;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.reservation.csv.FileLines;
import aero.contrail.reservation.schedule.FlightRow;
import aero.contrail.reservation.schedule.PeriodRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SsimReaderTests {

  private static final String TITLE = "1AIRLINE STANDARD SCHEDULE DATA SET";

  private final List<String> warnings = new ArrayList<>();

  /** Columns are counted from 1. */
  private static String put(String record, int column, String text) {
    var wide = record + " ".repeat(200 - record.length());
    return wide.substring(0, column - 1) + text + wide.substring(column - 1 + text.length());
  }

  private static String carrier(char mode) {
    return put("2" + mode + "B6", 195, "000002");
  }

  /** Daily in the first week of July 2027, New York to Fort Lauderdale. */
  private static String leg() {
    var leg = put("3 B6  001", 10, "0101J");
    leg = put(leg, 15, "01JUL27");
    leg = put(leg, 22, "07JUL27");
    leg = put(leg, 29, "1234567");
    leg = put(leg, 37, "JFK10291029-0400");
    leg = put(leg, 55, "FLL13201320-0400");
    leg = put(leg, 73, "320");
    leg = put(leg, 173, "Y150");
    return put(leg, 195, "000003");
  }

  private static String trailer(String serial) {
    return put(put("5 B6", 188, serial), 195, "000004");
  }

  private List<FlightRow> rows(String... records) throws IOException {
    var file = (String.join("\r\n", records) + "\r\n").getBytes(StandardCharsets.UTF_8);
    try (var reader =
        new SsimReader(new FileLines(new ByteArrayInputStream(file)), warnings::add)) {
      return reader.rows().toList();
    }
  }

  private FlightRow row(String leg) throws IOException {
    return rows(TITLE, carrier('L'), leg, trailer("000003")).getFirst();
  }

  private List<FlightRow> legs(String leg) throws IOException {
    return new PeriodRules(LocalDate.of(2027, 7, 10)).legs(row(leg)).toList();
  }

  @Test
  void aLegIsARowWithAPeriod() throws IOException {
    var row = row(leg());
    assertThat(row.line()).isEqualTo(3);
    assertThat(row.fault()).isNull();
    assertThat(row.values())
        .containsEntry("carrier", "B6")
        .containsEntry("flight_number", "1")
        .containsEntry("origin", "JFK")
        .containsEntry("destination", "FLL")
        .containsEntry("scheduled_departure", "10:29")
        .containsEntry("scheduled_arrival", "13:20")
        .containsEntry("aircraft_type", "320")
        .containsEntry("preferred_configuration", "320-Y150")
        .containsEntry("valid_from", "2027-07-01")
        .containsEntry("valid_to", "2027-07-07");
    assertThat(warnings).isEmpty();
  }

  @Test
  void itsDaysOfOperationAreFlown() throws IOException {
    assertThat(legs(put(leg(), 29, "1   5  ")))
        .extracting(leg -> leg.get("departure_date"))
        .containsExactly("2027-07-02", "2027-07-05");
  }

  @Test
  void anOpenEndIsTheHorizon() throws IOException {
    assertThat(legs(put(leg(), 22, "00XXX00"))).hasSize(10);
  }

  @Test
  void everyOtherWeekIsCountedFromTheBegin() throws IOException {
    var fortnightly = put(put(put(leg(), 22, "31JUL27"), 29, "   4   "), 36, "2");
    assertThat(new PeriodRules(LocalDate.of(2028, 1, 1)).legs(row(fortnightly)))
        .extracting(leg -> leg.get("departure_date"))
        .containsExactly("2027-07-01", "2027-07-15", "2027-07-29");
  }

  /** The second leg of a flight may leave the day after: dates are those of the flight. */
  @Test
  void aDateVariationMovesDatesAndDays() throws IOException {
    var later = put(put(leg(), 29, "1      "), 193, "12");
    assertThat(legs(later))
        .extracting(leg -> leg.get("departure_date") + " " + leg.get("arrival_day_offset"))
        .containsExactly("2027-07-06 1");
  }

  /** Saturday and Sunday of one week of the flight, though the leg leaves on a Monday. */
  @Test
  void aFortnightIsThatOfTheFlightNotOfTheLeg() throws IOException {
    var flights = put(put(put(leg(), 15, "03JUL27"), 22, "31JUL27"), 29, "     67");
    var legs =
        new PeriodRules(LocalDate.of(2028, 1, 1)).legs(row(put(put(flights, 36, "2"), 193, "11")));
    assertThat(legs)
        .extracting(leg -> leg.get("departure_date"))
        .containsExactly("2027-07-04", "2027-07-05", "2027-07-18", "2027-07-19", "2027-08-01");
  }

  @Test
  void aVariationThatIsNoneIsNotLookedAt() throws IOException {
    assertThat(row(put(leg(), 48, "+9900")).fault()).isNull();
  }

  @Test
  void timesInUtcAreInstants() throws IOException {
    var row = rows(TITLE, carrier('U'), put(put(leg(), 40, "2310"), 62, "0201")).getFirst();
    assertThat(new PeriodRules(LocalDate.of(2028, 1, 1)).legs(row).findFirst())
        .hasValueSatisfying(
            leg -> {
              assertThat(leg.get("std_utc")).isEqualTo("2027-07-01T23:10Z");
              assertThat(leg.get("sta_utc")).isEqualTo("2027-07-02T02:01Z");
              assertThat(leg.get("scheduled_departure")).isNull();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "15,XXJUL27,bad_ssim_record",
    "29,1234568,bad_ssim_record",
    "40,2460,bad_ssim_record",
    "6,12AB,bad_ssim_record",
    "193,9,bad_ssim_record",
    "14,F,no_passengers",
    "14,P,no_passengers",
    "149,L,codeshare",
  })
  void whatIsWrongCostsTheLeg(int column, String text, String code) throws IOException {
    var rows = rows(TITLE, carrier('L'), put(leg(), column, text), leg(), trailer("000003"));
    assertThat(rows.getFirst().fault()).extracting(FlightRow.Fault::code).isEqualTo(code);
    assertThat(rows.getFirst().line()).isEqualTo(3);
    assertThat(rows.getLast().fault()).isNull();
  }

  @Test
  void segmentDataTellsOfACodeShareAndOfNothingElse() throws IOException {
    var segment = put("4 B6  001", 31, "050JFKFLLUA  0001");
    var meals = put("4 B6  001", 31, "109JFKFLLM");
    var rows = rows(TITLE, carrier('L'), leg(), segment, leg(), meals, trailer("      "));
    assertThat(rows.getFirst().fault()).extracting(FlightRow.Fault::code).isEqualTo("codeshare");
    assertThat(rows.getLast().fault()).isNull();
    assertThat(warnings).contains("2 records of segment data (type 4) were not read.");
  }

  @Test
  void fillersAreSkippedAndSeasonsFollowEachOther() throws IOException {
    var rows =
        rows(
            TITLE,
            "0".repeat(200),
            carrier('L'),
            leg(),
            trailer("000003"),
            carrier('U'),
            leg(),
            trailer("000003"));
    assertThat(rows).extracting(row -> row.get("time_mode")).containsExactly("L", "U");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aSerialThatIsMissingIsTold() throws IOException {
    rows(TITLE, carrier('L'), leg(), trailer("000009"));
    assertThat(warnings).anyMatch(warning -> warning.startsWith("Line 4: the trailer comes after"));
  }

  @Test
  void aFileThatIsCutOffIsTold() throws IOException {
    assertThat(rows(TITLE, carrier('L'), leg())).hasSize(1);
    assertThat(warnings)
        .contains("The file ends without a trailer (type 5): records may be missing.");
  }

  @Test
  void aLegWithoutCarrierAndAnUnknownRecordAreNamed() throws IOException {
    assertThat(rows(TITLE, leg(), "7"))
        .extracting(row -> row.fault() == null ? "" : row.fault().message())
        .containsExactly("there is no record type 7", "no carrier record (type 2) comes before it");
  }
}
