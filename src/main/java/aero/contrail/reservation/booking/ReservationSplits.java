package aero.contrail.reservation.booking;

import aero.contrail.events.PassengerId;
import aero.contrail.events.ReservationEvent.ReservationSplit;
import aero.contrail.reservation.passenger.Party;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes what goes along with passengers who have a reservation of their own: seats, what became of
 * them at the airport, special services, what they bought, and that they wait for other flights.
 * Needs the caller's transaction, and the locks of the reservation and of its cabins.
 */
@Repository
class ReservationSplits {

  private static final String STAY =
      """
      update reservation.reservation
         set party = :party, seats = :seats
       where order_id = :from
      """;

  private static final List<String> MOVES =
      List.of(
          """
          update reservation.passenger
             set order_id = :into
           where order_id = :from and passenger = any (:passengers)
          """,
          """
          update reservation.handling
             set order_id = :into
           where order_id = :from and passenger = any (:passengers)
          """,
          """
          update reservation.special_service
             set order_id = :into
           where order_id = :from and passenger = any (:passengers)
          """,
          """
          update reservation.bought_service
             set order_id = :into
           where order_id = :from and passenger = any (:passengers)
          """,
          """
          insert into reservation.disruption_case (id, disruption_id, order_id, removed, cause,
                                                   status)
          select gen_random_uuid(), disruption_id, :into, removed, cause, status
            from reservation.disruption_case
           where order_id = :from and status = 'OPEN'
          """);

  private final JdbcClient jdbc;

  ReservationSplits(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param staying who is left on the other reservation
   */
  void divide(ReservationSplit split, Party staying) {
    jdbc.sql(STAY)
        .param("from", split.from().value())
        .param("party", staying.text())
        .param("seats", staying.seats())
        .update();
    for (var move : MOVES) {
      jdbc.sql(move)
          .param("from", split.from().value())
          .param("into", split.order().value())
          .param(
              "passengers",
              split.passengers().stream().map(PassengerId::value).toArray(String[]::new))
          .update();
    }
  }
}
