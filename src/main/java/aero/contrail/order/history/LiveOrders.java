package aero.contrail.order.history;

import aero.contrail.eventlog.EventLog;
import aero.contrail.eventlog.Recorded;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.OrderId;
import aero.contrail.order.Orders;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the facts of an order as they come, as server-sent events (WHATWG HTML, section 9.2). A
 * fact's id is its version: who comes back with the last that he has got misses none. A stream ends
 * by itself after some minutes, so that a token that was revoked or has run out is of no more use.
 */
@Component
class LiveOrders {

  private static final Logger log = LoggerFactory.getLogger(LiveOrders.class);

  /** Says that the line is alive, and finds out when it is not. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);

  /** How long a stop of the instance waits for a stream. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final EventLog events;
  private final JsonMapper json;
  private final Duration longest;
  private final LoadingCache<String, Semaphore> places;
  private volatile boolean isStopping;

  LiveOrders(
      EventLog events,
      JsonMapper json,
      @Value("${contrail.order.live.longest:PT5M}") Duration longest,
      @Value("${contrail.order.live.at-once:100}") int atOnce) {
    this.events = events;
    this.json = json;
    this.longest = longest;
    this.places = Caffeine.newBuilder().weakValues().build(_ -> new Semaphore(atOnce));
  }

  @EventListener(ContextClosedEvent.class)
  void stop() {
    isStopping = true;
  }

  /**
   * Sends what comes after a version; returns when the caller has left, or time is over.
   *
   * @param history reads the order from its beginning
   * @throws Problem when the client follows too many orders at a time
   */
  void follow(
      String client,
      OrderId order,
      int version,
      Supplier<List<Recorded<OrderEvent>>> history,
      HttpServletResponse response)
      throws IOException {
    var share = places.get(client);
    if (!share.tryAcquire()) {
      throw new Problem(
          ProblemCode.RATE_LIMITED,
          "You follow as many orders as you may: leave one, or read it with GET.",
          RETRY_AFTER);
    }
    try (var watch = events.watch(Orders.stream(order))) {
      var known = history.get();
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
      send(known, version, watch, history, response.getWriter());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      share.release();
    }
  }

  private void send(
      List<Recorded<OrderEvent>> known,
      int version,
      EventLog.Watch watch,
      Supplier<List<Recorded<OrderEvent>>> history,
      PrintWriter out)
      throws InterruptedException {
    var end = System.nanoTime() + longest.toNanos();
    var last = write(known, version, out);
    var heartbeat = System.nanoTime() + HEARTBEAT.toNanos();
    while (!out.checkError() && !isStopping && System.nanoTime() < end) {
      if (watch.awaitLater(last, LOOK)) {
        last = write(history.get(), last, out);
      } else if (System.nanoTime() > heartbeat) {
        out.write(":\n\n");
        heartbeat = System.nanoTime() + HEARTBEAT.toNanos();
      }
    }
    log.debug("Nobody follows any more, or long enough: version {} was the last", last);
  }

  /** The version that has come last. */
  private int write(List<Recorded<OrderEvent>> facts, int after, PrintWriter out) {
    var last = after;
    for (var fact : facts) {
      if (fact.version() > last) {
        out.write("id: %d\nevent: %s\ndata: ".formatted(fact.version(), fact.name()));
        out.write(json.writeValueAsString(FactView.of(fact)));
        out.write("\n\n");
        last = fact.version();
      }
    }
    return last;
  }
}
