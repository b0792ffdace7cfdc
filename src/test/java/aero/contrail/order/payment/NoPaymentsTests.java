package aero.contrail.order.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What stands in for a provider gives way to one. */
class NoPaymentsTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(NoPayments.class);

  @Test
  void standsInWhileThereIsNone() {
    runner.run(
        context -> {
          assertThat(context.getBean(PaymentProvider.class)).isInstanceOf(NoPayments.class);
          assertThat(context.getBean(NoPayments.class).health().getStatus())
              .isEqualTo(new Status("WARNING"));
        });
  }

  @Test
  void givesWayToWhateverIsConnected() {
    PaymentProvider real = instructions -> instructions.stream().map(_ -> done()).toList();
    runner
        .withBean("real", PaymentProvider.class, () -> real)
        .run(
            context -> {
              assertThat(context.getBean(PaymentProvider.class)).isSameAs(real);
              assertThat(context.getBean(NoPayments.class).health().getStatus())
                  .isEqualTo(Status.UP);
            });
  }

  private static PaymentProvider.Outcome done() {
    return new PaymentProvider.Outcome.Done();
  }
}
