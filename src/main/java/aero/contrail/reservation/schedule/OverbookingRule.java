package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many more seats than there are may be sold, as a percentage or as seats: one of the two.
 *
 * @param carrier {@link ClassPlan#ANY} or a code
 * @param cabin null for all
 * @param fromDate of departure, to {@code toDate} inclusive
 */
public record OverbookingRule(
    String carrier,
    int firstNumber,
    int lastNumber,
    @Nullable String cabin,
    LocalDate fromDate,
    LocalDate toDate,
    @Nullable Integer percent,
    @Nullable Integer seats) {

  boolean isFor(FlightId flight, String itsCabin) {
    var date = flight.departureDate();
    var number = Designators.number(flight);
    return (carrier.equals(ClassPlan.ANY) || carrier.equals(Designators.carrier(flight)))
        && firstNumber <= number
        && number <= lastNumber
        && (cabin == null || cabin.equals(itsCabin))
        && !date.isBefore(fromDate)
        && !date.isAfter(toDate);
  }

  /** What a cabin of so many seats may sell; part of a seat is none. */
  int authorised(int capacity) {
    return percent == null
        ? capacity + Objects.requireNonNull(seats)
        : capacity + capacity * percent / 100;
  }
}
