package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happened to flights, from a file. */
class OperationsFeedTests extends AtTheAirport {

  private static final String HEADER =
      "carrier,flight_number,departure_date,origin,event,event_time_utc,delay_min\n";

  private String flight = "";

  @BeforeEach
  void aFlight() {
    flight = sales.flight("ORD", "CR2");
  }

  private static String row(String flight, String event, String time) {
    var parts = flight.split("-", 2);
    return String.join(
            ",",
            List.of(
                parts[0].substring(0, 2),
                parts[0].substring(2),
                Sales.day().toString(),
                flight.substring(flight.length() - 3),
                event,
                time,
                ""))
        + "\n";
  }

  private String ago(int minutes) {
    return now().truncatedTo(ChronoUnit.SECONDS).minus(minutes, ChronoUnit.MINUTES).toString();
  }

  private Api.Answer feed(String query, String... rows) {
    var file = (HEADER + String.join("", rows)).getBytes(StandardCharsets.UTF_8);
    return sales.imported(query, "text/csv", file);
  }

  @Test
  void aFlightDepartsAndArrivesOnce() {
    var order = sales.ticket(flight, "Y").at("/id");
    var left = ago(90);
    var rows = new String[] {row(flight, "DEPARTED", left), row(flight, "ARRIVED", ago(10))};

    var first = feed("onError=skip", rows);
    assertThat(first.at("/changed")).as(first.text()).isEqualTo("2");
    var again = feed("onError=skip", rows);
    assertThat(again.at("/unchanged")).isEqualTo("2");
    assertThat(again.at("/changed")).isEqualTo("0");

    var seen = operations.get("/flights/" + flight).expect(200);
    assertThat(seen.at("/status")).isEqualTo("ARRIVED");
    assertThat(seen.at("/departedAt")).isEqualTo(left);
    assertThat(seen.at("/diverted")).isEqualTo("false");
    web.await("/orders/" + order, "/status", "COMPLETED");
  }

  @Test
  void itsArrivalMayBeToldFirst() {
    assertThat(feed("onError=skip", row(flight, "DIVERTED", ago(5))).at("/changed")).isEqualTo("1");
    assertThat(feed("onError=skip", row(flight, "DEPARTED", ago(90))).at("/unchanged"))
        .isEqualTo("1");
    assertThat(operations.get("/flights/" + flight).at("/diverted")).isEqualTo("true");
  }

  @Test
  void aCancelledFlightAsksItsPassengers() {
    var cancelled = sales.flightAlone();
    var order = sales.ticket(cancelled, "Y").at("/id");
    feed("onError=skip", row(cancelled, "CANCELLED", ago(1)));
    web.await("/orders/" + order, "/actionRequired", "true");
  }

  @Test
  void whatIsWrongIsReportedByLineAndCostsNoOtherRow() {
    var report =
        feed(
            "onError=skip",
            row(flight, "LANDED", ago(1)),
            row("UA9999-2030-01-01-EWR", "DEPARTED", ago(1)),
            row(flight, "DEPARTED", "yesterday"),
            row(flight, "DEPARTED", ago(-60)),
            row(flight, "DEPARTED", ago(1)),
            row(flight, "CANCELLED", ago(1)),
            row(flight, "DEPARTED", ago(1)).replace("UA,", "United,"));

    assertThat(report.at("/status")).isEqualTo("COMPLETED");
    assertThat(report.at("/changed")).isEqualTo("1");
    assertThat(
            report
                .json()
                .at("/rejected")
                .valueStream()
                .map(r -> r.at("/line").asString() + " " + r.at("/code").asString()))
        .containsExactlyInAnyOrder(
            "2 invalid_event",
            "3 unknown_flight",
            "4 invalid_time",
            "5 in_the_future",
            "7 illegal_state",
            "8 invalid_flight");
  }

  @Test
  void allOrNothingAndTryingItOutDoNothing() {
    var bad = row(flight, "LANDED", ago(1));
    assertThat(feed("onError=reject_all", row(flight, "DEPARTED", ago(1)), bad).at("/status"))
        .isEqualTo("FAILED");
    feed("dryRun=true", row(flight, "DEPARTED", ago(1)));
    assertThat(operations.get("/flights/" + flight).at("/status")).isEqualTo("OPEN");
    var missing =
        sales.imported(
            "onError=skip",
            "text/csv",
            "carrier,event\nUA,DEPARTED\n".getBytes(StandardCharsets.UTF_8));
    assertThat(missing.at("/rejected/0/code")).isEqualTo("missing_column");
  }
}
