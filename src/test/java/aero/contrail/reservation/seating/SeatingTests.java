package aero.contrail.reservation.seating;

import static aero.contrail.events.PassengerType.ADULT;
import static aero.contrail.events.PassengerType.CHILD;
import static aero.contrail.events.PassengerType.INFANT;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.ReservationEvent.SeatAssigned;
import aero.contrail.events.ReservationEvent.SeatingReason;
import aero.contrail.reservation.passenger.FlightPassenger;
import aero.contrail.reservation.passenger.PassengerStatus;
import aero.contrail.reservation.schedule.ReferenceData.Layout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who sits where on a flight. */
class SeatingTests {

  private static final FlightId FLIGHT = new FlightId("YY1-2030-01-01-EWR");
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private static final SeatMap SMALL =
      SeatMap.of(List.of(new Layout("X-Y8", "X", "Y", 1, 2, "AB-CD", "2")));

  private final OrderId ours = new OrderId(UUID.randomUUID());
  private final OrderId others = new OrderId(UUID.randomUUID());

  private static FlightPassenger passenger(
      OrderId order, int number, PassengerType type, @Nullable String seat) {
    return new FlightPassenger(
        order,
        "web",
        null,
        FLIGHT,
        "Y",
        "M",
        new PassengerId("P" + number),
        type,
        PassengerStatus.BOOKED,
        seat,
        null,
        null,
        null);
  }

  private static List<String> seats(Seating seating, OrderId order) {
    return seating.all().stream()
        .filter(p -> p.order().equals(order))
        .map(p -> p.seat() == null ? "none" : p.seat())
        .toList();
  }

  private static List<FlightPassenger> all(List<FlightPassenger> one, List<FlightPassenger> more) {
    return Stream.concat(one.stream(), more.stream()).toList();
  }

  private static final SeatMap WIDE =
      SeatMap.of(List.of(new Layout("X-Y18", "X", "Y", 1, 3, "ABC-DEF", "")));

  /** Oxygen masks are one more than seats on each side of the aisle. */
  @Test
  void twoInfantsSitOnBothSidesOfAnAisle() {
    var party =
        List.of(
            passenger(ours, 1, ADULT, null),
            passenger(ours, 2, ADULT, null),
            passenger(ours, 3, CHILD, null),
            passenger(ours, 4, INFANT, null),
            passenger(ours, 5, INFANT, null));
    var seating = new Seating(WIDE, party);
    seating.seatParty(party.getFirst());
    assertThat(seats(seating, ours)).containsExactly("1A", "1D", "1B", "none", "none");
  }

  @Test
  void nobodyWithAnInfantSitsBesideAnother() {
    var sitting = List.of(passenger(others, 1, ADULT, "1B"), passenger(others, 2, INFANT, null));
    var coming = List.of(passenger(ours, 1, ADULT, null), passenger(ours, 2, INFANT, null));
    var seating = new Seating(WIDE, all(sitting, coming));
    var one = coming.getFirst();
    assertThat(seating.refusal(WIDE.find("1A").orElseThrow(), one))
        .hasValue(SeatRules.Refusal.INFANT_BESIDE);
    assertThat(seating.refusal(WIDE.find("1D").orElseThrow(), one)).isEmpty();
    assertThat(seating.refusal(WIDE.find("2A").orElseThrow(), one)).isEmpty();
    seating.seatParty(one);
    assertThat(seats(seating, ours).getFirst()).isNotIn("1A", "1C");
  }

  /** A smaller aircraft: who sits beside another infant there is moved. */
  @Test
  void alsoInAnotherAircraft() {
    var two = new OrderId(UUID.randomUUID());
    var both =
        all(
            List.of(passenger(ours, 1, ADULT, "1A"), passenger(ours, 2, INFANT, null)),
            List.of(passenger(two, 1, ADULT, "1B"), passenger(two, 2, INFANT, null)));
    var seating = new Seating(WIDE, both);
    seating.reseat();
    var blocks =
        Stream.of(ours, two)
            .map(order -> WIDE.block(WIDE.find(seats(seating, order).getFirst()).orElseThrow()))
            .toList();
    assertThat(blocks.getFirst()).isNotEqualTo(blocks.getLast());
  }

  @Test
  void aPartyIsSeatedTogetherAndTheInfantOnALap() {
    var party =
        List.of(
            passenger(ours, 1, ADULT, null),
            passenger(ours, 2, ADULT, null),
            passenger(ours, 3, INFANT, null));
    var seating = new Seating(SMALL, party);

    seating.seatParty(party.getFirst());

    assertThat(seats(seating, ours)).containsExactly("1A", "1B", "none");
    assertThat(seating.changed()).hasSize(2);
    assertThat(seating.moves(SeatingReason.CHECK_IN, NOON))
        .containsExactly(
            new SeatAssigned(
                ours, FLIGHT, new PassengerId("P1"), null, "1A", SeatingReason.CHECK_IN, NOON),
            new SeatAssigned(
                ours, FLIGHT, new PassengerId("P2"), null, "1B", SeatingReason.CHECK_IN, NOON));
  }

  @Test
  void whoHasASeatKeepsItAndTheOthersSitNear() {
    var party = List.of(passenger(ours, 1, ADULT, null), passenger(ours, 2, ADULT, "2D"));
    var seating = new Seating(SMALL, party);

    seating.seatParty(party.getFirst());

    assertThat(seats(seating, ours)).containsExactly("2C", "2D");
  }

  @Test
  void aPartyWithAChildIsNotSeatedAtAnExit() {
    var party = List.of(passenger(ours, 1, ADULT, null), passenger(ours, 2, CHILD, null));
    var seating = new Seating(SMALL, all(party, List.of(passenger(others, 1, ADULT, "1B"))));

    seating.seatParty(party.getFirst());

    assertThat(seats(seating, ours)).containsExactly("1C", "1D");
  }

  @Test
  void whoIsAtTheGateTakesTheSeatOfOneWhoHasNotCheckedIn() {
    var late = passenger(ours, 1, ADULT, null).in(PassengerStatus.CHECKED_IN);
    var seated = new ArrayList<FlightPassenger>();
    List.of("1A", "1B", "1C", "1D", "2A", "2B", "2C", "2D")
        .forEach(
            seat ->
                seated.add(
                    passenger(new OrderId(UUID.randomUUID()), 1, ADULT, seat)
                        .in(
                            seat.equals("1C")
                                ? PassengerStatus.BOOKED
                                : PassengerStatus.CHECKED_IN)));
    var seating = new Seating(SMALL, all(List.of(late), seated));

    assertThat(seating.seatNow(late)).isTrue();

    assertThat(seating.now(late).seat()).isEqualTo("1C");
    assertThat(seating.all()).filteredOn(p -> p.seat() == null).hasSize(1);

    var evenLater = passenger(others, 1, ADULT, null).in(PassengerStatus.CHECKED_IN);
    var full = new Seating(SMALL, all(List.of(evenLater), seating.all()));
    assertThat(full.seatNow(evenLater)).isFalse();
    assertThat(full.changed()).isEmpty();
  }

  @Test
  void onAnotherAircraftThoseMoveWhoseSeatsAreGoneAndNobodyElse() {
    var seating =
        new Seating(
            SMALL,
            List.of(
                passenger(ours, 1, ADULT, "1A"),
                passenger(ours, 2, ADULT, "30A"),
                passenger(others, 1, CHILD, "2A")));

    seating.reseat();

    assertThat(seats(seating, ours)).containsExactly("1A", "1B");
    assertThat(seats(seating, others)).as("no child at an exit").containsExactly("1C");
    assertThat(seating.moves(SeatingReason.EQUIPMENT, NOON)).hasSize(2);
    seating.reseat();
    assertThat(seating.changed()).as("told twice").hasSize(2);
  }

  @Test
  void whoFindsNoSeatOnASmallerAircraftHasNone() {
    var seating =
        new Seating(
            SeatMap.of(List.of(new Layout("X-Y1", "X", "Y", 1, 1, "A", ""))),
            List.of(passenger(ours, 1, ADULT, "1A"), passenger(others, 1, ADULT, "1B")));

    seating.reseat();

    assertThat(seats(seating, ours)).containsExactly("1A");
    assertThat(seats(seating, others)).containsExactly("none");
  }
}
