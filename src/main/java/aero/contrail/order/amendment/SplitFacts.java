package aero.contrail.order.amendment;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderEvent.SplitFlight;
import aero.contrail.events.OrderEvent.SplitServices;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Traveller;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** What was told of an order, as it is told of a part of it. */
public final class SplitFacts {

  private SplitFacts() {}

  public static SplitServices services(ServiceSale sale) {
    var live = sale.live();
    return new SplitServices(
        sale.id(),
        live,
        sale.documents().stream()
            .filter(d -> live.stream().anyMatch(service -> service.id().equals(d.service())))
            .toList(),
        Objects.requireNonNull(sale.issuedAt()));
  }

  public static OrderEvent.AirlineChangeOpened opened(
      AirlineChange change, OrderId order, Collection<PassengerId> some, Instant at) {
    return new OrderEvent.AirlineChangeOpened(
        order,
        change.id(),
        change.kind(),
        change.severity(),
        change.passengers().stream().filter(some::contains).toList(),
        change.removed(),
        change.added(),
        change.respondBy(),
        at);
  }

  /** The same for those who stay. */
  public static OrderEvent.Placed with(OrderEvent.Placed placed, List<Traveller> staying) {
    return new OrderEvent.Placed(
        placed.order(),
        placed.channel(),
        placed.segments(),
        staying,
        placed.terms(),
        placed.prepayment(),
        placed.group(),
        placed.waitlist(),
        placed.at());
  }

  /** As if it had been placed as it is. */
  public static OrderEvent.Placed placed(OrderEvent.SplitOff off) {
    return new OrderEvent.Placed(
        off.order(),
        off.channel(),
        off.flights().stream().map(SplitFlight::segment).distinct().toList(),
        off.travellers(),
        off.terms(),
        null,
        null,
        null,
        off.at());
  }
}
