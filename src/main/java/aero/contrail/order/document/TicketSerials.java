package aero.contrail.order.document;

import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Gives out the serials of documents, each once. */
@Repository
public class TicketSerials {

  private static final String NEXT =
      "select nextval('orders.ticket_serial') from generate_series(1, :count)";

  private final JdbcClient jdbc;

  TicketSerials(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** As many as are needed, each the first of twenty that are the caller's. */
  public Deque<Long> next(int count) {
    return count == 0
        ? new ArrayDeque<>()
        : new ArrayDeque<>(jdbc.sql(NEXT).param("count", count).query(Long.class).list());
  }
}
