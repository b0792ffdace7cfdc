package aero.contrail.order.payment.stripe;

import aero.contrail.order.payment.PaymentProvider;
import aero.contrail.order.payment.PaymentProvider.Outcome;
import aero.contrail.order.payment.PaymentProvider.Outcome.Done;
import aero.contrail.order.payment.PaymentProvider.Outcome.Refused;
import aero.contrail.order.payment.PaymentProvider.Outcome.Undecided;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeError;
import java.util.Optional;

/** What Stripe's statuses and errors mean for an instruction. */
final class StripeOutcomes {

  private StripeOutcomes() {}

  static String reason(PaymentIntent intent, String otherwise) {
    return Optional.ofNullable(intent.getLastPaymentError())
        .map(StripeOutcomes::code)
        .orElse(otherwise);
  }

  static String code(StripeError error) {
    return error.getDeclineCode() != null
        ? error.getDeclineCode()
        : error.getCode() != null ? error.getCode() : "card_declined";
  }

  static Outcome moved(PaymentIntent intent) {
    return switch (intent.getStatus()) {
      case "succeeded" -> new Done(intent.getId());
      case "canceled" -> new Refused("already_voided");
      case null, default -> new Undecided("status_" + intent.getStatus());
    };
  }

  static Outcome voided(PaymentIntent intent) {
    return switch (intent.getStatus()) {
      case "canceled" -> new Done(intent.getId());
      case "succeeded" -> new Refused(PaymentProvider.ALREADY_CAPTURED);
      case null, default -> new Undecided("status_" + intent.getStatus());
    };
  }

  /** One that is pending is on its way; if the bank does not take it, a notice tells. */
  static Outcome refunded(Refund refund) {
    return switch (refund.getStatus()) {
      case "succeeded", "pending" -> new Done(refund.getPaymentIntent());
      case "failed", "canceled" ->
          new Refused(refund.getFailureReason() == null ? "failed" : refund.getFailureReason());
      case null, default -> new Undecided("status_" + refund.getStatus());
    };
  }

  static String code(StripeException e) {
    if (e.getStripeError() != null && e.getStripeError().getDeclineCode() != null) {
      return e.getStripeError().getDeclineCode();
    }
    if (e.getCode() != null) {
      return e.getCode();
    }
    return e.getStatusCode() == null || e.getStatusCode() == 0
        ? "no_answer"
        : "answer_" + e.getStatusCode();
  }
}
