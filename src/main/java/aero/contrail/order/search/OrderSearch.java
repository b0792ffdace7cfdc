package aero.contrail.order.search;

import aero.contrail.events.OrderId;
import aero.contrail.order.model.OrderStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/** Finds orders. Only what is asked for is in the statement, so that each has a plan of its own. */
@Repository
class OrderSearch {

  private static final String OF_FLIGHT =
      """
      i.order_id in (select f.order_id
                       from orders.order_flight f
                      where f.flight_id = :flight)
      """;

  private static final String OF_MEMBER =
      """
      i.order_id in (select m.order_id
                       from orders.order_member m
                      where m.member_number = :member)
      """;

  private static final String OF_TICKET =
      """
      i.order_id in (select t.order_id
                       from orders.ticket t
                      where t.number = :ticket)
      """;

  /**
   * By the longest word through the index of trigrams; the others are looked for in what is found.
   */
  private static final String OF_NAME =
      """
      i.order_id in (select n.order_id
                       from orders.passenger_name n
                      where n.name %> :word
                        and not exists (select
                                          from unnest(:words::text[]) as w (word)
                                         where not n.name %> w.word
                                           and strpos(n.name, w.word) = 0))
      """;

  /** What has no Latin letters may have no trigrams: that depends on the database's locale. */
  private static final String OF_NAME_LITERALLY =
      """
      i.order_id in (select n.order_id
                       from orders.passenger_name n
                      where not exists (select
                                          from unnest(:words::text[]) as w (word)
                                         where strpos(n.name, w.word) = 0))
      """;

  /**
   * How alike a word of a name must be, from 0 to 1: the part of its trigrams that are the same.
   * The index can only be read by bitmaps, which other statements do without.
   */
  private static final String COMPARE =
      """
      select set_config('pg_trgm.word_similarity_threshold', :similarity, true),
             set_config('enable_bitmapscan', 'on', true)
      """;

  private static final int ASCII_END = 0x80;

  private static final String SAME = "1";

  /** A letter in the middle of five is another: Smith and Smyth. */
  private static final String ALIKE = "0.5";

  private final JdbcClient jdbc;
  private final TransactionOperations transaction;

  OrderSearch(JdbcClient jdbc, TransactionOperations transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * What is looked for; null is any.
   *
   * @param name words of one passenger's name; none is any
   */
  record Criteria(
      @Nullable String channel,
      @Nullable String recordLocator,
      @Nullable OrderStatus status,
      List<String> name,
      @Nullable String flightId,
      @Nullable String memberNumber,
      @Nullable String ticketNumber,
      @Nullable String externalReference,
      @Nullable Instant placedAfter,
      @Nullable Instant placedBefore) {

    Criteria {
      name = List.copyOf(name);
    }
  }

  /** The newest first, from before the cursor on. */
  List<OrderId> find(Criteria criteria, @Nullable UUID cursor, int limit) {
    var query = new Query(criteria);
    if (criteria.name().isEmpty()) {
      return query.find(cursor, limit);
    }
    return Objects.requireNonNull(
        transaction.execute(
            _ -> {
              compare(SAME);
              // Whichever page it is: names that are alike do not come behind those that are the
              // same.
              if (query.find(null, 1).isEmpty()) {
                compare(ALIKE);
              }
              return query.find(cursor, limit);
            }));
  }

  private void compare(String similarity) {
    var _ = jdbc.sql(COMPARE).param("similarity", similarity).query().singleRow();
  }

  private final class Query {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    private Query(Criteria criteria) {
      add("i.channel = :channel", "channel", criteria.channel());
      add("i.locator = :locator", "locator", criteria.recordLocator());
      add("i.status = :status", "status", name(criteria.status()));
      add("i.external_reference = :reference", "reference", criteria.externalReference());
      add("i.placed_at >= :after", "after", offset(criteria.placedAfter()));
      add("i.placed_at < :before", "before", offset(criteria.placedBefore()));
      add(OF_FLIGHT, "flight", criteria.flightId());
      add(OF_MEMBER, "member", criteria.memberNumber());
      add(OF_TICKET, "ticket", criteria.ticketNumber());
      var words = criteria.name().toArray(String[]::new);
      var longest =
          criteria.name().stream()
              .filter(word -> word.chars().allMatch(c -> c < ASCII_END))
              .max(Comparator.comparingInt(String::length));
      if (longest.isPresent()) {
        add(OF_NAME, "word", longest.get());
        parameters.put("words", words);
      } else if (words.length > 0) {
        add(OF_NAME_LITERALLY, "words", words);
      }
    }

    private void add(String condition, String parameter, @Nullable Object value) {
      if (value != null) {
        conditions.add(condition);
        parameters.put(parameter, value);
      }
    }

    private List<OrderId> find(@Nullable UUID cursor, int limit) {
      var all = new ArrayList<>(conditions);
      if (cursor != null) {
        all.add("i.order_id < :cursor");
      }
      return jdbc.sql(
              """
              select i.order_id
                from orders.order_index i
              %s
               order by i.order_id desc
               limit :limit
              """
                  .formatted(all.isEmpty() ? "" : " where " + String.join("   and ", all)))
          .params(parameters)
          .param("cursor", cursor)
          .param("limit", limit)
          .query((row, _) -> new OrderId(row.getObject("order_id", UUID.class)))
          .list();
    }
  }

  private static @Nullable String name(@Nullable OrderStatus status) {
    return status == null ? null : status.name();
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
