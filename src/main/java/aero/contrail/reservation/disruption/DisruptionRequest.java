package aero.contrail.reservation.disruption;

import aero.contrail.reservation.disruption.Retiming.NewTimes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flights that do not fly as planned, and why: at least one.
 *
 * @param flights that are cancelled
 * @param retimings flights that fly at other times
 */
record DisruptionRequest(
    @Nullable @Size(max = 2_000) List<@NotNull @Size(max = 40) String> flights,
    @Nullable @Size(max = 2_000) List<@NotNull @Valid NewTimes> retimings,
    @NotBlank @Size(max = 200) String reason,
    @Nullable @Valid PolicyView policy) {

  List<String> cancelled() {
    return flights == null ? List.of() : flights;
  }

  List<NewTimes> retimed() {
    return retimings == null ? List.of() : retimings;
  }

  Policy what() {
    return policy == null ? Policy.USUAL : policy.policy();
  }

  /**
   * What passengers may be given instead.
   *
   * @param cabins SAME, HIGHER (the same or in front of it) or ANY
   * @param withinHours how long after the flight that they lost they may leave
   */
  record PolicyView(
      Policy.@Nullable Cabins cabins, @Nullable @Min(1) @Max(336) Integer withinHours) {

    static PolicyView of(Policy policy) {
      return new PolicyView(policy.cabins(), (int) policy.within().toHours());
    }

    Policy policy() {
      return new Policy(
          cabins == null ? Policy.USUAL.cabins() : cabins,
          withinHours == null ? Policy.USUAL.within() : Duration.ofHours(withinHours));
    }
  }
}
