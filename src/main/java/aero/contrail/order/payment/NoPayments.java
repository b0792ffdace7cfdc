package aero.contrail.order.payment;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Stands in while no provider is connected: declines everything, so that no seat goes unpaid. */
@Component
@ConditionalOnProperty(name = "contrail.sandbox", havingValue = "false", matchIfMissing = true)
class NoPayments implements PaymentProvider {

  private static final Logger log = LoggerFactory.getLogger(NoPayments.class);

  NoPayments() {
    log.warn(
        "No payment provider is connected: every payment will be declined. Implement"
            + " PaymentProvider, or start with contrail.sandbox=true to try things out.");
  }

  @Override
  public List<Outcome> execute(List<PaymentInstruction> instructions) {
    return instructions.stream()
        .<Outcome>map(_ -> new Outcome.Refused("no_payment_provider"))
        .toList();
  }
}
