package aero.contrail.reservation.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.events.FlightId;
import aero.contrail.events.SpaceRefusal.Kind;
import java.util.List;
import org.junit.jupiter.api.Nested;
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
      var limited =
          EMPTY.hold("L", 15).limited(100, ClassControl.nested("YML", List.of(100, 60, 10)));
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
  }

  /** Seats of their own: a guarantee within the nest, and a class outside of it. */
  @Nested
  class Guarantees {

    /** 110 may be sold; five of M's sixty are its own; L has twenty outside of the nest. */
    private final Cabin cabin =
        Cabin.fresh(
            FLIGHT,
            "Y",
            100,
            110,
            List.of(
                ClassControl.nested("Y", 80),
                new ClassControl("M", 60, 5, false),
                ClassControl.fixed("L", 20)));

    @Test
    void whatIsGuaranteedToOneIsNotSoldByOthers() {
      assertThat(cabin.available("Y")).isEqualTo(new Available(75, Kind.GUARANTEED, "M"));
      assertThat(cabin.available("M")).isEqualTo(new Available(60, Kind.CLASS_FULL, "M"));
      var sold = cabin.hold("Y", 75);
      assertThat(sold.available("Y").seats()).isZero();
      assertThat(sold.available("M").seats()).isEqualTo(5);
    }

    @Test
    void untilItHasSoldThem() {
      var sold = cabin.hold("M", 5);
      assertThat(sold.available("Y")).isEqualTo(new Available(75, Kind.CLASS_FULL, "Y"));
    }

    @Test
    void aFixedClassSellsItsOwnAndNoMore() {
      assertThat(cabin.available("L")).isEqualTo(new Available(20, Kind.CLASS_FULL, "L"));
      assertThat(cabin.hold("L", 20).available("L").seats()).isZero();
      assertThat(cabin.hold("Y", 75).available("L").seats()).isEqualTo(20);
    }

    @Test
    void itsSalesAreNotCountedInTheNest() {
      assertThat(cabin.hold("L", 20).available("M").seats()).isEqualTo(60);
    }
  }

  @Nested
  class Planning {

    @Test
    void anotherPlanKeepsWhatIsSold() {
      var plan = Cabin.fresh(FLIGHT, "Y", 50, "YBM", List.of(50, 40, 30));
      var planned = EMPTY.hold("M", 3).confirm("M", 3).hold("Y", 1).planned(plan);
      assertThat(planned.classes()).isEqualTo("YBM");
      assertThat(planned.sold()).isEqualTo(3);
      assertThat(planned.held()).isEqualTo(1);
      assertThat(planned.available("B").seats()).isEqualTo(37);
    }

    /** Who has a seat keeps it, and nobody else gets one of its class. */
    @Test
    void aClassThatIsNotPlannedAnyMoreSellsNothingMore() {
      var plan = Cabin.fresh(FLIGHT, "Y", 50, "YB", List.of(50, 40));
      var planned = EMPTY.hold("L", 2).planned(plan);
      assertThat(planned.classes()).isEqualTo("YBL");
      assertThat(planned.held()).isEqualTo(2);
      assertThat(planned.available("L").seats()).isNegative();
      assertThat(planned.releaseHeld("L", 2).held()).isZero();
      assertThat(EMPTY.planned(plan).classes()).isEqualTo("YB");
    }
  }
}
