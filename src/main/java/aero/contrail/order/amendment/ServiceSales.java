package aero.contrail.order.amendment;

import aero.contrail.events.OrderEvent.AboutServices;
import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.ServicesAbandoned;
import aero.contrail.events.OrderEvent.ServicesGivenUp;
import aero.contrail.events.OrderEvent.ServicesIssued;
import aero.contrail.events.OrderEvent.ServicesOrdered;
import aero.contrail.events.OrderEvent.ServicesReserved;
import aero.contrail.events.OrderEvent.ServicesWanted;
import aero.contrail.events.OrderEvent.SplitServices;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.TicketNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** All sales of services of an order, oldest first. */
public record ServiceSales(List<ServiceSale> all) {

  public static final ServiceSales NONE = new ServiceSales(List.of());

  public ServiceSales {
    all = List.copyOf(all);
  }

  public Optional<ServiceSale> find(UUID sale) {
    return all.stream().filter(known -> known.id().equals(sale)).findFirst();
  }

  /** With which a service was ordered. */
  public Optional<ServiceSale> of(UUID service) {
    return all.stream().filter(sale -> sale.service(service).isPresent()).findFirst();
  }

  /** What is sold and not given up. */
  public List<Ancillary> live() {
    return all.stream().flatMap(sale -> sale.live().stream()).toList();
  }

  /** What is sold or being bought, and not given up. */
  public List<Ancillary> wanted() {
    return all.stream()
        .filter(sale -> sale.status() != ServiceSale.Status.ABANDONED)
        .flatMap(sale -> sale.wanted().stream())
        .toList();
  }

  /** What those are worth that are sold and not given up. */
  public Money worth(CurrencyUnit currency) {
    return sum(live(), currency);
  }

  /** What those cost that are paid for with the order and not sold yet. */
  public Money dueWithOrder(CurrencyUnit currency) {
    return sum(
        withOrder().filter(ServiceSale::isUnderWay).stream()
            .flatMap(sale -> sale.wanted().stream())
            .toList(),
        currency);
  }

  private static Money sum(List<Ancillary> services, CurrencyUnit currency) {
    return services.stream().map(Ancillary::price).reduce(Money.zero(currency), Money::plus);
  }

  /** Those of which nobody knows yet what becomes of them. */
  public List<ServiceSale> underWay() {
    return all.stream().filter(ServiceSale::isUnderWay).toList();
  }

  /** Those that came with the order; empty when there were none. */
  public Optional<ServiceSale> withOrder() {
    return all.stream().filter(ServiceSale::isWithOrder).findFirst();
  }

  /** The document of a service; empty when it has none. */
  public Optional<TicketNumber> document(UUID service) {
    return all.stream().flatMap(sale -> sale.document(service).stream()).findFirst();
  }

  /** Those for some of the passengers. */
  public ServiceSales only(Collection<PassengerId> some) {
    return new ServiceSales(all.stream().flatMap(sale -> sale.only(some).stream()).toList());
  }

  /**
   * Those for passengers who stay when others leave. What came to nothing stays, for its money may
   * still come in; not what came with the order, whose money was given back for all.
   */
  public ServiceSales staying(Collection<PassengerId> some) {
    return new ServiceSales(
        all.stream()
            .flatMap(
                sale ->
                    sale.status() == ServiceSale.Status.ABANDONED
                        ? Stream.of(sale).filter(s -> !s.isWithOrder())
                        : sale.only(some).stream())
            .toList());
  }

  /** With what came along from another order. */
  public ServiceSales with(OrderId order, SplitServices came) {
    return came.services().isEmpty() ? this : with(ServiceSale.of(order, came));
  }

  /** As they are after a fact about them. */
  public ServiceSales after(AboutServices fact) {
    return switch (fact) {
      case ServicesWanted wanted -> with(ServiceSale.of(wanted));
      case ServicesOrdered ordered ->
          find(ordered.sale()).isPresent()
              ? with(ordered.sale(), sale -> sale.in(ordered))
              : with(ServiceSale.of(ordered));
      case ServicesReserved reserved -> with(reserved.sale(), ServiceSale::reserved);
      case ServicesIssued issued -> with(issued.sale(), sale -> sale.issued(issued));
      case ServicesAbandoned over -> with(over.sale(), sale -> sale.abandoned(over));
      case ServicesGivenUp up ->
          new ServiceSales(all.stream().map(sale -> sale.without(up.services())).toList());
    };
  }

  private ServiceSales with(ServiceSale one) {
    var more = new ArrayList<>(all);
    more.add(one);
    return new ServiceSales(more);
  }

  private ServiceSales with(UUID id, UnaryOperator<ServiceSale> change) {
    return new ServiceSales(
        all.stream().map(sale -> sale.id().equals(id) ? change.apply(sale) : sale).toList());
  }
}
