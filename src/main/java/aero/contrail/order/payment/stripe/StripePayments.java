package aero.contrail.order.payment.stripe;

import aero.contrail.order.payment.PaymentInstruction;
import aero.contrail.order.payment.PaymentProvider;
import aero.contrail.order.payment.PaymentProvider.Outcome.ActionRequired;
import aero.contrail.order.payment.PaymentProvider.Outcome.Done;
import aero.contrail.order.payment.PaymentProvider.Outcome.Refused;
import aero.contrail.order.payment.PaymentProvider.Outcome.Undecided;
import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.service.PaymentIntentService;
import com.stripe.service.RefundService;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Moves money by Stripe's payment intents: authorised with {@code capture_method=manual}, then
 * captured or cancelled, and refunded in parts. Each call has the instruction's id as its
 * idempotency key and as metadata. Stripe forgets keys after a day, and repeats the answer of then
 * as long as it knows them, so an instruction that may have been asked before is looked up first.
 * Thread-safe.
 *
 * @see <a href="https://docs.stripe.com/api/idempotent_requests">Idempotent requests</a>
 */
@Component
@ConditionalOnProperty("contrail.payments.stripe.secret-key")
class StripePayments implements PaymentProvider {

  static final String INSTRUCTION = "instruction";

  /** Nine passengers give up eight flights one by one, at the most. */
  private static final long ALL_OF_A_PARTY = 100;

  private static final Logger log = LoggerFactory.getLogger(StripePayments.class);

  /** A call that another instance makes, or a dead one made, is over by then. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

  private final PaymentIntentService intents;
  private final RefundService refunds;
  private final String returnUrl;
  private final Duration actWithin;
  private final Clock clock;

  StripePayments(
      @Value("${contrail.payments.stripe.secret-key}") String secretKey,
      @Value("${contrail.payments.stripe.api-base:https://api.stripe.com}") String apiBase,
      @Value("${contrail.payments.stripe.return-url:}") String returnUrl,
      @Value("${contrail.payments.stripe.connect-time-out:PT2S}") Duration connectTimeOut,
      @Value("${contrail.payments.stripe.answer-time-out:PT10S}") Duration answerTimeOut,
      @Value("${contrail.payments.stripe.act-within:PT30M}") Duration actWithin,
      Clock clock) {
    if (secretKey.isBlank()) {
      throw new IllegalArgumentException(
          "contrail.payments.stripe.secret-key is empty: set it, or leave it out");
    }
    var stripe =
        StripeClient.builder()
            .setApiKey(secretKey)
            .setApiBase(apiBase)
            .setConnectTimeout((int) connectTimeOut.toMillis())
            .setReadTimeout((int) answerTimeOut.toMillis())
            .setMaxNetworkRetries(0) // the desk asks again, and looks first
            .build();
    this.intents = stripe.v1().paymentIntents();
    this.refunds = stripe.v1().refunds();
    this.returnUrl = returnUrl;
    this.actWithin = actWithin;
    this.clock = clock;
  }

  @Override
  public boolean takesOneAtATime() {
    return true;
  }

  @Override
  public boolean needsReference() {
    return true;
  }

  @Override
  public List<Outcome> execute(List<PaymentInstruction> instructions) {
    return instructions.stream().map(this::execute).toList();
  }

  private Outcome execute(PaymentInstruction instruction) {
    try {
      var known = mayHaveBeenAsked(instruction) ? lookUp(instruction) : Optional.<Outcome>empty();
      return known.isPresent() ? known.get() : ask(instruction);
    } catch (StripeException e) { // of a look, or of tidying up: it is no answer
      return undecided(instruction, e);
    }
  }

  private Outcome ask(PaymentInstruction instruction) throws StripeException {
    try {
      return send(instruction);
    } catch (CardException e) {
      end(e.getStripeError());
      return new Refused(StripeOutcomes.code(e));
    } catch (RateLimitException e) {
      return undecided(instruction, e);
    } catch (InvalidRequestException e) {
      return refused(instruction, e);
    }
  }

  private boolean mayHaveBeenAsked(PaymentInstruction instruction) {
    return instruction.attempts() > 0
        || instruction.givenAt().plus(LONGEST_CALL).isBefore(clock.instant());
  }

  private Outcome send(PaymentInstruction instruction) throws StripeException {
    var key = RequestOptions.builder().setIdempotencyKey(instruction.id().toString()).build();
    return switch (instruction.operation()) {
      case AUTHORISE -> authorise(instruction, key);
      case CAPTURE ->
          instruction.reference() == null
              ? withoutReference()
              : StripeOutcomes.moved(intents.capture(instruction.reference(), key));
      case VOID ->
          instruction.reference() == null
              ? withoutReference()
              : StripeOutcomes.voided(intents.cancel(instruction.reference(), key));
      case REFUND -> refund(instruction, key);
    };
  }

  /** It was authorised somewhere else, or by somebody who did not say as what. */
  private static Outcome withoutReference() {
    return new Undecided("payment_unknown_to_stripe");
  }

  private Outcome authorise(PaymentInstruction instruction, RequestOptions key)
      throws StripeException {
    var amount = StripeAmounts.of(instruction.amount());
    if (amount.isEmpty()) {
      return new Refused("amount_not_representable");
    }
    var wanted =
        PaymentIntentCreateParams.builder()
            .setAmount(amount.getAsLong())
            .setCurrency(currency(instruction))
            .setPaymentMethod(instruction.token())
            .addPaymentMethodType("card")
            .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL)
            .setConfirm(true)
            .putMetadata(INSTRUCTION, instruction.id().toString())
            .putMetadata("order", instruction.order().toString());
    if (!returnUrl.isEmpty()) {
      wanted.setReturnUrl(returnUrl);
    }
    var intent = intents.create(wanted.build(), key);
    return authorised(intent, instruction);
  }

  private static String currency(PaymentInstruction instruction) {
    return instruction.amount().getCurrencyUnit().getCode().toLowerCase(Locale.ROOT);
  }

  private Outcome authorised(PaymentIntent intent, PaymentInstruction instruction) {
    return switch (intent.getStatus()) {
      case "requires_capture", "succeeded" -> new Done(intent.getId());
      case "requires_action" -> action(intent, instruction);
      case "canceled" -> new Refused(StripeOutcomes.reason(intent, "canceled"));
      case "requires_payment_method", "requires_confirmation" ->
          ended(intent, StripeOutcomes.reason(intent, "card_declined"), instruction);
      case null, default -> new Undecided("status_" + intent.getStatus());
    };
  }

  /** Whoever does not act in time has changed his mind, and his money is not kept for him. */
  private Outcome action(PaymentIntent intent, PaymentInstruction instruction) {
    var next = intent.getNextAction();
    var redirect = next == null ? null : next.getRedirectToUrl();
    if (redirect == null || instruction.givenAt().plus(actWithin).isBefore(clock.instant())) {
      return ended(intent, "authentication_required", instruction);
    }
    return new ActionRequired(redirect.getUrl(), intent.getId());
  }

  /** Nothing can come of it any more, before the customer is told no. */
  private Outcome ended(PaymentIntent intent, String reason, PaymentInstruction instruction) {
    try {
      intents.cancel(intent.getId());
      return new Refused(reason);
    } catch (StripeException e) { // it may have moved on: that is seen when it is looked at again
      return undecided(instruction, e);
    }
  }

  private void end(@Nullable StripeError declined) {
    if (declined != null && declined.getPaymentIntent() != null) {
      try {
        intents.cancel(declined.getPaymentIntent().getId());
      } catch (StripeException e) {
        log.info(
            "A declined payment stays open at Stripe, where nobody confirms it: {}",
            StripeOutcomes.code(e));
      }
    }
  }

  private Outcome refund(PaymentInstruction instruction, RequestOptions key)
      throws StripeException {
    var amount = StripeAmounts.of(instruction.amount());
    if (instruction.reference() == null) {
      return withoutReference();
    }
    if (amount.isEmpty()) {
      return new Refused("amount_not_representable");
    }
    return StripeOutcomes.refunded(
        refunds.create(
            RefundCreateParams.builder()
                .setPaymentIntent(instruction.reference())
                .setAmount(amount.getAsLong())
                .putMetadata(INSTRUCTION, instruction.id().toString())
                .build(),
            key));
  }

  /** What has become of an instruction; empty when Stripe has not heard of it. */
  private Optional<Outcome> lookUp(PaymentInstruction instruction) throws StripeException {
    var reference = instruction.reference();
    if (instruction.operation() == PaymentInstruction.Operation.AUTHORISE) {
      var intent = reference == null ? search(instruction) : intents.retrieve(reference);
      return intent == null ? Optional.empty() : Optional.of(authorised(intent, instruction));
    }
    if (reference == null) {
      return Optional.empty();
    }
    return switch (instruction.operation()) {
      case CAPTURE -> ended(reference).map(StripeOutcomes::moved);
      case VOID -> ended(reference).map(StripeOutcomes::voided);
      default ->
          refunds
              .list(
                  RefundListParams.builder()
                      .setPaymentIntent(reference)
                      .setLimit(ALL_OF_A_PARTY)
                      .build())
              .getData()
              .stream()
              .filter(r -> instruction.id().toString().equals(r.getMetadata().get(INSTRUCTION)))
              .findFirst()
              .map(StripeOutcomes::refunded);
    };
  }

  /** A payment that is captured or voided; empty as long as it is neither. */
  private Optional<PaymentIntent> ended(String reference) throws StripeException {
    return Optional.of(intents.retrieve(reference))
        .filter(i -> i.getStatus().equals("succeeded") || i.getStatus().equals("canceled"));
  }

  private @Nullable PaymentIntent search(PaymentInstruction instruction) throws StripeException {
    return intents
        .search(
            PaymentIntentSearchParams.builder()
                .setQuery("metadata['%s']:'%s'".formatted(INSTRUCTION, instruction.id()))
                .build())
        .getData()
        .stream()
        .findFirst()
        .orElse(null);
  }

  /** What was done before is refused, too: then it is seen when it is looked at. */
  private Outcome refused(PaymentInstruction instruction, InvalidRequestException e) {
    try {
      return switch (instruction.operation()) {
        case AUTHORISE -> new Refused(StripeOutcomes.code(e));
        case CAPTURE, VOID -> lookUp(instruction).orElseGet(() -> undecided(instruction, e));
        case REFUND -> lookUp(instruction).orElseGet(() -> new Refused(StripeOutcomes.code(e)));
      };
    } catch (StripeException again) {
      return undecided(instruction, again);
    }
  }

  private static Outcome undecided(PaymentInstruction instruction, StripeException e) {
    // The message may quote what was sent, and so a token.
    log.warn(
        "Of {} nothing is known yet: {}, {}",
        instruction,
        e.getClass().getSimpleName(),
        StripeOutcomes.code(e));
    return new Undecided(StripeOutcomes.code(e));
  }
}
