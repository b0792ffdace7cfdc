package aero.contrail.order.document;

import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Price;
import aero.contrail.events.Segment;
import aero.contrail.events.Tax;
import aero.contrail.events.Ticket;
import aero.contrail.events.TicketNumber;
import aero.contrail.events.Traveller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

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
   * One document for each passenger who flies, one coupon a flight.
   *
   * @param travellers in whose order serials are used
   * @param price of the party
   * @param flies what each passenger flies
   * @param serial the first of the order's own serials, at most ten digits
   */
  public static List<Ticket> issue(
      List<Traveller> travellers,
      Price price,
      Function<PassengerId, List<Segment>> flies,
      long serial) {
    var tickets = new ArrayList<Ticket>();
    for (var traveller : travellers) {
      var segments = flies.apply(traveller.id());
      if (!segments.isEmpty()) {
        var paid = price.of(traveller.type());
        tickets.add(
            new Ticket(
                number(segments.getFirst().flight(), serial + tickets.size()),
                traveller.id(),
                traveller.type(),
                traveller.member(),
                paid.fare(),
                paid.taxes(),
                coupons(segments)));
      }
    }
    return tickets;
  }

  /** What coupons of a passenger were worth that others take the place of. */
  public record Value(
      PassengerId passenger,
      @Nullable PassengerType type,
      @Nullable MemberNumber member,
      Money fare,
      List<Tax> taxes) {

    public Value {
      taxes = List.copyOf(taxes);
    }
  }

  /**
   * Documents for other flights, which are worth what those were that they replace.
   *
   * @param serial the first of the order's own serials, at most ten digits
   */
  public static List<Ticket> reissue(List<Value> values, List<Segment> segments, long serial) {
    return IntStream.range(0, values.size())
        .mapToObj(
            i ->
                new Ticket(
                    number(segments.getFirst().flight(), serial + i),
                    values.get(i).passenger(),
                    values.get(i).type(),
                    values.get(i).member(),
                    values.get(i).fare(),
                    values.get(i).taxes(),
                    coupons(segments)))
        .toList();
  }

  /** The number of a document for a flight, or for flights of which it is the first. */
  public static TicketNumber number(FlightId flight, long serial) {
    var carrier = flight.designator().substring(0, 2);
    return new TicketNumber(
        "%s%010d".formatted(ACCOUNTING_CODES.getOrDefault(carrier, OTHER), serial));
  }

  private static List<Ticket.Coupon> coupons(List<Segment> segments) {
    return segments.stream()
        .map(s -> new Ticket.Coupon(s.flight(), s.fareClass(), s.leg().miles()))
        .toList();
  }

  /** The digit printed beside the number: the number modulo 7 (IATA Resolution 722). */
  public static int checkDigit(TicketNumber number) {
    return (int) (Long.parseLong(number.value()) % 7);
  }
}
