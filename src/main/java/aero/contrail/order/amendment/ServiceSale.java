package aero.contrail.order.amendment;

import aero.contrail.events.OrderEvent.Ancillary;
import aero.contrail.events.OrderEvent.ServiceDocument;
import aero.contrail.events.OrderEvent.ServicesAbandoned;
import aero.contrail.events.OrderEvent.ServicesIssued;
import aero.contrail.events.OrderEvent.ServicesOrdered;
import aero.contrail.events.OrderEvent.ServicesWanted;
import aero.contrail.events.OrderEvent.SplitServices;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.events.TicketNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Services that a customer ordered together, and how far they have come.
 *
 * @param issuedAt null unless they are sold
 * @param givenUp ids of those that are not delivered any more
 * @param refusal null unless the flight has no more of one
 * @param reason null unless it failed otherwise
 */
public record ServiceSale(
    ServicesOrdered ordered,
    Status status,
    List<ServiceDocument> documents,
    @Nullable Instant issuedAt,
    List<UUID> givenUp,
    @Nullable SpaceRefusal refusal,
    @Nullable String reason) {

  /** How it stands. */
  public enum Status {
    /** They came with the order, whose flights have no space yet. */
    WANTED,
    /** The flights are asked for them. */
    ORDERED,
    /** The flights keep them; they are being paid for. */
    RESERVED,
    ISSUED,
    ABANDONED
  }

  public ServiceSale {
    documents = List.copyOf(documents);
    givenUp = List.copyOf(givenUp);
  }

  static ServiceSale of(ServicesOrdered ordered) {
    return new ServiceSale(ordered, Status.ORDERED, List.of(), null, List.of(), null, null);
  }

  static ServiceSale of(ServicesWanted wanted) {
    var order = wanted.order();
    return new ServiceSale(
        new ServicesOrdered(
            order, order.value(), wanted.services(), null, wanted.amount(), wanted.at()),
        Status.WANTED,
        List.of(),
        null,
        List.of(),
        null,
        null);
  }

  public UUID id() {
    return ordered.sale();
  }

  /** Whether it came with the order, and is paid for with it. */
  public boolean isWithOrder() {
    return id().equals(ordered.order().value());
  }

  /** Whether it is not decided yet. */
  public boolean isUnderWay() {
    return status == Status.WANTED || status == Status.ORDERED || status == Status.RESERVED;
  }

  /** What is wanted and not given up. */
  public List<Ancillary> wanted() {
    return ordered.services().stream().filter(s -> !givenUp.contains(s.id())).toList();
  }

  /** What was sold and is to be delivered, or was. */
  public List<Ancillary> live() {
    return status == Status.ISSUED ? wanted() : List.of();
  }

  /** One of them. */
  public Optional<Ancillary> service(UUID service) {
    return ordered.services().stream().filter(s -> s.id().equals(service)).findFirst();
  }

  /** The document of a service; empty when it cost nothing, or is not sold. */
  public Optional<TicketNumber> document(UUID service) {
    return documents.stream()
        .filter(document -> document.service().equals(service))
        .map(ServiceDocument::number)
        .findFirst();
  }

  /** Services that came along from another order. */
  static ServiceSale of(OrderId order, SplitServices came) {
    return new ServiceSale(
        new ServicesOrdered(
            order,
            came.sale(),
            came.services(),
            null,
            came.services().stream().map(Ancillary::price).reduce(Money::plus).orElseThrow(),
            came.issuedAt()),
        Status.ISSUED,
        came.documents(),
        came.issuedAt(),
        List.of(),
        null,
        null);
  }

  /** The same for some of the passengers; empty when there is nothing for them. */
  Optional<ServiceSale> only(Collection<PassengerId> some) {
    var theirs = ordered.services().stream().filter(s -> some.contains(s.passenger())).toList();
    return theirs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ServiceSale(
                new ServicesOrdered(
                    ordered.order(),
                    ordered.sale(),
                    theirs,
                    ordered.payment(),
                    ordered.amount(),
                    ordered.at()),
                status,
                documents.stream()
                    .filter(d -> theirs.stream().anyMatch(s -> s.id().equals(d.service())))
                    .toList(),
                issuedAt,
                givenUp,
                refusal,
                reason));
  }

  ServiceSale in(ServicesOrdered asked) {
    return new ServiceSale(asked, Status.ORDERED, documents, null, givenUp, null, null);
  }

  ServiceSale reserved() {
    return new ServiceSale(ordered, Status.RESERVED, documents, null, givenUp, null, null);
  }

  ServiceSale issued(ServicesIssued issued) {
    return new ServiceSale(
        ordered, Status.ISSUED, issued.documents(), issued.at(), givenUp, null, null);
  }

  ServiceSale abandoned(ServicesAbandoned abandoned) {
    return new ServiceSale(
        ordered,
        Status.ABANDONED,
        documents,
        null,
        givenUp,
        abandoned.refusal(),
        abandoned.reason());
  }

  /** The same without some services. */
  ServiceSale without(Collection<Ancillary> services) {
    return new ServiceSale(
        ordered,
        status,
        documents,
        issuedAt,
        Stream.concat(
                givenUp.stream(),
                ordered.services().stream().filter(services::contains).map(Ancillary::id))
            .distinct()
            .toList(),
        refusal,
        reason);
  }
}
