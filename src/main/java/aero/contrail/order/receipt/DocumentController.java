package aero.contrail.order.receipt;

import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.Segment;
import aero.contrail.events.TicketNumber;
import aero.contrail.order.Loaded;
import aero.contrail.order.OrderController;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.OrderView;
import aero.contrail.order.Orders;
import aero.contrail.order.ancillary.ServiceView;
import aero.contrail.order.document.Barcodes;
import aero.contrail.order.document.Bcbp;
import aero.contrail.order.document.BoardingPassData;
import aero.contrail.order.document.BoardingPassPage;
import aero.contrail.order.itinerary.ItinerarySegment;
import aero.contrail.order.model.Details;
import aero.contrail.order.model.IssuedTicket;
import aero.contrail.order.person.PersonalData;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Documents of passengers: tickets by their number, boarding passes of who is checked in. */
@RestController
class DocumentController {

  private final Orders orders;
  private static final String PASS = "/orders/{id}/boarding-passes/{passengerId}/{flightId}";

  private final OrderDesk desk;
  private final PersonalData people;

  DocumentController(Orders orders, OrderDesk desk, PersonalData people) {
    this.orders = orders;
    this.desk = desk;
    this.people = people;
  }

  /**
   * A ticket with its coupons, or an EMD with its service; who flies stands in the order.
   *
   * @param service null for tickets
   */
  record TicketDetails(
      TicketNumber number,
      int checkDigit,
      OrderId orderId,
      PassengerId passengerId,
      List<OrderView.CouponView> coupons,
      @Nullable ServiceView service) {

    static TicketDetails of(OrderId order, IssuedTicket ticket) {
      var view = OrderView.TicketView.of(ticket);
      return new TicketDetails(
          view.number(), view.checkDigit(), order, ticket.passenger(), view.coupons(), null);
    }

    static Optional<TicketDetails> of(OrderId order, ServiceView service, Details details) {
      return Optional.ofNullable(service.document())
          .map(
              document ->
                  new TicketDetails(
                      document.number(),
                      document.checkDigit(),
                      order,
                      service.passengerId(),
                      List.of(
                          new OrderView.CouponView(
                              1,
                              service.flightId(),
                              fareClass(details, service),
                              document.status())),
                      service));
    }

    private static String fareClass(Details details, ServiceView service) {
      return details.itinerary().segments().stream()
          .map(ItinerarySegment::segment)
          .filter(segment -> segment.flight().equals(service.flightId()))
          .map(Segment::fareClass)
          .reduce("", (_, last) -> last);
    }
  }

  @Operation(summary = "Read a ticket, or the document of a service")
  @GetMapping("/tickets/{number}")
  TicketDetails get(@PathVariable String number, Caller caller) {
    var order =
        orders.ofTicket(ticketNumber(number)).orElseThrow(() -> Problem.notFound("ticket", number));
    try {
      var details = desk.require(order, caller).state().details();
      return Stream.concat(
              details.tickets().stream().map(ticket -> TicketDetails.of(order, ticket)),
              ServiceView.all(details).stream()
                  .flatMap(service -> TicketDetails.of(order, service, details).stream()))
          .filter(document -> document.number().value().equals(number))
          .findFirst()
          .orElseThrow(() -> Problem.notFound("ticket", number));
    } catch (Problem hidden) {
      throw Problem.notFound("ticket", number); // the order's id is not the caller's to learn
    }
  }

  @Operation(summary = "Show a boarding pass")
  @GetMapping(path = PASS, produces = MediaType.TEXT_HTML_VALUE)
  String boardingPassPage(
      @PathVariable String id,
      @PathVariable String passengerId,
      @PathVariable String flightId,
      Caller caller) {
    var order = desk.require(OrderController.orderId(id), caller);
    return BoardingPassPage.of(pass(order, passengerId, flightId));
  }

  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PDF_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @Operation(summary = "Print a boarding pass")
  @GetMapping(path = PASS, produces = MediaType.APPLICATION_PDF_VALUE)
  byte[] boardingPassPdf(
      @PathVariable String id,
      @PathVariable String passengerId,
      @PathVariable String flightId,
      Caller caller) {
    var order = desk.require(OrderController.orderId(id), caller);
    return BoardingPassPage.pdf(pass(order, passengerId, flightId));
  }

  @Operation(summary = "Read the bar code of a boarding pass, as an Aztec picture")
  @GetMapping(path = PASS, produces = "image/svg+xml")
  String boardingPassImage(
      @PathVariable String id,
      @PathVariable String passengerId,
      @PathVariable String flightId,
      Caller caller) {
    return Barcodes.aztecSvg(boardingPass(id, passengerId, flightId, caller));
  }

  @Operation(summary = "Read the text of a boarding pass's bar code")
  @GetMapping(path = PASS, produces = MediaType.TEXT_PLAIN_VALUE)
  String boardingPass(
      @PathVariable String id,
      @PathVariable String passengerId,
      @PathVariable String flightId,
      Caller caller) {
    return Bcbp.of(pass(desk.require(OrderController.orderId(id), caller), passengerId, flightId));
  }

  private BoardingPassData pass(Loaded order, String passengerId, String flightId) {
    var details = order.state().details();
    var boarding =
        details.boardingPasses().stream()
            .filter(pass -> pass.coupon().flight().value().equals(flightId))
            .filter(pass -> details.goesAboard(pass.coupon(), passengerId))
            .findFirst()
            .orElseThrow(() -> noPass(passengerId, flightId));
    var passenger = new PassengerId(passengerId);
    var segment = segment(order, boarding.coupon().flight());
    var everybody = people.find(List.of(order.order())).get(order.order());
    var person = everybody == null ? null : everybody.passenger(passenger);
    return new BoardingPassData(
        person == null ? null : person.familyName(),
        person == null ? null : person.givenName(),
        details.type(passenger),
        Objects.requireNonNull(details.locator()),
        segment.flight(),
        segment.leg().destination(),
        segment.cabin(),
        boarding.seat(),
        boarding.sequence());
  }

  private static Segment segment(Loaded order, FlightId flight) {
    return order.state().details().itinerary().active().stream()
        .map(ItinerarySegment::segment)
        .filter(segment -> segment.flight().equals(flight))
        .findFirst()
        .orElseThrow();
  }

  private static Problem noPass(String passengerId, String flightId) {
    return new Problem(
        ProblemCode.NOT_FOUND,
        "%s is not checked in for %s: the airport does that.".formatted(passengerId, flightId));
  }

  private static TicketNumber ticketNumber(String number) {
    try {
      return new TicketNumber(number);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("ticket", number);
    }
  }
}
