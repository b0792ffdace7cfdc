package aero.contrail.order.model;

import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.CouponRef;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderEvent.Penalty;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Price;
import aero.contrail.events.Tax;
import aero.contrail.order.amendment.AirlineChange;
import aero.contrail.order.amendment.CancellationQuote;
import aero.contrail.order.amendment.CancellationQuote.Kind;
import aero.contrail.order.amendment.CancellationQuote.Line;
import aero.contrail.order.document.CouponValues;
import aero.contrail.order.document.TicketRules;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What goes back for coupons that are given up: their fare, less the penalty, when the fare allows
 * it, and their taxes always. A fare's penalty is taken once from a passenger, in how many steps
 * ever he gives up his trip.
 */
public final class Quotes {

  private Quotes() {}

  /**
   * The quote of a customer who wants to cancel.
   *
   * @param parts that he gives up; null: all that is left
   */
  public static CancellationQuote voluntary(
      Details details, @Nullable List<Part> parts, Instant now, ZoneId channelZone) {
    if (details.tickets().isEmpty()) {
      return nothingPaid(details, parts);
    }
    var coupons = parts == null ? details.openCoupons() : details.openCoupons(parts);
    if (isVoidable(details, coupons, now, channelZone)) {
      return quote(details, parts, coupons, _ -> Keeps.NOTHING, true, _ -> true);
    }
    if (!coupons.isEmpty() && coupons.stream().allMatch(c -> isAsked(details, c))) {
      return involuntary(details, parts);
    }
    return quote(
        details,
        parts,
        coupons,
        ticket -> ticket.conditions().refundable() ? Keeps.THE_PENALTY : Keeps.THE_FARE,
        false,
        service -> isVoidable(details, service, now, channelZone));
  }

  /** Whether its passenger could as well decline what the airline changed. */
  static boolean isAsked(Details details, CouponRef coupon) {
    return details.tickets().stream()
        .filter(ticket -> ticket.number().equals(coupon.ticket()))
        .allMatch(
            ticket ->
                details.openChanges().stream()
                    .filter(AirlineChange::canBeDeclined)
                    .anyMatch(change -> change.passengers().contains(ticket.passenger())));
  }

  /** All that is unflown goes back: the airline does not fly what was bought. */
  static CancellationQuote involuntary(Details details, @Nullable List<Part> parts) {
    return quote(
        details,
        parts,
        parts == null ? details.openCoupons() : details.openCoupons(parts),
        _ -> Keeps.NOTHING,
        false,
        _ -> true);
  }

  static CancellationQuote nothingPaid(Details details, @Nullable List<Part> parts) {
    return new CancellationQuote(
        details.zero(),
        details.zero(),
        false,
        List.of(),
        parts,
        List.of(),
        parts == null ? null : priceWithout(details, parts));
  }

  private static Price priceWithout(Details details, List<Part> parts) {
    return details
        .price()
        .without(
            parts.stream()
                .flatMap(part -> part.passengers().stream())
                .distinct()
                .map(details::type)
                .toList());
  }

  /** Until midnight of the day of issue, in the time of the channel; whole documents only. */
  private static boolean isVoidable(
      Details details, List<CouponRef> coupons, Instant now, ZoneId channelZone) {
    return now.isBefore(voidDeadline(details, channelZone))
        && !coupons.isEmpty()
        && details.tickets().stream()
            .filter(ticket -> ticket.open().stream().anyMatch(coupons::contains))
            .allMatch(
                ticket ->
                    !ticket.isExchange()
                        && coupons.containsAll(ticket.open())
                        && ticket.coupons().stream().allMatch(CouponStatus.O::equals));
  }

  /** When documents can be made void no more; there must be one. */
  public static Instant voidDeadline(Details details, ZoneId channelZone) {
    return voidDeadline(details.tickets().getFirst().issuedAt(), channelZone);
  }

  /** When a document can be made void no more: at midnight of the day of its issue. */
  public static Instant voidDeadline(Instant issuedAt, ZoneId channelZone) {
    return issuedAt.atZone(channelZone).plusDays(1).with(LocalTime.MIN).toInstant();
  }

  private static boolean isVoidable(
      Details details, Ancillary service, Instant now, ZoneId channelZone) {
    return details
        .sales()
        .of(service.id())
        .flatMap(sale -> Optional.ofNullable(sale.issuedAt()))
        .filter(issuedAt -> now.isBefore(voidDeadline(issuedAt, channelZone)))
        .isPresent();
  }

  private enum Keeps {
    NOTHING,
    THE_PENALTY,
    THE_FARE
  }

  private static CancellationQuote quote(
      Details details,
      @Nullable List<Part> parts,
      List<CouponRef> coupons,
      Function<IssuedTicket, Keeps> keeps,
      boolean voided,
      Predicate<Ancillary> isWhole) {
    var lines = new ArrayList<Line>();
    var penalties = new ArrayList<Penalty>();
    var taken = penalties(details);
    for (var ticket : details.tickets()) {
      var values = CouponValues.fares(ticket.ticket());
      var taxes = CouponValues.taxes(taxes(details, ticket), values.size());
      var kept = details.zero();
      for (var i = 0; i < values.size(); i++) {
        if (!coupons.contains(ticket.coupon(i))) {
          continue;
        }
        var value = values.get(i);
        var penalty =
            switch (keeps.apply(ticket)) {
              case NOTHING -> details.zero();
              case THE_PENALTY -> least(penaltyLeft(details, ticket, taken), value);
              case THE_FARE -> value;
            };
        taken.merge(ticket.passenger(), penalty, Money::plus);
        kept = kept.plus(penalty);
        lines.add(new Line(ticket.number(), i + 1, Kind.FARE, null, value, value.minus(penalty)));
        for (var tax : taxes.get(i)) {
          lines.add(
              new Line(ticket.number(), i + 1, Kind.TAX, tax.code(), tax.amount(), tax.amount()));
        }
      }
      if (kept.isPositive()) {
        penalties.add(new Penalty(ticket.number(), kept));
      }
    }
    var refund = sum(details, lines.stream().map(Line::refundable).toList());
    lines.addAll(services(details, coupons, isWhole));
    return new CancellationQuote(
        refund,
        sum(details, penalties.stream().map(Penalty::amount).toList()),
        voided,
        lines,
        parts,
        penalties,
        null);
  }

  /** What goes with coupons, as far as it costs something. */
  private static List<Line> services(
      Details details, List<CouponRef> coupons, Predicate<Ancillary> isWhole) {
    return ServiceLossRules.with(details, coupons).stream()
        .filter(service -> service.price().isPositive())
        .map(
            service ->
                new Line(
                    details.sales().document(service.id()).orElse(null),
                    1,
                    Kind.SERVICE,
                    service.code(),
                    service.price(),
                    ServiceLossRules.refund(details, service, isWhole.test(service))))
        .toList();
  }

  /** What the fare kept of each passenger so far. */
  private static Map<PassengerId, Money> penalties(Details details) {
    var taken = new LinkedHashMap<PassengerId, Money>();
    for (var ticket : details.tickets()) {
      for (var penalty : details.account().penalties()) {
        if (penalty.ticket().equals(ticket.number())) {
          taken.merge(ticket.passenger(), penalty.amount(), Money::plus);
        }
      }
    }
    return taken;
  }

  private static Money penaltyLeft(
      Details details, IssuedTicket ticket, Map<PassengerId, Money> taken) {
    var whole = ticket.conditions().refundPenalty().plus(NoShowRules.penalty(ticket));
    var before = taken.getOrDefault(ticket.passenger(), details.zero());
    return whole.minus(least(whole, before));
  }

  /** Those of some coupons that are one passenger's. */
  static List<CouponRef> coupons(
      Details details, Collection<CouponRef> some, PassengerId passenger) {
    return details.tickets().stream()
        .filter(ticket -> ticket.passenger().equals(passenger))
        .flatMap(ticket -> some.stream().filter(c -> c.ticket().equals(ticket.number())))
        .toList();
  }

  private static List<Tax> taxes(Details details, IssuedTicket ticket) {
    var own = ticket.ticket().taxes();
    return own == null ? details.price().of(details.type(ticket.passenger())).taxes() : own;
  }

  /** What documents are worth, as far as they can be flown or were. */
  static Money worth(Details details) {
    var live = new ArrayList<CouponRef>();
    for (var ticket : details.tickets()) {
      for (var i = 0; i < ticket.coupons().size(); i++) {
        var status = ticket.coupons().get(i);
        if (status == CouponStatus.F || !status.isFinal()) {
          live.add(ticket.coupon(i));
        }
      }
    }
    return sum(
        details,
        values(details, live).stream()
            .flatMap(
                value ->
                    Stream.concat(Stream.of(value.fare()), value.taxes().stream().map(Tax::amount)))
            .toList());
  }

  /** What coupons are worth, passenger by passenger. */
  static List<TicketRules.Value> values(Details details, List<CouponRef> coupons) {
    var values = new LinkedHashMap<PassengerId, TicketRules.Value>();
    for (var ticket : details.tickets()) {
      var fares = CouponValues.fares(ticket.ticket());
      var taxes = CouponValues.taxes(taxes(details, ticket), fares.size());
      for (var i = 0; i < fares.size(); i++) {
        if (coupons.contains(ticket.coupon(i))) {
          values.merge(
              ticket.passenger(),
              new TicketRules.Value(
                  ticket.passenger(),
                  details.type(ticket.passenger()),
                  ticket.ticket().member(),
                  fares.get(i),
                  taxes.get(i)),
              Quotes::together);
        }
      }
    }
    return List.copyOf(values.values());
  }

  private static TicketRules.Value together(TicketRules.Value one, TicketRules.Value other) {
    var taxes = new LinkedHashMap<String, Tax>();
    Stream.concat(one.taxes().stream(), other.taxes().stream())
        .forEach(
            tax ->
                taxes.merge(
                    tax.code(), tax, (a, b) -> new Tax(a.code(), a.amount().plus(b.amount()))));
    return new TicketRules.Value(
        one.passenger(),
        one.type(),
        one.member(),
        one.fare().plus(other.fare()),
        List.copyOf(taxes.values()));
  }

  private static Money sum(Details details, Collection<Money> amounts) {
    return amounts.stream().reduce(details.zero(), Money::plus);
  }

  private static Money least(Money one, Money other) {
    return one.isGreaterThan(other) ? other : one;
  }
}
