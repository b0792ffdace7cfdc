package aero.contrail.order;

import aero.contrail.events.TicketNumber;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a cancellation would give back.
 *
 * @param voided whether the documents are within their void window, so that everything goes back
 */
record CancellationQuote(Money refund, Money penalty, boolean voided, List<Line> lines) {

  enum Kind {
    FARE,
    TAX
  }

  /** What was paid for something, and what of it goes back. {@code ticket} is null before issue. */
  record Line(@Nullable TicketNumber ticket, Kind kind, Money paid, Money refundable) {}

  CancellationQuote {
    lines = List.copyOf(lines);
  }
}
