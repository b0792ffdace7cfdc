package aero.contrail.order;

import aero.contrail.order.payment.CardToken;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** How something is paid. */
public record PaymentRequest(@NotEmpty @Size(max = 1) List<@Valid @NotNull Tender> tenders) {

  public Tender tender() {
    return tenders.getFirst();
  }

  /** A card, known to the payment provider by its token; without an amount it pays all. */
  public record Tender(
      @NotNull Method method,
      @NotBlank @Size(max = 200) @CardToken String token,
      @Nullable Money amount) {}

  /** Means of payment. */
  public enum Method {
    CARD
  }
}
