package aero.contrail.order.servicing;

import aero.contrail.events.PassengerId;
import aero.contrail.order.OrderController;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.OrderReader;
import aero.contrail.order.OrderView;
import aero.contrail.order.servicing.PersonalDataDesk.Correction;
import aero.contrail.order.servicing.PersonalDataDesk.NewName;
import aero.contrail.web.ETags;
import aero.contrail.web.PersonName;
import aero.contrail.web.Refuses;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whose an order is: corrected while it lives, erased when it is over. */
@RestController
@RequestMapping("/orders/{id}")
class PersonalDataController {

  private final OrderDesk desk;
  private final OrderReader reader;
  private final PersonalDataDesk people;
  private final TransactionOperations transaction;

  PersonalDataController(
      OrderDesk desk,
      OrderReader reader,
      PersonalDataDesk people,
      TransactionOperations transaction) {
    this.desk = desk;
    this.reader = reader;
    this.people = people;
    this.transaction = transaction;
  }

  /** What is to be otherwise; what is left out stays. */
  record OrderPatch(
      @Nullable @Size(min = 1, max = 9) List<@Valid @NotNull PassengerPatch> passengers,
      @Nullable @Valid ContactPatch contact,
      @Nullable @Size(min = 1, max = 100) @Pattern(regexp = "\\P{C}*") String externalReference) {

    Correction correction() {
      return new Correction(
          passengers == null
              ? List.of()
              : passengers.stream()
                  .map(
                      p ->
                          new NewName(
                              new PassengerId(p.id()),
                              PersonName.Rule.normalised(p.givenName()),
                              PersonName.Rule.normalised(p.familyName())))
                  .toList(),
          contact == null ? null : contact.email(),
          contact == null ? null : contact.phone(),
          externalReference);
    }
  }

  record PassengerPatch(
      @NotNull @Pattern(regexp = "P[1-9]") String id,
      @NotBlank @Size(max = PersonName.MAX_LENGTH) @PersonName String givenName,
      @NotBlank @Size(max = PersonName.MAX_LENGTH) @PersonName String familyName) {}

  record ContactPatch(
      @Nullable @Size(min = 1, max = 254) @Email String email,
      @Nullable @Pattern(regexp = "\\+?[0-9 ()-]{4,30}") String phone) {}

  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @Operation(
      summary = "Correct names, contact or reference of an order",
      description =
          "A name may be spelled otherwise than it was sold: up to three letters, accents, and"
              + " given and family name in each other's place. Another person needs a ticket of his"
              + " own.")
  @PatchMapping
  @Refuses({ProblemCode.PRECONDITION_REQUIRED, ProblemCode.ILLEGAL_STATE})
  ResponseEntity<?> correct(
      @PathVariable String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @Valid @RequestBody OrderPatch patch,
      Caller caller) {
    var order = OrderController.orderId(id);
    ETags.require(seen);
    transaction.executeWithoutResult(
        _ -> {
          desk.requireSeen(order, seen, caller);
          people.correct(order, patch.correction());
        });
    var view = reader.views(List.of(order)).getFirst();
    return ResponseEntity.ok().eTag(view.tag()).body(view);
  }

  @ApiResponse(responseCode = "204", description = "It is erased, now or before")
  @Operation(
      summary = "Erase the personal data of an order that is over",
      description = "Names, contact and reference are gone for good; history and figures stay.")
  @DeleteMapping("/personal-data")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> erase(@PathVariable String id, Caller caller) {
    var order = OrderController.orderId(id);
    transaction.executeWithoutResult(_ -> people.erase(order, caller));
    return ResponseEntity.noContent().build();
  }
}
