package aero.contrail.order.payment;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Fallback;
import org.springframework.stereotype.Component;

/**
 * Stands in while no provider is connected: whether a payment would go through, nobody knows, so
 * all wait, none is refused, and no money that is owed is given up. What is not paid in time
 * expires. Any other provider takes its place.
 */
@Fallback
@Component("paymentsHealthIndicator") // shown as payments
@ConditionalOnProperty(name = "contrail.sandbox", havingValue = "false", matchIfMissing = true)
class NoPayments implements PaymentProvider, HealthIndicator, SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(NoPayments.class);

  private final ObjectProvider<PaymentProvider> provider;

  NoPayments(ObjectProvider<PaymentProvider> provider) {
    this.provider = provider;
  }

  private boolean isUsed() {
    return provider.getObject() instanceof NoPayments;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (isUsed()) {
      log.warn(
          "No payment provider is connected: payments wait until there is one. Implement"
              + " PaymentProvider, or start with contrail.sandbox=true to try things out.");
    }
  }

  @Override
  public Health health() {
    return isUsed()
        ? Health.status("WARNING")
            .withDetail("provider", "none is connected: payments and refunds wait")
            .build()
        : Health.up().withDetail("provider", "is connected, and was not asked").build();
  }

  @Override
  public List<Outcome> execute(List<PaymentInstruction> instructions) {
    return instructions.stream().<Outcome>map(_ -> new Outcome.Undecided()).toList();
  }
}
