package aero.contrail.reservation.schedule;

import aero.contrail.events.FlightId;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/** The flights, one at a time. Imports write them set-wise: see {@link ScheduleTable}. */
public interface Flights extends ListCrudRepository<Flight, FlightId> {

  /**
   * One that must be there.
   *
   * @throws Problem when there is none
   */
  default Flight require(FlightId id) {
    return findById(id).orElseThrow(() -> Problem.notFound("flight", id));
  }

  /**
   * The same by what a caller sent.
   *
   * @throws Problem when there is none
   */
  default Flight require(String id) {
    try {
      return require(new FlightId(id));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("flight", id);
    }
  }

  /**
   * Stores a change of one, which nobody else may be making.
   *
   * @param change throws an IllegalStateException when the flight's status does not allow it
   * @throws Problem when there is no such flight, or its status does not allow the change
   */
  default Flight change(FlightId id, UnaryOperator<Flight> change) {
    var flight = require(id);
    try {
      return save(change.apply(flight));
    } catch (IllegalStateException e) {
      throw new Problem(
          ProblemCode.ILLEGAL_STATE, "Flight %s is %s.".formatted(id, flight.status()));
    }
  }

  /**
   * The id that a request names in its body.
   *
   * @param pointer where
   * @throws Problem when there can be no such flight
   */
  static FlightId named(String id, String pointer) {
    try {
      return new FlightId(id);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(pointer, "unknown_flight", "There is no such flight.");
    }
  }

  /** Many at once: with one parameter, however many they are. */
  @Query(
      """
      select id, origin, destination, departure_date, departs_at, arrives_at, departure_zone,
             arrival_zone, local_departure, local_arrival, miles, aircraft, configuration, status,
             limits_version, version
        from reservation.flight
       where id = any (:ids)
      """)
  List<Flight> of(String[] ids);

  /** Many at once. */
  default List<Flight> of(Collection<FlightId> ids) {
    return of(ids.stream().map(FlightId::value).toArray(String[]::new));
  }

  /** A day's flights of an airport in the order of their ids, from after {@code after} on. */
  @Query(
      """
      select id, origin, destination, departure_date, departs_at, arrives_at, departure_zone,
             arrival_zone, local_departure, local_arrival, miles, aircraft, configuration, status,
             limits_version, version
        from reservation.flight
       where origin = :origin and departure_date = :date
         and (:destination::text is null or destination = :destination)
         and id > :after
       order by id
       limit :limit
      """)
  List<Flight> search(
      String origin, @Nullable String destination, LocalDate date, String after, int limit);

  /** What sells and leaves one of several airports on one of several days. */
  @Query(
      """
      select id, origin, destination, departure_date, departs_at, arrives_at, departure_zone,
             arrival_zone, local_departure, local_arrival, miles, aircraft, configuration, status,
             limits_version, version
        from reservation.flight
       where origin = any (:origins) and departure_date = any (:dates::date[])
         and status = 'OPEN'
      """)
  List<Flight> leaving(String[] origins, String[] dates);

  /** The same for one of several others. */
  @Query(
      """
      select id, origin, destination, departure_date, departs_at, arrives_at, departure_zone,
             arrival_zone, local_departure, local_arrival, miles, aircraft, configuration, status,
             limits_version, version
        from reservation.flight
       where origin = any (:origins) and departure_date = any (:dates::date[])
         and destination = any (:destinations) and status = 'OPEN'
      """)
  List<Flight> leaving(String[] origins, String[] destinations, String[] dates);

  /** Counts a change of the limits of flights. */
  @Modifying
  @Query("update reservation.flight set limits_version = limits_version + 1 where id in (:ids)")
  void countNewLimits(Collection<FlightId> ids);
}
