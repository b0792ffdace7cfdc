package aero.contrail.order.ancillary;

import aero.contrail.events.PassengerId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A service that is wanted.
 *
 * @param flightId has to be that of the offer, if it is given
 * @param seat for seats, and for nothing else
 * @param quantity one, if it is not given
 */
public record WantedAncillary(
    @NotBlank @Size(max = 20_000) String serviceOfferId,
    @NotNull PassengerId passengerId,
    @Nullable @Size(max = 40) String flightId,
    @Nullable @Pattern(regexp = WantedAncillary.SEAT) String seat,
    @Nullable @Min(1) @Max(9) Integer quantity) {

  static final String SEAT = "([1-9][0-9]{0,2})[A-Z]";

  int count() {
    return quantity == null ? 1 : quantity;
  }
}
