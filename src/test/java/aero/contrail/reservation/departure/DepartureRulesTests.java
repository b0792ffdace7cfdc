package aero.contrail.reservation.departure;

import static aero.contrail.reservation.departure.Handling.Type.BOARD;
import static aero.contrail.reservation.departure.Handling.Type.CHECK_IN;
import static aero.contrail.reservation.departure.Handling.Type.DENIED_BOARDING;
import static aero.contrail.reservation.departure.Handling.Type.NO_SHOW;
import static aero.contrail.reservation.departure.Handling.Type.OFFLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.reservation.departure.DepartureRules.Outcome;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.PassengerStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages of departure control do, in whatever order they come. */
class DepartureRulesTests {

  private static final FlightId FLIGHT = new FlightId("YY1-2030-01-01-EWR");
  private static final OrderId ORDER = new OrderId(UUID.randomUUID());
  private static final Outcome UNCHANGED = new Outcome.Unchanged();

  private static Instant at(String time) {
    return Instant.parse("2030-01-01T%s:00Z".formatted(time));
  }

  private static FlightPassenger passenger(PassengerStatus status, @Nullable String toldAt) {
    return passenger(status, toldAt, null, "12C");
  }

  private static FlightPassenger passenger(
      PassengerStatus status,
      @Nullable String toldAt,
      @Nullable String checkedInAt,
      @Nullable String seat) {
    return new FlightPassenger(
        ORDER,
        "web",
        null,
        FLIGHT,
        "Y",
        "M",
        new PassengerId("P1"),
        PassengerType.ADULT,
        status,
        seat,
        null,
        toldAt == null ? null : at(toldAt),
        checkedInAt == null ? null : at(checkedInAt));
  }

  private static Handling told(Handling.Type type, String time) {
    return new Handling("dcs-1", ORDER, FLIGHT, new PassengerId("P1"), type, false, at(time));
  }

  private static Departure ahead() {
    return Departure.ahead(FLIGHT);
  }

  private static Departure closed() {
    return ahead().closed(at("11:00"));
  }

  private static Departure departed() {
    return closed().departed(at("11:20"));
  }

  private static Outcome outcome(
      Handling.Type type, String time, FlightPassenger passenger, Departure departure) {
    return DepartureRules.outcome(told(type, time), passenger, departure);
  }

  private static Outcome moved(PassengerStatus next) {
    return new Outcome.Moved(next);
  }

  @ParameterizedTest
  @CsvSource({
    "CHECK_IN,        BOOKED,          CHECKED_IN",
    "CHECK_IN,        OFFLOADED,       CHECKED_IN",
    "CHECK_IN,        DENIED_BOARDING, CHECKED_IN",
    "CHECK_IN,        CHECKED_IN,      unchanged",
    "CHECK_IN,        BOARDED,         unchanged",
    "CHECK_IN,        HELD,            refused",
    "BOARD,           BOOKED,          BOARDED",
    "BOARD,           CHECKED_IN,      BOARDED",
    "BOARD,           BOARDED,         unchanged",
    "BOARD,           OFFLOADED,       BOARDED",
    "BOARD,           DENIED_BOARDING, BOARDED",
    "OFFLOAD,         CHECKED_IN,      OFFLOADED",
    "OFFLOAD,         BOARDED,         OFFLOADED",
    "OFFLOAD,         OFFLOADED,       unchanged",
    "OFFLOAD,         BOOKED,          OFFLOADED",
    "NO_SHOW,         BOOKED,          NO_SHOW",
    "NO_SHOW,         CHECKED_IN,      NO_SHOW",
    "NO_SHOW,         BOARDED,         refused",
    "DENIED_BOARDING, BOOKED,          DENIED_BOARDING",
    "DENIED_BOARDING, CHECKED_IN,      DENIED_BOARDING",
    "DENIED_BOARDING, BOARDED,         refused",
    "CHECK_IN,        FLOWN,           unchanged",
    "BOARD,           FLOWN,           unchanged",
    "OFFLOAD,         FLOWN,           refused",
    "NO_SHOW,         FLOWN,           refused",
    "DENIED_BOARDING, FLOWN,           refused"
  })
  void beforeTheFlightCloses(Handling.Type type, PassengerStatus status, String expected) {
    var outcome = outcome(type, "10:00", passenger(status, null), ahead());

    assertThat(
            switch (outcome) {
              case Outcome.Moved(var next) -> next.name();
              case Outcome.Unchanged _ -> "unchanged";
              case Outcome.Refused _ -> "refused";
            })
        .isEqualTo(expected);
  }

  @Nested
  class OutOfOrder {

    @Test
    void whatHappenedBeforeTheLastThingToldChangesNothing() {
      var offloaded = passenger(PassengerStatus.OFFLOADED, "10:30");

      assertThat(outcome(CHECK_IN, "10:29", offloaded, ahead())).isEqualTo(UNCHANGED);
      assertThat(outcome(BOARD, "10:29", offloaded, ahead())).isEqualTo(UNCHANGED);
      assertThat(outcome(CHECK_IN, "10:30", offloaded, ahead()))
          .isEqualTo(moved(PassengerStatus.CHECKED_IN));
    }

    @Test
    void offAndOnAgainWithAMessageMissingInBetween() {
      var offloaded = passenger(PassengerStatus.OFFLOADED, "10:30");

      assertThat(outcome(BOARD, "10:45", offloaded, closed()))
          .isEqualTo(moved(PassengerStatus.BOARDED));
      assertThat(outcome(BOARD, "10:45", offloaded, departed()))
          .isEqualTo(moved(PassengerStatus.FLOWN));
    }

    @Test
    void whoTurnsOutToHaveBoardedBeforeTheFlightClosedIsAboard() {
      var absent = passenger(PassengerStatus.NO_SHOW, "10:00");

      assertThat(outcome(BOARD, "10:59", absent, closed()))
          .isEqualTo(moved(PassengerStatus.BOARDED));
      assertThat(outcome(BOARD, "11:00", absent, closed()))
          .isEqualTo(moved(PassengerStatus.BOARDED));
    }

    @Test
    void andHasFlownWhenItHasLeft() {
      var absent = passenger(PassengerStatus.NO_SHOW, null);

      assertThat(outcome(BOARD, "10:59", absent, departed()))
          .isEqualTo(moved(PassengerStatus.FLOWN));
      assertThat(outcome(CHECK_IN, "10:59", absent, departed())).isEqualTo(UNCHANGED);
      assertThat(outcome(DENIED_BOARDING, "11:10", absent, departed()))
          .isEqualTo(moved(PassengerStatus.DENIED_BOARDING));
    }

    @Test
    void whoWasSaidNotToHaveComeLaterThanThatHasNot() {
      var absent = passenger(PassengerStatus.NO_SHOW, "10:45");

      assertThat(outcome(BOARD, "10:44", absent, departed())).isEqualTo(UNCHANGED);
    }
  }

  @Nested
  class Closed {

    @Test
    void nobodyGoesAboardOrChecksInAfterwards() {
      var booked = passenger(PassengerStatus.NO_SHOW, null);

      assertThat(outcome(BOARD, "11:01", booked, closed())).isInstanceOf(Outcome.Refused.class);
      assertThat(outcome(CHECK_IN, "11:01", booked, closed())).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void somebodyMayStillLeaveTheAircraftUntilItDoes() {
      var aboard = passenger(PassengerStatus.BOARDED, "10:50");

      assertThat(outcome(OFFLOAD, "11:10", aboard, closed()))
          .isEqualTo(moved(PassengerStatus.OFFLOADED));
      assertThat(outcome(OFFLOAD, "11:21", aboard, departed())).isInstanceOf(Outcome.Refused.class);
      assertThat(outcome(NO_SHOW, "11:21", aboard, departed())).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
      "BOOKED, NO_SHOW",
      "CHECKED_IN, NO_SHOW",
      "BOARDED, BOARDED",
      "OFFLOADED, OFFLOADED",
      "DENIED_BOARDING, DENIED_BOARDING",
      "HELD, HELD"
    })
    void whoIsNotAboardHasNotCome(PassengerStatus before, PassengerStatus after) {
      assertThat(DepartureRules.atClosing(before)).isEqualTo(after);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BOOKED,          true,  NO_SHOW",
    "CHECKED_IN,      true,  NO_SHOW",
    "BOARDED,         true,  FLOWN",
    "OFFLOADED,       true,  OFFLOADED",
    "DENIED_BOARDING, true,  DENIED_BOARDING",
    "NO_SHOW,         true,  NO_SHOW",
    "BOOKED,          false, FLOWN",
    "HELD,            false, HELD"
  })
  void atDeparture(PassengerStatus before, boolean isControlled, PassengerStatus after) {
    assertThat(DepartureRules.atDeparture(before, isControlled)).isEqualTo(after);
  }

  @Nested
  class DeniedBoarding {

    @Test
    void whoCameLastStaysBehindFirst() {
      var early = passenger(PassengerStatus.CHECKED_IN, "09:00", "09:00", null);
      var late = passenger(PassengerStatus.CHECKED_IN, "10:30", "10:30", null);
      var seated = passenger(PassengerStatus.CHECKED_IN, "10:40", "10:40", "1A");
      var absent = passenger(PassengerStatus.BOOKED, null, null, null);

      assertThat(DeniedBoardingRules.standby(List.of(early, seated, late, absent)))
          .containsExactly(late, early);
    }

    @ParameterizedTest
    @CsvSource({"200, 250.00", "932, 250.00", "933, 400.00", "2174, 400.00", "2175, 600.00"})
    void compensationGrowsWithTheDistance(int miles, String euros) {
      assertThat(DeniedBoardingRules.compensation(miles, PassengerType.CHILD, false))
          .hasToString("EUR " + euros);
      assertThat(DeniedBoardingRules.compensation(miles, PassengerType.CHILD, true)).isNull();
      assertThat(DeniedBoardingRules.compensation(miles, PassengerType.INFANT, false)).isNull();
    }
  }

  /** Whatever comes in whatever order: told again, nothing changes. */
  @Test
  void everyMessageTwiceIsAsOnce() {
    for (var type : Handling.Type.values()) {
      for (var departure : List.of(ahead(), closed(), departed())) {
        statuses()
            .forEach(
                status -> {
                  var outcome = outcome(type, "10:00", passenger(status, null), departure);
                  if (outcome instanceof Outcome.Moved(var next)) {
                    assertThat(
                            outcome(
                                type,
                                "10:00",
                                passenger(status, null).told(next, at("10:00")),
                                departure))
                        .as("%s of %s", type, status)
                        .isEqualTo(UNCHANGED);
                  }
                });
      }
    }
  }

  private static Stream<PassengerStatus> statuses() {
    return Stream.of(PassengerStatus.values());
  }
}
