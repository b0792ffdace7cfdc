package aero.contrail.order.payment.stripe;

import static aero.contrail.order.payment.PaymentInstruction.Operation.AUTHORISE;
import static aero.contrail.order.payment.PaymentInstruction.Operation.CAPTURE;
import static aero.contrail.order.payment.PaymentInstruction.Operation.REFUND;
import static aero.contrail.order.payment.PaymentInstruction.Operation.VOID;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.payment.PaymentInstruction;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import aero.contrail.order.payment.PaymentProvider.Outcome;
import aero.contrail.order.payment.PaymentProvider.Outcome.ActionRequired;
import aero.contrail.order.payment.PaymentProvider.Outcome.Done;
import aero.contrail.order.payment.PaymentProvider.Outcome.Refused;
import aero.contrail.order.payment.PaymentProvider.Outcome.Undecided;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a stub of Stripe's API that drops answers, is slow, and forgets keys. */
class StripePaymentsTests {

  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

  private final StripeStub stripe = new StripeStub();
  private final StripePayments payments = at(NOW);

  private StripePayments at(Instant now) {
    return new StripePayments(
        "sk_test_x",
        stripe.address(),
        "https://shop.example/back",
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        Duration.ofMinutes(30),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    stripe.close();
  }

  private static PaymentInstruction authorise(String card) {
    return PaymentInstruction.first(
        new PaymentId(UUID.randomUUID()),
        new OrderId(UUID.randomUUID()),
        AUTHORISE,
        Money.parse("USD 242.92"),
        card,
        NOW);
  }

  private static PaymentInstruction again(PaymentInstruction instruction) {
    return with(instruction, instruction.operation(), instruction.reference(), 1);
  }

  private static PaymentInstruction then(
      PaymentInstruction instruction, Operation operation, Outcome authorised) {
    return with(instruction, operation, ((Done) authorised).reference(), 0);
  }

  private static PaymentInstruction with(
      PaymentInstruction instruction,
      Operation operation,
      @Nullable String reference,
      int attempts) {
    return new PaymentInstruction(
        operation == instruction.operation() ? instruction.id() : UUID.randomUUID(),
        instruction.payment(),
        instruction.order(),
        operation,
        instruction.amount(),
        instruction.token(),
        reference,
        instruction.givenAt(),
        attempts);
  }

  private Outcome ask(PaymentInstruction instruction) {
    return payments.execute(List.of(instruction)).getFirst();
  }

  private String status(Outcome authorised) {
    var id = Objects.requireNonNull(((Done) authorised).reference());
    return stripe.intents().stream()
        .filter(intent -> id.equals(intent.get("id")))
        .map(intent -> String.valueOf(intent.get("status")))
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class Cards {

    @Test
    void areAuthorisedThenCaptured() {
      var authorisation = authorise("pm_ok");
      var authorised = ask(authorisation);
      assertThat(status(authorised)).isEqualTo("requires_capture");
      assertThat(stripe.intents().getFirst())
          .containsEntry("amount", 24292L)
          .containsEntry("currency", "usd")
          .containsEntry("capture_method", "manual");
      var capture = then(authorisation, CAPTURE, authorised);
      assertThat(ask(capture)).isEqualTo(authorised);
      assertThat(ask(again(capture))).isEqualTo(authorised);
      assertThat(status(authorised)).isEqualTo("succeeded");
      assertThat(ask(then(authorisation, VOID, authorised)))
          .isEqualTo(new Refused("already_captured"));
    }

    @Test
    void thatAreVoidedAreNotCaptured() {
      var authorisation = authorise("pm_ok");
      var authorised = ask(authorisation);
      assertThat(ask(then(authorisation, VOID, authorised))).isEqualTo(authorised);
      assertThat(status(authorised)).isEqualTo("canceled");
      assertThat(ask(then(authorisation, CAPTURE, authorised)))
          .isEqualTo(new Refused("already_voided"));
    }

    @Test
    void areDeclinedForAReason() {
      assertThat(ask(authorise("pm_declined"))).isEqualTo(new Refused("insufficient_funds"));
      assertThat(ask(authorise("pm_unknown"))).isEqualTo(new Refused("resource_missing"));
    }

    @Test
    void thatWereDeclinedCannotPayLater() {
      ask(authorise("pm_declined"));
      var declined = authorise("pm_declined");
      stripe.dropNextAnswers(1);
      assertThat(ask(declined)).isInstanceOf(Undecided.class);
      assertThat(ask(again(declined))).isInstanceOf(Refused.class);
      assertThat(stripe.intents()).allMatch(intent -> "canceled".equals(intent.get("status")));
    }
  }

  @Nested
  class Outcomes {

    @Test
    void thatGotLostAreLookedUpAndNeverDoneTwice() {
      var authorisation = authorise("pm_ok");
      stripe.dropNextAnswers(1);
      assertThat(ask(authorisation)).isInstanceOf(Undecided.class);
      var known = ask(again(authorisation));
      assertThat(known).isInstanceOf(Done.class);
      assertThat(stripe.intents()).hasSize(1);

      var capture = then(authorisation, CAPTURE, known);
      stripe.dropNextAnswers(1);
      assertThat(ask(capture)).isInstanceOf(Undecided.class);
      assertThat(ask(again(capture))).isEqualTo(known);

      var refund = then(authorisation, REFUND, known);
      stripe.dropNextAnswers(1);
      assertThat(ask(refund)).isInstanceOf(Undecided.class);
      assertThat(ask(again(refund))).isEqualTo(known);
      assertThat(stripe.refunds()).hasSize(1);
    }

    /** As one that a crash took, so that nobody knows whether it was asked. */
    @Test
    void areLookedUpWhenTheKeyMayHaveExpired() {
      var authorisation = authorise("pm_ok");
      stripe.dropNextAnswers(1);
      assertThat(ask(authorisation)).isInstanceOf(Undecided.class);
      stripe.forgetKeys();
      var tomorrow = at(NOW.plus(Duration.ofHours(25)));
      assertThat(tomorrow.execute(List.of(authorisation)).getFirst()).isInstanceOf(Done.class);
      assertThat(stripe.intents()).hasSize(1);
    }

    @Test
    void areDoneWhenStripeNeverHeardOfThem() {
      assertThat(ask(again(authorise("pm_ok")))).isInstanceOf(Done.class);
      assertThat(stripe.intents()).hasSize(1);
    }

    @Test
    void areUnknownWhileStripeDoesNotAnswer() {
      stripe.slow(Duration.ofSeconds(3));
      assertThat(ask(authorise("pm_slow"))).isEqualTo(new Undecided("no_answer"));
      assertThat(ask(authorise("pm_broken"))).isEqualTo(new Undecided("answer_500"));
      stripe.close();
      assertThat(ask(authorise("pm_ok"))).isInstanceOf(Undecided.class);
    }

    @Test
    void ofAPaymentThatStripeDoesNotKnowAreForPeople() {
      var capture = with(authorise("pm_ok"), CAPTURE, null, 0);
      assertThat(ask(capture)).isEqualTo(new Undecided("payment_unknown_to_stripe"));
      assertThat(stripe.calls()).isZero();
    }
  }

  @Nested
  class Customers {

    @Test
    void haveToActAndThenItGoesOn() {
      var authorisation = authorise("pm_3ds");
      var wanted = (ActionRequired) ask(authorisation);
      assertThat(wanted.address()).startsWith("https://bank.example/3ds/pi_");
      var known = with(authorisation, AUTHORISE, wanted.reference(), 1);
      assertThat(ask(known)).isEqualTo(wanted);
      stripe.act(wanted.reference());
      assertThat(ask(known)).isEqualTo(new Done(wanted.reference()));
    }

    @Test
    void whoDoNotActInTimeDoNotPay() {
      var authorisation = authorise("pm_3ds");
      var wanted = (ActionRequired) ask(authorisation);
      var known = with(authorisation, AUTHORISE, wanted.reference(), 1);
      assertThat(at(NOW.plus(Duration.ofMinutes(31))).execute(List.of(known)))
          .containsExactly(new Refused("authentication_required"));
      assertThat(stripe.intents()).allMatch(intent -> "canceled".equals(intent.get("status")));
    }
  }

  @Nested
  class Refunds {

    @Test
    void areMadeInPartsEachOnce() {
      var authorisation = authorise("pm_ok");
      var authorised = ask(authorisation);
      ask(then(authorisation, CAPTURE, authorised));
      var first = then(authorisation, REFUND, authorised);
      assertThat(ask(first)).isEqualTo(authorised);
      assertThat(ask(again(first))).isEqualTo(authorised);
      assertThat(ask(then(authorisation, REFUND, authorised))).isEqualTo(authorised);
      assertThat(stripe.refunds()).hasSize(2);
    }

    @Test
    void thatAreRefusedAreRefusedForGood() {
      var authorisation = authorise("pm_ok");
      var authorised = ask(authorisation);
      var refund = then(authorisation, REFUND, authorised);
      var impossible =
          new PaymentInstruction(
              refund.id(),
              refund.payment(),
              refund.order(),
              REFUND,
              Money.parse("USD 6.66"),
              null,
              refund.reference(),
              NOW,
              0);
      assertThat(ask(impossible)).isEqualTo(new Refused("charge_already_refunded"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "USD 242.92, 24292",
    "JPY 24292, 24292",
    "ISK 242, 24200",
    "KWD 24.290, 24290",
    "KWD 24.291, -1",
    "EUR 0.00, 0"
  })
  void amountsAreCountedAsStripeCountsThem(String money, long amount) {
    assertThat(StripeAmounts.of(Money.parse(money)).orElse(-1)).isEqualTo(amount);
  }
}
