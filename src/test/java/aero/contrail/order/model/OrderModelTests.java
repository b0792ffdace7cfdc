package aero.contrail.order.model;

import static aero.contrail.order.model.Family.BACK;
import static aero.contrail.order.model.Family.INSTEAD;
import static aero.contrail.order.model.Family.OTHER;
import static aero.contrail.order.model.Family.OUT;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.AirlineChangeKind;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.Traveller;
import aero.contrail.order.model.OrderState.Refund;
import aero.contrail.order.revenue.BalancedBooks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever customers, airlines, airports and the bank do with an order, in any order: its money
 * adds up to the cent, its documents are those of its itinerary, and its facts fold to what it is.
 * {@code -Dmodel.seed=…} repeats a run.
 */
class OrderModelTests {

  private static final long SEED = Long.getLong("model.seed", System.nanoTime() % 1_000_000);
  private static final int ORDERS = 3_000;
  private static final int STEPS = 60;
  private static final List<CouponStatus> AT_AIRPORT =
      List.of(CouponStatus.O, CouponStatus.C, CouponStatus.L, CouponStatus.S);
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private final Random random = new Random(SEED);
  private final List<OrderEvent> facts = new ArrayList<>();

  /** How many facts there were after each decision. */
  private final Set<Integer> decisions = new HashSet<>();

  private OrderState.Known state = OrderEvolution.placed((OrderEvent.Placed) Family.PLACED);
  private Instant now = NOON;
  private long serial = 2_400_000_001L;
  private int parts;
  private int changes;
  private int exchanges;
  private int sales;
  private int givenUp;
  private int ends;
  private int awards;
  private int splits;
  private final RandomChange change = new RandomChange(random);
  private final RandomServices services = new RandomServices(random);
  private final RandomBank bank = new RandomBank(random);

  @Test
  void moneyDocumentsAndItineraryAlwaysAgree() {
    for (var order = 0; order < ORDERS; order++) {
      begin();
      for (var step = 0; step < STEPS; step++) {
        now = now.plus(Duration.ofHours(random.nextInt(9)));
        var command = command();
        if (command != null) {
          step(command);
        }
      }
      ends += state.status() == OrderStatus.TICKETED ? 0 : 1;
      BalancedBooks.check("seed %d, %s".formatted(SEED, facts), facts, decisions);
    }
    assertThat(parts).as("parts cancelled").isGreaterThan(ORDERS / 10);
    assertThat(changes).as("airline changes").isGreaterThan(ORDERS / 10);
    assertThat(exchanges).as("documents exchanged").isGreaterThan(ORDERS / 30);
    assertThat(sales).as("services sold").isGreaterThan(ORDERS / 10);
    assertThat(givenUp).as("services given up").isGreaterThan(ORDERS / 40);
    assertThat(awards).as("refunds in points").isGreaterThan(ORDERS / 300);
    assertThat(splits).as("orders that were split").isGreaterThan(ORDERS / 40);
    assertThat(ends).as("orders that ended").isBetween(ORDERS / 10, ORDERS - ORDERS / 10);
  }

  /** What breaks says with which seed it is seen again. */
  private void step(OrderCommand command) {
    try {
      decide(command);
      check(command);
    } catch (RuntimeException fault) {
      throw new AssertionError("seed %d, %s, %s".formatted(SEED, command, facts), fault);
    }
  }

  private void begin() {
    facts.clear();
    decisions.clear();
    var points = random.nextBoolean() ? 10_001 : null;
    facts.add(Family.placed(random.nextInt(4) > 0, Family.noShow(random), points));
    if (random.nextInt(4) == 0) {
      facts.add(services.wanted());
    }
    facts.add(HELD);
    state = OrderEvolution.beginning(facts);
    facts.addAll(ServiceRules.order(state, NOON));
    state = OrderEvolution.beginning(facts);
    now = NOON;
  }

  private void decide(OrderCommand command) {
    try {
      var before = state;
      var decided = OrderDecider.decide(command, state);
      facts.addAll(decided);
      decisions.add(facts.size());
      state = OrderEvolution.evolve(state, decided);
      parts += count(decided, OrderEvent.PartCancelled.class);
      exchanges += count(decided, OrderEvent.CouponsExchanged.class);
      changes += count(decided, OrderEvent.AirlineChangeOpened.class);
      awards += count(decided, OrderEvent.PointsTenderRefunded.class);
      sales += count(decided, OrderEvent.ServicesIssued.class);
      givenUp += count(decided, OrderEvent.ServicesGivenUp.class);
      if (decided.stream().anyMatch(OrderEvent.Split.class::isInstance)) {
        split((OrderEvent.Split) decided.getFirst(), before.details(), command);
      }
    } catch (OrderRefused refused) {
      // as it may be
    }
  }

  /** Both halves are right; the walk goes on with one of them. */
  private void split(OrderEvent.Split split, Details before, OrderCommand command) {
    splits++;
    check(command);
    BalancedBooks.check("seed %d, %s".formatted(SEED, facts), facts, decisions);
    var rest = List.copyOf(facts);
    var restState = state;
    var restDecisions = Set.copyOf(decisions);
    facts.clear();
    facts.addAll(
        SplitRules.beginning(SplitRules.splitOff(split, before, new RecordLocator("K3X9QD"))));
    decisions.clear();
    decisions.add(facts.size());
    state = OrderEvolution.beginning(facts);
    check(command);
    BalancedBooks.check("seed %d, %s".formatted(SEED, facts), facts, decisions);
    assertThat(restState.details().total().plus(state.details().total()))
        .as("seed %d, %s", SEED, rest)
        .isEqualTo(before.total());
    assertThat(
            Collections.disjoint(
                ModelMoney.refundKeys(restState, now), ModelMoney.refundKeys(state, now)))
        .as("keys of refunds, seed %d, %s", SEED, rest)
        .isTrue();
    if (random.nextBoolean()) {
      facts.clear();
      facts.addAll(rest);
      decisions.clear();
      decisions.addAll(restDecisions);
      state = restState;
    }
  }

  private static int count(List<OrderEvent> facts, Class<?> type) {
    return (int) facts.stream().filter(type::isInstance).count();
  }

  private @Nullable OrderCommand command() {
    var details = state.details();
    var total = details.due();
    var splitting = details.amendments().split();
    if (splitting != null && random.nextInt(4) == 0) {
      return new OrderCommand.RecordSplit(splitting.into(), now);
    }
    if (details.changes().stream().anyMatch(c -> c.isOpen() || c.isUnderWay())
        && random.nextInt(8) > 0) {
      return random.nextInt(3) > 0
          ? change.next(details, now, next())
          : bank.movement(state, next(), now);
    }
    if (!details.sales().underWay().isEmpty() && random.nextInt(8) > 0) {
      return random.nextInt(3) > 0
          ? services.next(details, next(), now)
          : bank.movement(state, next(), now);
    }
    if (bank.isAsked(details.tender()) && random.nextInt(8) > 0) {
      return bank.answer(details, now);
    }
    return switch (random.nextInt(49)) {
      case 0 -> new OrderCommand.RequestPayment(PAYMENT, total, bank.points(details), NOON);
      case 1, 2, 28, 29 ->
          new OrderCommand.RecordAuthorization(PAYMENT, requested().orElse(total), NOON);
      case 3, 4 ->
          PaymentRules.capture(state)
              .map(m -> new OrderCommand.RecordCapture(m.payment(), m.amount(), next(), now))
              .orElse(null);
      case 5 -> cancel();
      case 6 -> lost(OUT, random.nextBoolean());
      case 7 -> lost(BACK, false);
      case 8 -> lost(OTHER, false);
      case 9 -> answer();
      case 10 -> new OrderCommand.LapseChanges(now);
      case 11 ->
          new OrderCommand.RecordCoupon(
              flight(), passenger(), AT_AIRPORT.get(random.nextInt(4)), now);
      case 12 -> new OrderCommand.RecordFlown(flight(), some(), now);
      case 13 -> bank.refund(details, now);
      case 14 -> RandomAirline.retimed(random, now);
      case 15, 46, 47, 48 ->
          new OrderCommand.Split(
              new OrderId(UUID.randomUUID()),
              random.nextInt(3) > 0 ? List.of(Family.WILLIAM) : some(),
              now);
      case 30 -> new OrderCommand.RecordActionRequired(PAYMENT, now);
      case 16, 17, 18, 19, 20, 21, 22, 23, 24, 25 -> change.next(details, now, next());
      case 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45 ->
          services.next(details, next(), now);
      case 26, 27 -> bank.movement(state, next(), now);
      default -> new OrderCommand.Expire(now);
    };
  }

  private Optional<Money> requested() {
    return state.details().payment(PAYMENT).map(OrderState.Payment::amount);
  }

  private long next() {
    serial += 10;
    return serial;
  }

  private PassengerId passenger() {
    var all = all();
    return all.get(random.nextInt(all.size()));
  }

  private FlightId flight() {
    return List.of(OUT, BACK, OTHER).get(random.nextInt(3));
  }

  private List<PassengerId> some() {
    return all().stream().filter(_ -> random.nextInt(4) > 0).toList();
  }

  private List<PassengerId> all() {
    return state.details().placed().travellers().stream().map(Traveller::id).toList();
  }

  private @Nullable OrderCommand cancel() {
    var who = random.nextBoolean() ? List.<String>of() : List.of(passenger().value());
    var what = random.nextBoolean() ? List.<String>of() : List.of(flight().value());
    var chosen = CancellationRules.parts(state, who, what);
    var isEmpty = chosen != null && chosen.isEmpty();
    var isSingleFlight = state.details().tickets().isEmpty() && !what.isEmpty();
    return isEmpty || isSingleFlight
        ? null
        : new OrderCommand.Cancel(
            UUID.randomUUID(), Quotes.voluntary(state.details(), chosen, now, NEW_YORK), now);
  }

  private OrderCommand lost(FlightId flight, boolean instead) {
    return new OrderCommand.OpenAirlineChange(
        UUID.randomUUID(),
        AirlineChangeKind.CANCELLED,
        Severity.MAJOR,
        some(),
        List.of(flight),
        instead && !isOn(OTHER) ? List.of(INSTEAD) : List.of(),
        next(),
        Duration.ofDays(3),
        Duration.ofHours(3),
        now);
  }

  /** Nobody is put on a flight that he is on, or was. */
  private boolean isOn(FlightId flight) {
    return state.details().tickets().stream()
        .map(ticket -> ticket.status(flight))
        .anyMatch(status -> status != null && (status == CouponStatus.F || !status.isFinal()));
  }

  private @Nullable OrderCommand answer() {
    var asked = state.details().airlineChanges();
    return asked.isEmpty()
        ? null
        : new OrderCommand.AnswerAirlineChange(
            asked.get(random.nextInt(asked.size())).id(),
            random.nextBoolean(),
            UUID.randomUUID(),
            now);
  }

  private void check(OrderCommand command) {
    var what = "seed %d, after %s".formatted(SEED, command);
    var details = state.details();
    assertThat(fold()).as(what).isEqualTo(state);
    if (details.tickets().isEmpty()) {
      assertThat(details.refunds()).as(what).isEmpty();
      return;
    }
    ModelMoney.check(details, facts, what);
    assertThat(details.refunds()).as(what).extracting(Refund::id).doesNotHaveDuplicates();
    if (state.status() == OrderStatus.TICKETED) {
      ModelDocuments.check(details, what);
    }
  }

  private OrderState fold() {
    var folded = OrderEvolution.INITIAL;
    for (var fact : facts) {
      folded = OrderEvolution.evolve(folded, fact);
    }
    return folded;
  }
}
