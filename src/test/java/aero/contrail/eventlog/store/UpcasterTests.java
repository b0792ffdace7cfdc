package aero.contrail.eventlog.store;

import static aero.contrail.eventlog.Facts.order;
import static aero.contrail.eventlog.Facts.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Facts;
import aero.contrail.eventlog.LogTest;
import aero.contrail.eventlog.Upcaster;
import aero.contrail.events.ReservationEvent.SegmentFlown;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** What an earlier version stored is handled as if it had been stored today. */
@LogTest
@Import(UpcasterTests.FlightInOnePiece.class)
class UpcasterTests {

  @Autowired JdbcClient jdbc;
  @Autowired EventLog log;
  @Autowired Partitions partitions;
  @Autowired Facts facts;

  /** Flights used to be named by three properties. */
  static class FlightInOnePiece implements Upcaster {

    @Override
    public String from() {
      return "reservation.SegmentFlown.v0";
    }

    @Override
    public String to() {
      return "reservation.SegmentFlown.v2";
    }

    @Override
    public ObjectNode upcast(ObjectNode payload) {
      var flight =
          "%s-%s-%s"
              .formatted(
                  payload.remove("designator").asString(),
                  payload.remove("date").asString(),
                  payload.remove("origin").asString());
      return payload.put("flight", flight);
    }
  }

  @Test
  void oldEventsAreReadAndHandled() {
    var order = order();
    jdbc.sql(
            """
            insert into eventlog.event (partition, stream, version, id, type, occurred_at,
                                        recorded_at, actor, correlation_id, data)
            values (:partition, :stream, 1, gen_random_uuid(),
                    'reservation.SegmentFlown.v0', now(), now(), 'test', 'test', :data::json)
            """)
        .param("partition", partitions.of(stream(order)))
        .param("stream", stream(order))
        .param(
            "data",
            """
            {"order": "%s", "designator": "UA1", "date": "2026-12-01", "origin": "EWR",
             "at": "1970-01-01T00:00:00.007Z"}
            """
                .formatted(order))
        .update();
    facts.publish(order, 8);
    facts.awaitSeen(order, 2);
    assertThat(facts.seen(order)).containsExactly(7L, 8L);
    assertThat(log.read(stream(order), SegmentFlown.class))
        .extracting(recorded -> recorded.event().flight())
        .containsOnly(Facts.FLIGHT);
  }

  @Test
  void aChainThatLeadsNowhereIsRefusedAtTheStart() {
    var astray =
        new FlightInOnePiece() {
          @Override
          public String to() {
            return "reservation.SegmentSailed.v1";
          }
        };
    assertThatIllegalStateException().isThrownBy(() -> new EventTypes(List.of(astray)));
  }

  @Test
  void anEventWithoutANameCannotBePublished() {
    var none = new EventTypes(List.of(), List.of());
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> none.nameOf(SegmentFlown.class))
        .withMessageContaining("has no @EventType name");
  }
}
