package aero.contrail.reservation.disruption;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.schedule.Flight;
import aero.contrail.reservation.schedule.ScheduleDiff;
import aero.contrail.web.problem.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives flights other times. */
public interface Retiming {

  /**
   * When a flight flies, local to each end.
   *
   * @param arrivalDayOffset days between the local dates; as few as can be, when it is missing
   */
  record NewTimes(
      @NotNull @Size(max = 40) String flightId,
      @NotNull @Pattern(regexp = TIME) String departure,
      @NotNull @Pattern(regexp = TIME) String arrival,
      @Nullable @Min(-1) @Max(2) Integer arrivalDayOffset) {

    public FlightId flight() {
      return new FlightId(flightId);
    }
  }

  String TIME = "([01]\\d|2[0-3]):[0-5]\\d";

  /**
   * What new times would change, in their order.
   *
   * @param pointer to the list in the request
   * @throws Problem when there is no such flight, or it cannot fly so
   */
  List<ScheduleDiff> compare(List<NewTimes> all, String pointer);

  /**
   * Gives a flight other times. Needs the caller's transaction.
   *
   * @return the flight as it was
   * @throws Problem when it cannot have them, or has left or was cancelled
   */
  Flight retime(NewTimes times);
}
