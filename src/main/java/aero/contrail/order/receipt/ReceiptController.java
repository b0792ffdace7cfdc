package aero.contrail.order.receipt;

import aero.contrail.events.OrderId;
import aero.contrail.order.ChannelZones;
import aero.contrail.order.OrderController;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.document.Pdf;
import aero.contrail.order.person.NameKey;
import aero.contrail.order.person.PersonalData;
import aero.contrail.web.Refuses;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Receipts of orders that have documents, as they are now. */
@RestController
@RequestMapping("/orders/{id}/receipt")
class ReceiptController {

  private final OrderDesk desk;
  private final PersonalData people;
  private final ChannelZones zones;

  ReceiptController(OrderDesk desk, PersonalData people, ChannelZones zones) {
    this.desk = desk;
    this.people = people;
    this.zones = zones;
  }

  @Operation(summary = "Show the itinerary receipt of an order")
  @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
  @Refuses(ProblemCode.ILLEGAL_STATE)
  String page(@PathVariable String id, Caller caller) {
    return receipt(OrderController.orderId(id), caller, name -> name).html();
  }

  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PDF_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @Operation(summary = "Print the itinerary receipt of an order")
  @GetMapping(produces = MediaType.APPLICATION_PDF_VALUE)
  @Refuses(ProblemCode.ILLEGAL_STATE)
  byte[] pdf(@PathVariable String id, Caller caller) {
    return Pdf.of(receipt(OrderController.orderId(id), caller, ReceiptController::printed).html());
  }

  /** In Latin capitals where the font has not the name's own script. */
  private static String printed(String name) {
    return Pdf.hasGlyphs(name) ? name : NameKey.latin(name);
  }

  private ReceiptPage receipt(OrderId id, Caller caller, UnaryOperator<String> spelling) {
    var details = desk.require(id, caller).state().details();
    if (details.tickets().isEmpty()) {
      throw new Problem(
          ProblemCode.ILLEGAL_STATE, "There are no documents yet: the order is not paid.");
    }
    return new ReceiptPage(
        details, people.find(List.of(id)).get(id), zones.of(details.placed().channel()), spelling);
  }
}
