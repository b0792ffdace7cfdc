package aero.contrail.loyalty.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.events.TicketNumber;
import aero.contrail.loyalty.ledger.Movement.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One member, several coupons. */
class BooksTests {

  private static final MemberNumber ADA = new MemberNumber("4000000010");
  private static final Instant AT = Instant.parse("2026-12-01T12:00:00Z");
  private static final Cause FIRST = cause(1);
  private static final Cause SECOND = cause(2);

  private final Books books = of(Balance.NOTHING, Map.of());

  private static Books of(Balance balance, Map<UUID, Lot> lots) {
    return new Books(List.of(new Holdings(ADA, 0, null, balance, lots, List.of())));
  }

  private static Cause cause(int ticket) {
    return Cause.of(
        new TicketNumber("016%010d".formatted(ticket)),
        new FlightId("UA1431-2026-12-01-EWR"),
        new OrderId(UUID.randomUUID()),
        "web");
  }

  private Balance balance() {
    return books.balance(ADA);
  }

  private Lot lot(Cause cause) {
    return books.lot(ADA, cause).orElseThrow();
  }

  @Test
  void whatIsExpectedIsPostedWhenItComes() {
    books.forecast(ADA, FIRST, "r1", 720, AT);
    assertThat(balance()).isEqualTo(new Balance(720, 0, 0, 0, 0));
    books.post(ADA, FIRST, "r1", 720, 720, null, AT);
    assertThat(balance()).isEqualTo(new Balance(0, 720, 0, 0, 720));
    assertThat(lot(FIRST).points()).containsEntry(Place.AVAILABLE, 720L);
  }

  @Test
  void lessThanExpectedWithdrawsTheRest() {
    books.forecast(ADA, FIRST, "r1", 720, AT);
    books.post(ADA, FIRST, "r2", 360, 300, null, AT);
    assertThat(balance()).isEqualTo(new Balance(0, 360, 0, 0, 300));
    assertThat(lot(FIRST).in(Place.CANCELLED)).isEqualTo(360);
    assertThat(lot(FIRST).rule()).isEqualTo("r2");
    assertThat(books.entries().getLast().entry().points()).isEqualTo(360);
  }

  @Test
  void moreThanExpectedIsIssued() {
    books.forecast(ADA, FIRST, "r1", 720, AT);
    books.post(ADA, FIRST, "r2", 900, 720, null, AT);
    assertThat(balance()).isEqualTo(new Balance(0, 900, 0, 0, 720));
    assertThat(lot(FIRST).earned()).isEqualTo(900);
  }

  @Test
  void nothingExpectedAndNothingPostedIsNoEntry() {
    assertThat(books.forecast(ADA, FIRST, "r1", 0, AT)).isEmpty();
    assertThat(books.post(ADA, FIRST, "r1", 0, 0, null, AT)).isEmpty();
    assertThat(books.takeBack(ADA, FIRST, true, 0, AT)).isEmpty();
    assertThat(books.takeBack(ADA, SECOND, false, 0, AT)).isEmpty();
    assertThat(books.entries()).isEmpty();
  }

  @Test
  void whatIsExpectedNoMoreIsCancelled() {
    books.forecast(ADA, FIRST, "r1", 720, AT);
    var entry = books.takeBack(ADA, FIRST, false, 0, AT).orElseThrow();
    assertThat(entry.points()).isEqualTo(-720);
    assertThat(balance()).isEqualTo(Balance.NOTHING);
    assertThat(lot(FIRST).in(Place.CANCELLED)).isEqualTo(720);
  }

  /** Exactly those of the flight: what others brought stays. */
  @Test
  void whatWasPostedIsReversedFromItsOwnLot() {
    books.post(ADA, FIRST, "r1", 720, 720, null, AT);
    books.post(ADA, SECOND, "r1", 500, 400, null, AT);
    var entry = books.takeBack(ADA, FIRST, true, 720, AT).orElseThrow();
    assertThat(entry.points()).isEqualTo(-720);
    assertThat(entry.tierPoints()).isEqualTo(-720);
    assertThat(entry.rule()).isEqualTo("r1");
    assertThat(balance()).isEqualTo(new Balance(0, 500, 0, 0, 400));
    assertThat(lot(SECOND).in(Place.AVAILABLE)).isEqualTo(500);
  }

  /** 720 came, 500 were spent, 20 expired: 200 go back, 500 are owed, 20 are gone as it is. */
  @Test
  void whatWasSpentAlreadyIsOwed() {
    var spent = lot(FIRST, Map.of(Place.AVAILABLE, 200L, Place.REDEEMED, 500L, Place.EXPIRED, 20L));
    var books = of(new Balance(0, 200, 0, 0, 720), Map.of(spent.id(), spent));
    var entry = books.takeBack(ADA, FIRST, true, 720, AT).orElseThrow();
    assertThat(entry.points()).isEqualTo(-700);
    assertThat(books.balance(ADA)).isEqualTo(new Balance(0, 0, 0, 500, 0));
  }

  @Test
  void whatIsOwedIsPaidByTheNextThatCome() {
    var books = of(new Balance(0, 0, 0, 500, 0), Map.of());
    books.post(ADA, FIRST, "r1", 300, 300, null, AT);
    assertThat(books.balance(ADA)).isEqualTo(new Balance(0, 0, 0, 200, 300));
    books.post(ADA, SECOND, "r1", 300, 300, null, AT);
    assertThat(books.balance(ADA)).isEqualTo(new Balance(0, 100, 0, 0, 600));
    assertThat(books.lot(ADA, SECOND).orElseThrow().points())
        .containsEntry(Place.RECOVERED, 200L)
        .containsEntry(Place.AVAILABLE, 100L);
  }

  /** What paid a debt was spent: taken back it is owed again. */
  @Test
  void aFlightThatPaidADebtAndIsTakenBackLeavesTheDebt() {
    var books = of(new Balance(0, 0, 0, 500, 0), Map.of());
    books.post(ADA, FIRST, "r1", 720, 720, null, AT);
    assertThat(books.balance(ADA)).isEqualTo(new Balance(0, 220, 0, 0, 720));
    books.takeBack(ADA, FIRST, true, 720, AT);
    assertThat(books.balance(ADA)).isEqualTo(new Balance(0, 0, 0, 500, 0));
  }

  @Test
  void noLotIsEverNegative() {
    var lot = lot(FIRST, Map.of(Place.AVAILABLE, 10L));
    var eleven = Movement.award(lot.id(), Place.AVAILABLE, Place.HELD, 11);
    assertThatThrownBy(() -> lot.with(eleven)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Movement.award(lot.id(), Place.HELD, Place.HELD, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Movement(Unit.AWARD, null, Place.ISSUED, Place.AVAILABLE, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Movement.award(lot.id(), Place.ISSUED, Place.PENDING, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatOverflowsIsRefused() {
    var lot = lot(FIRST, Map.of(Place.AVAILABLE, Long.MAX_VALUE));
    assertThatThrownBy(() -> lot.with(Movement.award(lot.id(), Place.ISSUED, Place.AVAILABLE, 1)))
        .isInstanceOf(ArithmeticException.class);
  }

  private static Lot lot(Cause cause, Map<Place, Long> points) {
    return new Lot(UUID.randomUUID(), ADA, cause.source(), cause.key(), null, "r1", points);
  }

  /** Whatever happens in whatever order: lots, balance and movements tell the same. */
  @Test
  void lotsBalanceAndMovementsAlwaysAgree() {
    var random = new Random(7);
    var causes = new ArrayList<Cause>();
    for (var step = 0; step < 3_000; step++) {
      var cause =
          causes.isEmpty() || random.nextInt(3) == 0
              ? cause(step + 10)
              : causes.get(random.nextInt(causes.size()));
      causes.add(cause);
      var points = random.nextInt(2_000);
      switch (random.nextInt(3)) {
        case 0 -> {
          if (books.lot(ADA, cause).isEmpty()) {
            books.forecast(ADA, cause, "r", points, AT);
          }
        }
        case 1 -> {
          if (books.lot(ADA, cause).stream().noneMatch(lot -> lot.in(Place.AVAILABLE) > 0)) {
            books.post(ADA, cause, "r", points, points, null, AT);
          }
        }
        default -> {
          var posted = books.lot(ADA, cause).stream().anyMatch(l -> l.in(Place.AVAILABLE) > 0);
          books.takeBack(ADA, cause, posted, 0, AT);
        }
      }
      check(causes);
    }
    assertThat(books.entries()).hasSizeGreaterThan(500);
  }

  private void check(List<Cause> causes) {
    var sums = new EnumMap<Place, Long>(Place.class);
    var tier = 0L;
    for (var numbered : books.entries()) {
      for (var movement : numbered.entry().movements()) {
        if (movement.unit() == Unit.AWARD) {
          sums.merge(movement.from(), -movement.points(), Long::sum);
          sums.merge(movement.to(), movement.points(), Long::sum);
        } else {
          tier += movement.to() == Place.COUNTED ? movement.points() : -movement.points();
        }
      }
    }
    assertThat(sums.values().stream().mapToLong(Long::longValue).sum()).isZero();
    assertThat(balance())
        .isEqualTo(
            new Balance(
                sums.getOrDefault(Place.PENDING, 0L),
                sums.getOrDefault(Place.AVAILABLE, 0L),
                sums.getOrDefault(Place.HELD, 0L),
                -sums.getOrDefault(Place.OWED, 0L),
                tier));
    var lots = causes.stream().distinct().flatMap(cause -> books.lot(ADA, cause).stream()).toList();
    assertThat(lots.stream().mapToLong(lot -> lot.in(Place.AVAILABLE)).sum())
        .isEqualTo(balance().available());
    assertThat(lots.stream().mapToLong(lot -> lot.in(Place.PENDING)).sum())
        .isEqualTo(balance().pending());
  }
}
