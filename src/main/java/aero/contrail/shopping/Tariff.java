package aero.contrail.shopping;

import aero.contrail.events.FareConditions;
import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Price;
import aero.contrail.events.Segment;
import aero.contrail.events.Tax;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/**
 * The fares, taxes and earning rates in force on a day. Pure. Shares and percentages are rounded
 * half up to the currency's smallest unit.
 *
 * @param date the day of sale; also the version that a price names
 * @param shares percent of the adult fare, by passenger type
 * @param earningRates percent of the miles, by booking class
 */
record Tariff(
    LocalDate date,
    List<Fare> fares,
    List<TaxRule> taxes,
    Map<PassengerType, Integer> shares,
    Map<String, Integer> earningRates) {

  /** A filed fare: one way, one adult, for bounds of a distance. */
  record Fare(
      String fareClass,
      String cabin,
      int minMiles,
      int maxMiles,
      Money amount,
      FareConditions conditions) {}

  /** A tax: a share of the fare, or an amount for each flight or bound. */
  record TaxRule(String code, Basis basis, int permille, Money amount) {}

  enum Basis {
    FARE,
    FLIGHT,
    BOUND
  }

  /** Flights in one direction, in one class. */
  record Bound(List<Segment> segments) {

    Bound {
      segments = List.copyOf(segments);
    }

    int miles() {
      return segments.stream().mapToInt(segment -> segment.leg().miles()).sum();
    }

    String fareClass() {
      return segments.getFirst().fareClass();
    }
  }

  /** What a price consists of and what it allows. */
  record Priced(Price price, FareConditions conditions) {}

  Tariff {
    fares = List.copyOf(fares);
    taxes = List.copyOf(taxes);
    shares = Map.copyOf(shares);
    earningRates = Map.copyOf(earningRates);
  }

  /**
   * Prices bounds for a party.
   *
   * @param party how many of each type; types with none are left out
   * @return empty when no fare is filed for one of the bounds
   */
  Optional<Priced> price(List<Bound> bounds, Map<PassengerType, Integer> party) {
    var found = bounds.stream().map(this::fare).toList();
    if (found.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    var filed = found.stream().map(Optional::orElseThrow).toList();
    var adultFare = filed.stream().map(Fare::amount).reduce(Money::plus).orElseThrow();
    var parts =
        party.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> part(entry.getKey(), entry.getValue(), adultFare, bounds))
            .toList();
    return Optional.of(new Priced(new Price(parts, date.toString()), strictest(filed, adultFare)));
  }

  /** Award points of one member without a tier on all flights. */
  int points(List<Segment> segments) {
    return segments.stream()
        .mapToInt(
            segment ->
                EarningRatesFiled.points(
                    segment.leg().miles(), earningRates.getOrDefault(segment.fareClass(), 0)))
        .sum();
  }

  /** The booking classes for which fares are filed, with their cabin. */
  List<Fare> classes() {
    return fares.stream().filter(fare -> fare.minMiles() == 1).toList();
  }

  private Optional<Fare> fare(Bound bound) {
    return fares.stream()
        .filter(
            fare ->
                fare.fareClass().equals(bound.fareClass())
                    && fare.minMiles() <= bound.miles()
                    && bound.miles() <= fare.maxMiles())
        .findFirst();
  }

  private PassengerPrice part(PassengerType type, int count, Money adultFare, List<Bound> bounds) {
    var fare = share(adultFare, shares.getOrDefault(type, 100), 100);
    var flights = bounds.stream().mapToInt(bound -> bound.segments().size()).sum();
    var due =
        taxes.stream()
            .map(rule -> new Tax(rule.code(), tax(rule, fare, flights, bounds.size(), type)))
            .filter(tax -> tax.amount().isPositive())
            .toList();
    return new PassengerPrice(type, count, fare, due);
  }

  private static Money tax(TaxRule rule, Money fare, int flights, int bounds, PassengerType type) {
    return switch (rule.basis()) {
      case FARE -> share(fare, rule.permille(), 1000);
      case FLIGHT -> rule.amount().multipliedBy(type.takesSeat() ? flights : 0);
      case BOUND -> rule.amount().multipliedBy(type.takesSeat() ? bounds : 0);
    };
  }

  private static Money share(Money money, int part, int whole) {
    return money.multipliedBy(
        BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole)), RoundingMode.HALF_UP);
  }

  /** Combined fares keep the conditions of the strictest; penalties add up, to the fare at most. */
  private static FareConditions strictest(List<Fare> fares, Money total) {
    var zero = Money.zero(total.getCurrencyUnit());
    var refund = zero;
    var change = zero;
    var refundable = true;
    var changeable = true;
    for (var fare : fares) {
      refund = refund.plus(fare.conditions().refundPenalty());
      change = change.plus(fare.conditions().changePenalty());
      refundable &= fare.conditions().refundable();
      changeable &= fare.conditions().changeable();
    }
    return new FareConditions(refundable, least(refund, total), changeable, least(change, total));
  }

  private static Money least(Money one, Money other) {
    return one.isGreaterThan(other) ? other : one;
  }
}
