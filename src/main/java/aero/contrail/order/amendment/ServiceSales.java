package aero.contrail.order.amendment;

import aero.contrail.events.OrderEvent.AboutServices;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.ServicesAbandoned;
import aero.contrail.events.OrderEvent.ServicesGivenUp;
import aero.contrail.events.OrderEvent.ServicesIssued;
import aero.contrail.events.OrderEvent.ServicesOrdered;
import aero.contrail.events.OrderEvent.ServicesReserved;
import aero.contrail.events.TicketNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** All sales of services of an order, oldest first. */
public record ServiceSales(List<ServiceSale> all) {

  public static final ServiceSales NONE = new ServiceSales(List.of());

  public ServiceSales {
    all = List.copyOf(all);
  }

  public Optional<ServiceSale> find(UUID sale) {
    return all.stream().filter(known -> known.id().equals(sale)).findFirst();
  }

  /** What is sold and not given up. */
  public List<Ancillary> live() {
    return all.stream().flatMap(sale -> sale.live().stream()).toList();
  }

  /** Those of which nobody knows yet what becomes of them. */
  public List<ServiceSale> underWay() {
    return all.stream().filter(ServiceSale::isUnderWay).toList();
  }

  /** The document of a service; empty when it has none. */
  public Optional<TicketNumber> document(UUID service) {
    return all.stream().flatMap(sale -> sale.document(service).stream()).findFirst();
  }

  /** As they are after a fact about them. */
  public ServiceSales after(AboutServices fact) {
    return switch (fact) {
      case ServicesOrdered ordered -> {
        var more = new ArrayList<>(all);
        more.add(ServiceSale.of(ordered));
        yield new ServiceSales(more);
      }
      case ServicesReserved reserved -> with(reserved.sale(), ServiceSale::reserved);
      case ServicesIssued issued -> with(issued.sale(), sale -> sale.issued(issued));
      case ServicesAbandoned over -> with(over.sale(), sale -> sale.abandoned(over));
      case ServicesGivenUp up ->
          new ServiceSales(all.stream().map(sale -> sale.without(up.services())).toList());
    };
  }

  private ServiceSales with(UUID id, UnaryOperator<ServiceSale> change) {
    return new ServiceSales(
        all.stream().map(sale -> sale.id().equals(id) ? change.apply(sale) : sale).toList());
  }
}
