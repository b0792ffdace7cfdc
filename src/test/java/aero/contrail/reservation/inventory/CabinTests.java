package aero.contrail.reservation.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.events.FlightId;
import aero.contrail.events.SpaceRefusal.Kind;
import aero.contrail.reservation.inventory.Cabin.Available;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CabinTests {

  static final FlightId FLIGHT = new FlightId("UA1431-2026-12-01-EWR");

  /** 100 seats; M and below together at most 60, L alone at most 20. */
  static final Cabin EMPTY = Cabin.fresh(FLIGHT, "Y", 100, "YML", List.of(100, 60, 20));

  @Nested
  class Availability {

    @Test
    void ofAnEmptyCabinIsEachClassesLimit() {
      assertThat(EMPTY.available("Y")).isEqualTo(new Available(100, Kind.CABIN_FULL, "Y"));
      assertThat(EMPTY.available("M")).isEqualTo(new Available(60, Kind.CLASS_FULL, "M"));
      assertThat(EMPTY.available("L")).isEqualTo(new Available(20, Kind.CLASS_FULL, "L"));
    }

    @Test
    void aSaleCountsAgainstItsOwnAndEveryHigherClass() {
      var sold = EMPTY.hold("L", 15);
      assertThat(sold.available("L").seats()).isEqualTo(5);
      assertThat(sold.available("M").seats()).isEqualTo(45);
      assertThat(sold.available("Y").seats()).isEqualTo(85);
    }

    @Test
    void aSaleInAHighClassLeavesTheLimitsOfLowOnesAlone() {
      var sold = EMPTY.hold("Y", 30);
      assertThat(sold.available("M").seats()).isEqualTo(60);
      assertThat(sold.available("Y").seats()).isEqualTo(70);
    }

    @Test
    void isNeverAboveWhatTheCabinHasLeft() {
      var sold = EMPTY.hold("Y", 95);
      assertThat(sold.available("L")).isEqualTo(new Available(5, Kind.CABIN_FULL, "Y"));
    }

    @Test
    void ofALowClassIsBoundByTheOnesAboveIt() {
      var sold = EMPTY.hold("M", 55);
      assertThat(sold.available("L")).isEqualTo(new Available(5, Kind.CLASS_FULL, "M"));
    }

    @Test
    void isNegativeWhenLimitsAreSetBelowWhatIsSold() {
      var limited = EMPTY.hold("L", 15).limited(100, List.of(100, 60, 10));
      assertThat(limited.available("L")).isEqualTo(new Available(-5, Kind.CLASS_FULL, "L"));
      assertThat(limited.available("M").seats()).isEqualTo(45);
    }

    @Test
    void ofAnUnknownClassIsAnError() {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> EMPTY.available("Q"));
    }
  }

  @Nested
  class Counters {

    @Test
    void aHoldBecomesABooking() {
      var booked = EMPTY.hold("M", 3).confirm("M", 3);
      assertThat(booked.sold()).isEqualTo(3);
      assertThat(booked.held()).isZero();
      assertThat(booked.available("M")).isEqualTo(EMPTY.hold("M", 3).available("M"));
    }

    @Test
    void whatIsReleasedIsFreeAgain() {
      assertThat(EMPTY.hold("M", 3).releaseHeld("M", 3)).isEqualTo(EMPTY);
      assertThat(EMPTY.hold("M", 3).confirm("M", 3).releaseSold("M", 3)).isEqualTo(EMPTY);
    }

    /** Property: whatever is taken where it is available, no limit is ever exceeded. */
    @RepeatedTest(50)
    void neverExceedALimit(RepetitionInfo repetition) {
      var random = new Random(repetition.getCurrentRepetition());
      var cabin = EMPTY;
      for (var i = 0; i < 200; i++) {
        var fareClass = "YML".substring(random.nextInt(3)).substring(0, 1);
        var seats = 1 + random.nextInt(9);
        if (cabin.available(fareClass).seats() >= seats) {
          cabin = cabin.hold(fareClass, seats);
        }
        for (var j = 0; j < 3; j++) {
          assertThat(cabin.counters().taken(j))
              .as("seed %d, step %d", repetition.getCurrentRepetition(), i)
              .isLessThanOrEqualTo(cabin.limits().get(j));
        }
      }
      assertThat(cabin.available()).isNotNegative();
    }
  }
}
