package aero.contrail.order.model;

import aero.contrail.events.FareConditions;
import aero.contrail.events.OrderEvent.ChangeCost;
import aero.contrail.events.OrderEvent.ChangeLine;
import aero.contrail.events.OrderEvent.ChangeLineKind;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Price;
import aero.contrail.events.Tax;
import aero.contrail.events.Traveller;
import aero.contrail.order.document.TicketRules.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * What a change costs: the new fare and taxes instead of those of the coupons that are given up,
 * and what the fare takes for it. What the new fare is less comes back only if the old one could be
 * refunded; taxes that are less always do. Nothing is taken from a passenger whose trip the airline
 * changed.
 */
public final class ChangeQuotes {

  private ChangeQuotes() {}

  /**
   * What it costs to give up coupons.
   *
   * @param travellers whose they are
   * @param price of the new flights, for these
   */
  static ChangeCost cost(
      Details details, List<CouponRef> given, List<Traveller> travellers, Price price) {
    var values =
        Quotes.values(details, given).stream()
            .collect(Collectors.toMap(Value::passenger, value -> value));
    var lines = new ArrayList<ChangeLine>();
    for (var traveller : travellers) {
      var before = Optional.ofNullable(values.get(traveller.id())).orElseThrow();
      lines.addAll(lines(details, given, before, traveller, price));
    }
    var kept = sum(details, lines, ChangeLineKind.PENALTY, ChangeLineKind.FORFEITED);
    var worth = sum(details, lines, ChangeLineKind.FARE, ChangeLineKind.TAX);
    var due = worth.plus(kept);
    return new ChangeCost(
        Quotes.worth(details).plus(worth),
        kept,
        due.isPositive() ? due : details.zero(),
        due.isNegative() ? due.negated() : details.zero(),
        lines);
  }

  private static List<ChangeLine> lines(
      Details details, List<CouponRef> given, Value before, Traveller traveller, Price price) {
    var passenger = traveller.id();
    var after = price.of(traveller.type());
    var lines = new ArrayList<ChangeLine>();
    lines.add(new ChangeLine(passenger, ChangeLineKind.FARE, null, before.fare(), after.fare()));
    for (var code : codes(before.taxes(), after.taxes())) {
      lines.add(
          new ChangeLine(
              passenger,
              ChangeLineKind.TAX,
              code,
              amount(details, before.taxes(), code),
              amount(details, after.taxes(), code)));
    }
    var own = Quotes.coupons(details, given, passenger);
    if (own.stream().allMatch(coupon -> Quotes.isAsked(details, coupon))) {
      return lines;
    }
    var conditions = conditions(details, own);
    kept(lines, passenger, ChangeLineKind.PENALTY, changePenalty(details, own));
    if (!conditions.refundable() && before.fare().isGreaterThan(after.fare())) {
      kept(lines, passenger, ChangeLineKind.FORFEITED, before.fare().minus(after.fare()));
    }
    return lines;
  }

  private static void kept(
      List<ChangeLine> lines, PassengerId passenger, ChangeLineKind kind, Money amount) {
    if (amount.isPositive()) {
      lines.add(
          new ChangeLine(passenger, kind, null, Money.zero(amount.getCurrencyUnit()), amount));
    }
  }

  /**
   * What the fares take for changing all that is left, whatever the new flights cost; empty when
   * nothing can be changed now.
   */
  public static Optional<Money> penalty(Details details, Instant now) {
    var given = details.openCoupons();
    if (given.isEmpty()
        || !isAhead(details, now)
        || details.isAtAirport()
        || details.changeUnderWay().isPresent()) {
      return Optional.empty();
    }
    var penalty = details.zero();
    for (var traveller : details.placed().travellers()) {
      var own = Quotes.coupons(details, given, traveller.id());
      if (!own.isEmpty() && !own.stream().allMatch(c -> Quotes.isAsked(details, c))) {
        var conditions = conditions(details, own);
        if (!conditions.changeable()) {
          return Optional.empty();
        }
        penalty = penalty.plus(changePenalty(details, own));
      }
    }
    return Optional.of(penalty);
  }

  /** Why nothing of an order can be changed, if {@link #penalty} is empty. */
  public static String obstacle(Details details, Instant now) {
    if (details.changeUnderWay().isPresent()) {
      return "A change is being confirmed: wait for its outcome.";
    }
    return details.openCoupons().isEmpty() || !isAhead(details, now)
        ? "Nothing of it is ahead any more."
        : "The fare of a passenger cannot be changed: cancel what is not wanted, buy anew.";
  }

  private static boolean isAhead(Details details, Instant now) {
    return details.itinerary().active().stream().anyMatch(s -> s.departure().isAfter(now))
        || details.tickets().stream().anyMatch(t -> t.coupons().contains(CouponStatus.S));
  }

  private static Set<String> codes(List<Tax> before, List<Tax> after) {
    return Stream.concat(before.stream(), after.stream())
        .map(Tax::code)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Money amount(Details details, List<Tax> taxes, String code) {
    return taxes.stream()
        .filter(tax -> tax.code().equals(code))
        .map(Tax::amount)
        .reduce(details.zero(), Money::plus);
  }

  private static Money sum(Details details, List<ChangeLine> lines, ChangeLineKind... kinds) {
    return lines.stream()
        .filter(line -> List.of(kinds).contains(line.kind()))
        .map(line -> line.after().minus(line.before()))
        .reduce(details.zero(), Money::plus);
  }

  /** Of several documents the strictest; there must be one. */
  static FareConditions conditions(Details details, Collection<CouponRef> given) {
    return documents(details, given)
        .map(IssuedTicket::conditions)
        .reduce(FareConditions::strictest)
        .orElseThrow();
  }

  private static Stream<IssuedTicket> documents(Details details, Collection<CouponRef> given) {
    return details.tickets().stream()
        .filter(ticket -> given.stream().anyMatch(c -> c.ticket().equals(ticket.number())));
  }

  /** Of one passenger, who may not have come for a flight. */
  private static Money changePenalty(Details details, Collection<CouponRef> given) {
    return documents(details, given)
        .map(NoShowRules::penalty)
        .reduce(details.zero(), (one, other) -> other.isGreaterThan(one) ? other : one)
        .plus(conditions(details, given).changePenalty());
  }
}
