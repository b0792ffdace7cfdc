package aero.contrail.order.holding;

import aero.contrail.events.FlightId;
import aero.contrail.events.Segment;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps a customer from holding the same flight again and again without ever paying. Customers are
 * told apart by their e-mail address within a channel; those whose data was erased are forgotten.
 */
@Repository
public class HoldRenewals {

  private static final Duration REMEMBERED = Duration.ofDays(1);

  /** Orders of a flight are few hundred; the index of its flight finds them. */
  private static final String EXPIRED =
      """
      select f.flight_id
        from orders.order_flight f
        join orders.order_index i on i.order_id = f.order_id
        join orders.personal_data p on p.order_id = f.order_id
       where f.flight_id = any (:flights) and i.channel = :channel and i.status = 'EXPIRED'
         and i.locator is not null
         and i.placed_at > :since and lower(p.contact ->> 'email') = lower(:email)
       group by f.flight_id
      having count(*) > :most
       limit 1
      """;

  private final JdbcClient jdbc;
  private final int most;

  HoldRenewals(JdbcClient jdbc, @Value("${contrail.order.hold-renewals:2}") int most) {
    this.jdbc = jdbc;
    this.most = most;
  }

  /**
   * Lets a customer hold the flights of an order once more.
   *
   * @throws Problem when the customer has let holds of one of the flights expire, more often in a
   *     day than a hold may be renewed
   */
  public void check(String channel, String email, List<Segment> segments, Instant now) {
    expiredTooOften(channel, email, segments, now)
        .ifPresent(
            flight -> {
              throw new Problem(
                  ProblemCode.HOLD_LIMIT,
                  "Holds of flight %s expired unpaid more than %d times: send the payment at once."
                      .formatted(flight, most));
            });
  }

  private Optional<FlightId> expiredTooOften(
      String channel, String email, List<Segment> segments, Instant now) {
    return jdbc.sql(EXPIRED)
        .param("flights", segments.stream().map(s -> s.flight().value()).toArray(String[]::new))
        .param("channel", channel)
        .param("email", email)
        .param("since", now.minus(REMEMBERED).atOffset(ZoneOffset.UTC))
        .param("most", most)
        .query((row, _) -> new FlightId(row.getString("flight_id")))
        .optional();
  }
}
