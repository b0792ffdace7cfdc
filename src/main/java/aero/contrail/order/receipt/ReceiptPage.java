package aero.contrail.order.receipt;

import aero.contrail.events.FareConditions;
import aero.contrail.events.OrderEvent.CouponStatus;
import aero.contrail.events.Tax;
import aero.contrail.order.ancillary.ServiceView;
import aero.contrail.order.document.TicketRules;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.IssuedTicket;
import aero.contrail.order.model.OrderState.PaymentStatus;
import aero.contrail.order.model.OrderState.RefundStatus;
import aero.contrail.order.model.PointsRules;
import aero.contrail.order.person.PersonalData.People;
import aero.contrail.order.person.PersonalData.Person;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * An itinerary receipt as a page: who flies what, with which documents, what fare and taxes they
 * are worth, and how they were paid (IATA Resolution 722f names what has to stand on it).
 */
final class ReceiptPage {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);

  private final Details details;
  private final @Nullable People people;
  private final ZoneId zone;
  private final UnaryOperator<String> spelling;

  /**
   * @param people null when they were erased
   * @param zone of the seller, for the day of issue
   * @param spelling how names are written: not every script can be printed
   */
  ReceiptPage(
      Details details, @Nullable People people, ZoneId zone, UnaryOperator<String> spelling) {
    this.details = details;
    this.people = people;
    this.zone = zone;
    this.spelling = spelling;
  }

  /** Well-formed as XML. Times are local to their airports. */
  String html() {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head><meta charset="utf-8"/><title>Itinerary receipt %1$s</title>
    <style>
    body{font-family:"DejaVu Sans",sans-serif;font-size:10pt;color:#1a1a1a;max-width:48em}
    h1{font-size:16pt} h2{font-size:12pt;margin-top:1.5em}
    table{border-collapse:collapse;width:100%%;margin-bottom:1em;page-break-inside:avoid}
    caption{text-align:left;padding:.3em 0}
    th,td{text-align:left;vertical-align:top;padding:.15em .8em .15em 0}
    th,td{border-bottom:1px solid #ccc} td.money,th.money{padding-right:0}
    td.money,th.money{text-align:right;white-space:nowrap} .total td{font-weight:bold}
    @page{size:A4;margin:18mm}
    </style></head>
    <body>
    <h1>Itinerary receipt</h1>
    <p>Reservation <strong>%1$s</strong>, order %2$s, sold by %3$s</p>
    <h2>Flights</h2>
    <table>
    <thead><tr><th>Flight</th><th>From</th><th>To</th><th>Class</th><th>Passengers</th></tr></thead>
    <tbody>
    %4$s</tbody></table>
    <h2>Documents</h2>
    %5$s<h2>Payment</h2>
    <table>
    <tbody>
    %6$s</tbody></table>
    <h2>Conditions</h2>
    <p>%7$s</p>
    </body>
    </html>
    """
        .formatted(
            escaped(Objects.toString(details.locator(), "–")),
            details.placed().order(),
            escaped(details.placed().channel()),
            rows(details.itinerary().active(), this::flight),
            rows(details.tickets(), this::document) + services(),
            payments(),
            conditions());
  }

  private static <T> String rows(List<T> items, Function<T, String> row) {
    return items.stream().map(row).collect(Collectors.joining());
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }

  private String flight(ItinerarySegment flown) {
    var segment = flown.segment();
    var leg = segment.leg();
    return """
    <tr><td>%s</td><td>%s<br/>%s</td><td>%s<br/>%s</td><td>%s</td><td>%s</td></tr>
    """
        .formatted(
            segment.flight().designator(),
            leg.origin(),
            local(leg.departure()),
            leg.destination(),
            local(leg.arrival()),
            segment.fareClass(),
            flown.passengers().stream()
                .map(id -> escaped(name(id.value())))
                .collect(Collectors.joining("<br/>")));
  }

  private static String local(ZonedDateTime time) {
    return TIME.format(time);
  }

  private String name(String passenger) {
    var person =
        people == null
            ? null
            : people.passengers().stream()
                .filter(p -> p.id().value().equals(passenger))
                .findFirst()
                .orElse(null);
    return person == null ? passenger : spelling.apply(name(person));
  }

  private static String name(Person person) {
    return person.givenName() + " " + person.familyName();
  }

  private String document(IssuedTicket issued) {
    var ticket = issued.ticket();
    var lines = new LinkedHashMap<String, Money>();
    lines.put("Fare", ticket.fare());
    for (var tax : Objects.requireNonNullElse(ticket.taxes(), List.<Tax>of())) {
      lines.merge("Tax or charge " + tax.code(), tax.amount(), Money::plus);
    }
    var total =
        lines.values().stream().reduce(Money.zero(ticket.fare().getCurrencyUnit()), Money::plus);
    return """
    <table>
    <caption><strong>%s</strong>, ticket %s-%d, issued %s%s</caption>
    <tbody>
    %s<tr><td>Coupons</td><td class="money">%s</td></tr>
    <tr class="total"><td>Total</td><td class="money">%s</td></tr>
    </tbody></table>
    """
        .formatted(
            escaped(name(ticket.passenger().value())),
            ticket.number(),
            TicketRules.checkDigit(ticket.number()),
            DATE.format(issued.issuedAt().atZone(zone)),
            issued.isExchange() ? ", in exchange for another" : "",
            lines.entrySet().stream()
                .map(line -> amount(escaped(line.getKey()), line.getValue()))
                .collect(Collectors.joining()),
            coupons(issued),
            money(total));
  }

  /** Bags, seats and the like; nothing when there are none. */
  private String services() {
    var sold = ServiceView.all(details).stream().filter(s -> s.document() != null).toList();
    return sold.isEmpty()
        ? ""
        : """
        <table>
        <caption><strong>Services</strong></caption>
        <tbody>
        %s</tbody></table>
        """
            .formatted(rows(sold, this::service));
  }

  private String service(ServiceView service) {
    var document = Objects.requireNonNull(service.document());
    return amount(
        "%s: %d × %s%s, %s<br/>document %s-%d, %s"
            .formatted(
                escaped(name(service.passengerId().value())),
                service.quantity(),
                escaped(service.name()),
                service.seat() == null ? "" : " " + service.seat(),
                service.flightId().designator(),
                document.number(),
                document.checkDigit(),
                words(document.status())),
        service.price());
  }

  private static String coupons(IssuedTicket issued) {
    return IntStream.range(0, issued.coupons().size())
        .mapToObj(
            i ->
                "%s %s"
                    .formatted(
                        issued.ticket().coupons().get(i).flight().designator(),
                        words(issued.coupons().get(i))))
        .collect(Collectors.joining("<br/>"));
  }

  private static String words(CouponStatus status) {
    return switch (status) {
      case O, A -> "open for use";
      case C -> "checked in";
      case L -> "boarded";
      case F -> "flown";
      case E -> "exchanged";
      case R -> "refunded";
      case V -> "void";
      case S -> "suspended";
    };
  }

  private String payments() {
    var rows = new StringBuilder();
    for (var payment : details.payments()) {
      if (payment.status() == PaymentStatus.CAPTURED) {
        rows.append(
            amount(
                PointsRules.isByPoints(details, payment.id()) ? "Paid with points" : "Paid by card",
                payment.amount()));
      }
    }
    for (var refund : details.refunds()) {
      if (refund.status() != RefundStatus.RETRIED) {
        var how = PointsRules.isByPoints(details, refund.payment()) ? " in points" : "";
        rows.append(amount(words(refund.status()) + how, refund.amount().negated()));
      }
    }
    return rows.toString();
  }

  private static String words(RefundStatus status) {
    return switch (status) {
      case DUE, FAILED, RETRIED -> "To be paid back";
      case DONE, PAID_OTHERWISE -> "Paid back";
      case WRITTEN_OFF -> "Not paid back";
    };
  }

  private String conditions() {
    return details.tickets().stream()
        .map(IssuedTicket::conditions)
        .distinct()
        .map(ReceiptPage::words)
        .collect(Collectors.joining("<br/>"));
  }

  private static String words(FareConditions conditions) {
    var refund =
        conditions.refundable()
            ? "Refundable%s.".formatted(less(", less ", conditions.refundPenalty()))
            : "Fare not refundable; taxes of flights that are not flown are.";
    var change =
        conditions.changeable()
            ? "Changeable for the difference of the fares%s."
                .formatted(less(" and ", conditions.changePenalty()))
            : "Not changeable.";
    return refund + " " + change + noShow(conditions);
  }

  private static String noShow(FareConditions conditions) {
    var penalty = conditions.noShowPenalty();
    var costs = penalty.isZero() ? "" : " A refund or a change costs %s more then.";
    return conditions.losesOnward()
        ? " Who does not come cannot fly what comes after." + costs.formatted(money(penalty))
        : "";
  }

  private static String less(String word, Money penalty) {
    return penalty.isZero() ? "" : word + money(penalty) + " a passenger";
  }

  private static String amount(String what, Money money) {
    return "<tr><td>%s</td><td class=\"money\">%s</td></tr>%n".formatted(what, money(money));
  }

  private static String money(Money money) {
    return money.getAmount().toPlainString() + " " + money.getCurrencyUnit().getCode();
  }
}
