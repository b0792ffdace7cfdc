package aero.contrail.order.document;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How documents are numbered and issued. */
public final class TicketRules {

  /** The accounting codes that IATA gave to carriers: the first three digits of their tickets. */
  private static final Map<String, String> ACCOUNTING_CODES =
      Map.ofEntries(
          Map.entry("AA", "001"),
          Map.entry("DL", "006"),
          Map.entry("UA", "016"),
          Map.entry("AS", "027"),
          Map.entry("US", "037"),
          Map.entry("EV", "303"),
          Map.entry("OO", "302"),
          Map.entry("FL", "332"),
          Map.entry("F9", "422"),
          Map.entry("HA", "173"),
          Map.entry("B6", "279"),
          Map.entry("9E", "430"),
          Map.entry("MQ", "093"),
          Map.entry("WN", "526"),
          Map.entry("YV", "533"),
          Map.entry("VX", "984"));

  /** Stands in for a carrier without an accounting code of its own. */
  private static final String OTHER = "999";

  private TicketRules() {}

  /**
   * One document a passenger, one coupon a flight.
   *
   * @param serial the first of the order's own serials, at most ten digits
   */
  public static List<Ticket> issue(OrderEvent.Placed order, long serial) {
    var carrier = order.segments().getFirst().flight().designator().substring(0, 2);
    var airline = ACCOUNTING_CODES.getOrDefault(carrier, OTHER);
    var coupons =
        order.segments().stream()
            .map(s -> new Ticket.Coupon(s.flight(), s.fareClass(), s.leg().miles()))
            .toList();
    var tickets = new ArrayList<Ticket>();
    for (var traveller : order.travellers()) {
      tickets.add(
          new Ticket(
              new TicketNumber("%s%010d".formatted(airline, serial + tickets.size())),
              traveller.id(),
              traveller.member(),
              order.terms().price().of(traveller.type()).fare(),
              coupons));
    }
    return tickets;
  }

  /** The digit printed beside the number: the number modulo 7 (IATA Resolution 722). */
  public static int checkDigit(TicketNumber number) {
    return (int) (Long.parseLong(number.value()) % 7);
  }
}
