package aero.contrail.eventlog;

import aero.contrail.eventlog.delivery.ParkedStreams;
import aero.contrail.events.DomainEvent;
import aero.contrail.events.FlightId;
import aero.contrail.events.OrderId;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** States numbered facts, and tells which of them the witness has seen. */
public class Facts {

  public static final FlightId FLIGHT = new FlightId("UA1-2026-12-01-EWR");

  private final ApplicationEventPublisher events;
  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;
  private final ParkedStreams parked;

  public Facts(
      ApplicationEventPublisher events,
      TransactionTemplate transaction,
      JdbcClient jdbc,
      ParkedStreams parked) {
    this.parked = parked;
    this.events = events;
    this.transaction = transaction;
    this.jdbc = jdbc;
  }

  public static OrderId order() {
    return new OrderId(UUID.randomUUID());
  }

  public static String stream(OrderId order) {
    return "reservation-" + order;
  }

  public static SegmentFlown fact(OrderId order, long number) {
    return new SegmentFlown(order, FLIGHT, null, Instant.ofEpochMilli(number));
  }

  /** A fact in an envelope, as handlers get it. */
  public static <E extends DomainEvent> Recorded<E> recorded(E fact) {
    return new Recorded<>(
        UUID.randomUUID(), fact.stream(), 1, "test", fact.at(), Origin.system("test"), null, fact);
  }

  /** Publishes facts in one transaction. */
  public void publish(OrderId order, long... numbers) {
    transaction.executeWithoutResult(
        _ -> {
          for (var number : numbers) {
            events.publishEvent(fact(order, number));
          }
        });
  }

  /** The numbers that the witness has seen of an order, in the order in which it saw them. */
  public List<Long> seen(OrderId order) {
    return jdbc.sql("select at from public.seen where stream = :stream order by position")
        .param("stream", stream(order))
        .query((row, _) -> row.getLong(1))
        .list();
  }

  public void awaitSeen(OrderId order, int count) {
    Awaitility.await(count + " events of " + order)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> seen(order).size() >= count);
  }

  /** Waits until the witness has given up on an order, which now waits for somebody's decision. */
  public ParkedStreams.Parked awaitParked(OrderId order) {
    return Awaitility.await("the stream to wait for a decision")
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> parked.find("eventlog.witness", stream(order)).orElse(null),
            waits -> waits != null && waits.retryAt() == null);
  }
}
