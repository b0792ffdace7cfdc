package aero.contrail.order.payment.stripe;

import aero.contrail.order.PaymentOutcomes;
import aero.contrail.order.payment.PaymentInstructions;
import aero.contrail.order.payment.PaymentNotices;
import aero.contrail.order.payment.PaymentProvider.Outcome.Refused;
import aero.contrail.web.Refuses;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes Stripe's webhooks. A notice is a reason to look, not the truth: they come late, twice and
 * in any order, so what it is about is asked of Stripe at once. Only that a bank has sent a refund
 * back is taken from the notice, since nobody would ask for it any more.
 */
@RestController
@RequestMapping("/payments/notices/stripe")
class StripeNotices {

  private static final String PROVIDER = "stripe";

  /** How old a signature may be, in seconds: Stripe's own recommendation. */
  private static final long TOLERANCE = 300;

  private final String secret;
  private final PaymentNotices notices;
  private final PaymentInstructions instructions;
  private final PaymentOutcomes outcomes;
  private final TransactionOperations transaction;
  private final JsonMapper json;

  StripeNotices(
      @Value("${contrail.payments.stripe.webhook-secret:}") String secret,
      PaymentNotices notices,
      PaymentInstructions instructions,
      PaymentOutcomes outcomes,
      TransactionOperations transaction,
      JsonMapper json) {
    this.secret = secret;
    this.notices = notices;
    this.instructions = instructions;
    this.outcomes = outcomes;
    this.transaction = transaction;
    this.json = json;
  }

  @ApiResponse(responseCode = "204", description = "It is taken, now or before")
  @Operation(
      summary = "Take a notice of the payment provider",
      description = "Signed by Stripe as its webhooks are; anything else is refused.")
  @PostMapping
  @Refuses(ProblemCode.SIGNATURE_INVALID)
  ResponseEntity<?> take(
      @RequestBody byte[] body,
      @RequestHeader(name = "Stripe-Signature", required = false) @Nullable String signature) {
    var text = new String(body, StandardCharsets.UTF_8);
    verify(text, signature);
    var notice = read(text);
    transaction.executeWithoutResult(
        _ -> {
          if (notices.isNew(PROVIDER, notice.at("/id").asString(""))) {
            heed(notice);
          }
        });
    return ResponseEntity.noContent().build();
  }

  private void verify(String text, @Nullable String signature) {
    try {
      if (secret.isEmpty()
          || signature == null
          || !Webhook.Signature.verifyHeader(text, signature, secret, TOLERANCE)) {
        throw unsigned();
      }
    } catch (SignatureVerificationException e) {
      throw unsigned();
    }
  }

  private static Problem unsigned() {
    return new Problem(
        ProblemCode.SIGNATURE_INVALID,
        "Stripe-Signature does not fit: sign with the secret of this webhook, now.");
  }

  private JsonNode read(String text) {
    try {
      return json.readTree(text);
    } catch (JacksonException e) {
      throw new Problem(ProblemCode.MALFORMED_REQUEST, "The notice is no JSON.");
    }
  }

  private void heed(JsonNode notice) {
    var about = notice.at("/data/object");
    var instruction = instruction(about.at("/metadata/" + StripePayments.INSTRUCTION).asString(""));
    if (instruction == null) {
      return; // about something that was not done from here
    }
    if (about.at("/object").asString("").equals("refund")
        && about.at("/status").asString("").equals("failed")) {
      instructions
          .find(instruction)
          .ifPresent(
              refund ->
                  outcomes.record(
                      List.of(refund),
                      List.of(new Refused(about.at("/failure_reason").asString("failed")))));
    } else {
      instructions.askSoon(instruction);
    }
  }

  private static @Nullable UUID instruction(String id) {
    try {
      return id.isEmpty() ? null : UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
