package aero.contrail.shopping.tariff;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FareConditions.NoShow;
import aero.contrail.events.LoyaltyEvent.AwardChart;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import aero.contrail.events.PassengerPrice;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Price;
import aero.contrail.events.Segment;
import aero.contrail.events.Tax;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The fares and taxes of one day of sale, in one currency, and what flights earn and cost in points
 * on the day on which they are flown. Each bound is priced by itself and the bounds of a trip add
 * up: so a trip can be ranked by what its bounds cost. Shares and percentages are rounded half up
 * to the currency's smallest unit. Immutable.
 */
public final class Tariff {

  private final LocalDate date;
  private final Map<String, List<Fare>> fares;
  private final List<TaxRule> taxes;
  private final Map<PassengerType, Integer> shares;
  private final Map<String, Brand> brands;
  private final NavigableMap<LocalDate, EarningTable> earningTables;
  private final NavigableMap<LocalDate, AwardChart> awardCharts;

  private final Map<Kind, Long> minor = new ConcurrentHashMap<>();

  /**
   * @param date the day of sale; also the version that a price names
   * @param shares percent of the adult fare, by passenger type
   * @param brands by booking class
   * @param earningTables what coupons earn, from a day on
   * @param awardCharts what flights cost in points, from a day on
   */
  Tariff(
      LocalDate date,
      List<Fare> fares,
      List<TaxRule> taxes,
      Map<PassengerType, Integer> shares,
      Map<String, Brand> brands,
      NavigableMap<LocalDate, EarningTable> earningTables,
      NavigableMap<LocalDate, AwardChart> awardCharts) {
    this.date = date;
    this.fares =
        fares.stream()
            .collect(Collectors.groupingBy(Fare::fareClass, TreeMap::new, Collectors.toList()));
    this.taxes = List.copyOf(taxes);
    this.shares = Map.copyOf(shares);
    this.brands = Map.copyOf(brands);
    this.earningTables = new TreeMap<>(earningTables);
    this.awardCharts = new TreeMap<>(awardCharts);
  }

  /** Flights in one direction, in one class. */
  public record Bound(List<Segment> segments) {

    public Bound {
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
  public record Priced(Price price, FareConditions conditions) {}

  LocalDate date() {
    return date;
  }

  /** The booking classes for which fares are filed. */
  public Iterable<String> classes() {
    return fares.keySet();
  }

  public Brand brand(String fareClass) {
    return brands.getOrDefault(fareClass, Brand.UNNAMED);
  }

  /**
   * What a bound costs a party, in the smallest unit of the currency.
   *
   * @param flights how many it consists of
   * @return empty when no fare is filed for the class and the distance
   */
  public Optional<Long> minor(
      String fareClass, int miles, int flights, Map<PassengerType, Integer> party) {
    return fare(fareClass, miles)
        .map(fare -> minor.computeIfAbsent(new Kind(fare, flights, party), this::minor));
  }

  /** There are few of these, and searches ask for thousands of bounds. */
  private record Kind(Fare fare, int flights, Map<PassengerType, Integer> party) {}

  private long minor(Kind kind) {
    return kind.party.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> part(entry.getKey(), entry.getValue(), kind.fare, kind.flights))
        .mapToLong(part -> part.total().getAmountMinorLong())
        .sum();
  }

  /**
   * Prices bounds for a party.
   *
   * @param party how many of each type; types with none are left out
   * @return empty when no fare is filed for one of the bounds
   */
  public Optional<Priced> price(List<Bound> bounds, Map<PassengerType, Integer> party) {
    var filed = bounds.stream().flatMap(b -> fare(b.fareClass(), b.miles()).stream()).toList();
    if (filed.size() < bounds.size()) {
      return Optional.empty();
    }
    var parts =
        party.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> part(entry.getKey(), entry.getValue(), filed, bounds))
            .toList();
    var adultFare = filed.stream().map(Fare::amount).reduce(Money::plus).orElseThrow();
    return Optional.of(new Priced(new Price(parts, date.toString()), strictest(filed, adultFare)));
  }

  /** Award points of one member without a tier on all flights, by the rates of their days. */
  public int earned(List<Segment> segments) {
    return segments.stream()
        .mapToInt(
            segment -> {
              var filed = earningTables.floorEntry(segment.flight().departureDate());
              return filed == null
                  ? 0
                  : filed
                      .getValue()
                      .earned(
                          segment.fareClass(),
                          segment.leg().miles(),
                          PassengerType.ADULT,
                          EarningTable.NO_TIER)
                      .points();
            })
        .sum();
  }

  /**
   * For how many points a passenger can have flights, by the charts of their days.
   *
   * @return null when one of them is not to be had for points
   */
  public @Nullable Integer cost(List<Bound> bounds) {
    var points = 0;
    for (var bound : bounds) {
      for (var segment : bound.segments()) {
        var filed = awardCharts.floorEntry(segment.flight().departureDate());
        var cost =
            filed == null
                ? null
                : filed.getValue().cost(segment.fareClass(), segment.leg().miles());
        if (cost == null) {
          return null;
        }
        points = Math.addExact(points, cost);
      }
    }
    return points;
  }

  private Optional<Fare> fare(String fareClass, int miles) {
    return fares.getOrDefault(fareClass, List.of()).stream()
        .filter(fare -> fare.isFor(miles))
        .findFirst();
  }

  /** What passengers of a type pay for all bounds. */
  private PassengerPrice part(PassengerType type, int count, List<Fare> filed, List<Bound> bounds) {
    var fare = Money.zero(filed.getFirst().amount().getCurrencyUnit());
    var due = new LinkedHashMap<String, Money>();
    for (var i = 0; i < bounds.size(); i++) {
      var part = part(type, count, filed.get(i), bounds.get(i).segments().size());
      fare = fare.plus(part.fare());
      part.taxes().forEach(tax -> due.merge(tax.code(), tax.amount(), Money::plus));
    }
    return new PassengerPrice(
        type,
        count,
        fare,
        due.entrySet().stream().map(tax -> new Tax(tax.getKey(), tax.getValue())).toList());
  }

  private PassengerPrice part(PassengerType type, int count, Fare filed, int flights) {
    var fare = share(filed.amount(), shares.getOrDefault(type, 100), 100);
    var due =
        taxes.stream()
            .map(rule -> new Tax(rule.code(), tax(rule, fare, flights, type)))
            .filter(tax -> tax.amount().isPositive())
            .toList();
    return new PassengerPrice(type, count, fare, due);
  }

  private static Money tax(TaxRule rule, Money fare, int flights, PassengerType type) {
    return switch (rule.basis()) {
      case FARE -> share(fare, rule.permille(), 1000);
      case FLIGHT -> rule.amount().multipliedBy(type.takesSeat() ? flights : 0);
      case BOUND -> rule.amount().multipliedBy(type.takesSeat() ? 1 : 0);
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
    var noShow = zero;
    var refundable = true;
    var changeable = true;
    var keepsOnward = true;
    for (var fare : fares) {
      refund = refund.plus(fare.conditions().refundPenalty());
      change = change.plus(fare.conditions().changePenalty());
      noShow = noShow.plus(fare.conditions().noShowPenalty());
      keepsOnward &= !fare.conditions().losesOnward();
      refundable &= fare.conditions().refundable();
      changeable &= fare.conditions().changeable();
    }
    return new FareConditions(
        refundable,
        least(refund, total),
        changeable,
        least(change, total),
        new NoShow(keepsOnward, least(noShow, total)));
  }

  private static Money least(Money one, Money other) {
    return one.isGreaterThan(other) ? other : one;
  }
}
