package aero.contrail.order.payment;

import static aero.contrail.order.payment.PaymentInstruction.Operation.AUTHORISE;
import static aero.contrail.order.payment.PaymentInstruction.Operation.CAPTURE;
import static aero.contrail.order.payment.PaymentInstruction.Operation.REFUND;
import static aero.contrail.order.payment.PaymentInstruction.Operation.VOID;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.events.OrderId;
import aero.contrail.events.PaymentId;
import aero.contrail.order.payment.PaymentInstruction.Operation;
import aero.contrail.order.payment.PaymentProvider.Outcome;
import aero.contrail.order.payment.PaymentProvider.Outcome.Done;
import aero.contrail.order.payment.PaymentProvider.Outcome.Refused;
import aero.contrail.order.payment.PaymentProvider.Outcome.Undecided;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sandbox answers as a real provider would. */
@ModuleTest
class SandboxPaymentsTests {

  private static final Outcome ALREADY_CAPTURED = new Refused("already_captured");
  private static final Outcome ALREADY_VOIDED = new Refused("already_voided");

  @Autowired JdbcClient jdbc;
  private PaymentProvider provider = _ -> List.of();

  @BeforeEach
  void provider() {
    provider = new SandboxPayments(jdbc, Clock.systemUTC());
  }

  private static PaymentId payment() {
    return new PaymentId(UUID.randomUUID());
  }

  private static PaymentInstruction ask(
      PaymentId payment, Operation operation, @Nullable String token) {
    return PaymentInstruction.first(
        payment,
        new OrderId(UUID.randomUUID()),
        operation,
        Money.parse("EUR 120.50"),
        token,
        Instant.now());
  }

  private static PaymentInstruction ask(PaymentId payment, Operation operation) {
    return ask(payment, operation, null);
  }

  private List<Outcome> execute(PaymentInstruction... instructions) {
    return provider.execute(List.of(instructions));
  }

  @Test
  void answersFollowFromTheToken() {
    assertThat(
            execute(
                ask(payment(), AUTHORISE, "tok_ok"),
                ask(payment(), AUTHORISE, "tok_declined"),
                ask(payment(), AUTHORISE, "tok_late"),
                ask(payment(), AUTHORISE, "tok_of_nobody")))
        .containsExactly(
            new Done(),
            new Refused("card_declined"),
            new Undecided(),
            new Refused("unknown_token"));
  }

  @Test
  void whatTimedOutIsKnownWhenItIsAskedAgain() {
    var authorisation = ask(payment(), AUTHORISE, "tok_timeout");

    assertThat(execute(authorisation)).containsExactly(new Undecided());
    assertThat(execute(authorisation)).containsExactly(new Done());
  }

  @Test
  void whatIsCapturedIsNotVoidedAndCanBeRefunded() {
    var payment = payment();

    assertThat(execute(ask(payment, CAPTURE))).containsExactly(new Done());
    assertThat(execute(ask(payment, VOID))).containsExactly(ALREADY_CAPTURED);
    assertThat(execute(ask(payment, CAPTURE), ask(payment, REFUND)))
        .containsExactly(new Done(), new Done());
  }

  @Test
  void whatIsVoidedIsNotCaptured() {
    var payment = payment();

    assertThat(execute(ask(payment, VOID))).containsExactly(new Done());
    assertThat(execute(ask(payment, CAPTURE))).containsExactly(ALREADY_VOIDED);
    assertThat(execute(ask(payment, VOID))).containsExactly(new Done());
  }

  @Test
  void askedForBothTogetherItDoesOne() {
    var payment = payment();

    assertThat(execute(ask(payment, CAPTURE), ask(payment, VOID)))
        .containsExactly(new Done(), ALREADY_CAPTURED);
  }

  /** One instance captures what another one voids. */
  @Test
  void askedForBothAtTheSameTimeItDoesOne() throws Exception {
    var payments = Stream.generate(SandboxPaymentsTests::payment).limit(200).toList();
    var captures = payments.stream().map(payment -> ask(payment, CAPTURE)).toList();
    var voids = payments.stream().map(payment -> ask(payment, VOID)).toList();
    var together = new CyclicBarrier(2);
    try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
      var captured = instances.submit(() -> execute(together, captures));
      var voided = instances.submit(() -> execute(together, voids));

      var outcomes = List.of(captured.get(), voided.get());
      assertThat(IntStream.range(0, payments.size()))
          .allMatch(i -> outcomes.stream().filter(of -> of.get(i) instanceof Done).count() == 1);
    }
  }

  /** In several batches, so that the two meet. */
  private List<Outcome> execute(CyclicBarrier together, List<PaymentInstruction> instructions)
      throws Exception {
    var outcomes = new ArrayList<Outcome>();
    for (var from = 0; from < instructions.size(); from += 20) {
      together.await();
      outcomes.addAll(provider.execute(instructions.subList(from, from + 20)));
    }
    return outcomes;
  }
}
