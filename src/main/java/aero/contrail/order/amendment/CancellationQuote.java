package aero.contrail.order.amendment;

import aero.contrail.events.OrderEvent.Part;
import aero.contrail.events.OrderEvent.Penalty;
import aero.contrail.events.Price;
import aero.contrail.events.TicketNumber;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a cancellation would give back.
 *
 * @param refund of tickets
 * @param penalty of tickets
 * @param voided whether the documents are within their void window, so that everything goes back
 * @param parts of the order that are given up; null: all that is left of it
 * @param penalties what the fare keeps of each document, which {@code penalty} is the sum of; null
 *     for quotes of releases that did not say
 * @param price what the rest of an order costs that is not paid for; null when it is
 */
public record CancellationQuote(
    Money refund,
    Money penalty,
    boolean voided,
    List<Line> lines,
    @Nullable List<Part> parts,
    @Nullable List<Penalty> penalties,
    @Nullable Price price) {

  /** Of what a line tells. */
  public enum Kind {
    FARE,
    TAX,
    /** A bag, a seat and the like, on a document of its own. */
    SERVICE
  }

  /**
   * What was paid for something, and what of it goes back.
   *
   * @param coupon its number within the ticket, from 1; null in quotes of releases without
   * @param code of the tax or the service; null for the fare
   */
  public record Line(
      @Nullable TicketNumber ticket,
      @Nullable Integer coupon,
      Kind kind,
      @Nullable String code,
      Money paid,
      Money refundable) {}

  /** What goes back, services included. */
  public Money totalRefund() {
    return refund.plus(services(Line::refundable));
  }

  /** What does not, services included. */
  public Money totalPenalty() {
    return penalty.plus(services(line -> line.paid().minus(line.refundable())));
  }

  /** What goes back for the document of a service; empty when the quote does not tell. */
  public Optional<Money> refundable(TicketNumber document) {
    return lines.stream()
        .filter(line -> line.kind() == Kind.SERVICE && document.equals(line.ticket()))
        .map(Line::refundable)
        .findFirst();
  }

  private Money services(Function<Line, Money> amount) {
    return lines.stream()
        .filter(line -> line.kind() == Kind.SERVICE)
        .map(amount)
        .reduce(Money.zero(refund.getCurrencyUnit()), Money::plus);
  }

  /** What the customer loses of what he paid for what he gives up. */
  public Money cost() {
    return lines.stream()
        .map(line -> line.paid().minus(line.refundable()))
        .reduce(Money.zero(refund.getCurrencyUnit()), Money::plus);
  }

  public CancellationQuote {
    lines = List.copyOf(lines);
    parts = parts == null ? null : List.copyOf(parts);
    penalties = penalties == null ? null : List.copyOf(penalties);
  }
}
