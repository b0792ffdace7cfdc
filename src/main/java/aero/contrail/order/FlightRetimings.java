package aero.contrail.order;

import aero.contrail.eventlog.Recorded;
import aero.contrail.events.EventJson;
import aero.contrail.events.FlightId;
import aero.contrail.events.Leg;
import aero.contrail.events.ReservationEvent.FlightRetimed;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.model.OrderStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Tells orders the times at which their flights fly now. */
@Component
class FlightRetimings {

  private static final List<OrderStatus> WITH_SPACE =
      List.of(OrderStatus.PLACED, OrderStatus.HELD, OrderStatus.CONFIRMING, OrderStatus.TICKETED);

  private final FlightNews news;
  private final Clock clock;
  private final Duration respondWithin;
  private final Duration beforeDeparture;

  FlightRetimings(
      JdbcClient jdbc,
      Orders orders,
      TransactionOperations transaction,
      Clock clock,
      @Value("${contrail.order.respond-within:P3D}") Duration respondWithin,
      @Value("${contrail.order.respond-before-departure:PT3H}") Duration beforeDeparture) {
    this.clock = clock;
    this.respondWithin = respondWithin;
    this.beforeDeparture = beforeDeparture;
    this.news =
        new FlightNews(
            jdbc,
            orders,
            transaction,
            "order_to_retime",
            "system:order.flight-retiming",
            this::command);
  }

  private record Retiming(Leg leg, Severity severity) {}

  /** Keeps the orders of flights in mind; of several changes of one the greatest counts. */
  void add(List<Recorded<FlightRetimed>> retimed) {
    var major =
        retimed.stream()
            .map(Recorded::event)
            .filter(event -> event.severity() == Severity.MAJOR)
            .map(FlightRetimed::flight)
            .collect(Collectors.toSet());
    news.add(
        retimed,
        event ->
            EventJson.mapper()
                .writeValueAsString(
                    new Retiming(
                        event.leg(),
                        major.contains(event.flight()) ? Severity.MAJOR : event.severity())),
        WITH_SPACE);
  }

  private OrderCommand command(FlightId flight, @Nullable String kept) {
    var retiming = EventJson.mapper().readValue(Objects.requireNonNull(kept), Retiming.class);
    return new OrderCommand.RetimeFlight(
        UUID.randomUUID(),
        flight,
        retiming.leg(),
        retiming.severity(),
        respondWithin,
        beforeDeparture,
        clock.instant());
  }

  @Scheduled(fixedDelayString = "PT0.5S")
  void tell() {
    news.tell();
  }
}
