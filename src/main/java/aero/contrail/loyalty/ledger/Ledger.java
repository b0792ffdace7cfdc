package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Cause.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Moves points for a whole batch: locks the members once, in the order of their numbers, so that
 * batches that share some never wait for each other in a circle, and writes each table once.
 */
@Repository
public class Ledger {

  private static final String OPEN =
      """
      insert into loyalty.account (member_number)
      values (:member)
          on conflict do nothing
      """;

  private static final String LOCK =
      """
      select member_number, sequence, pending, available, held, debt, tier_points
        from loyalty.account
       where member_number = any(:members)
       order by member_number
         for update
      """;

  private static final String LOTS =
      """
      select l.id, l.member_number, l.source, l.source_key, l.expires_on, l.rule, l.pending,
             l.available, l.held, l.redeemed, l.expired, l.reversed, l.transferred, l.cancelled,
             l.recovered
        from unnest(:sources, :keys) as c (source, key)
        join loyalty.lot l on l.source = c.source and l.source_key = c.key
      """;

  private final JdbcClient jdbc;
  private final LedgerJournal journal;

  Ledger(JdbcClient jdbc, LedgerJournal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  /**
   * An empty account; one that is there stays as it is.
   *
   * @return whether it is new
   */
  public boolean open(MemberNumber member) {
    return jdbc.sql(OPEN).param("member", member.value()).update() == 1;
  }

  /**
   * The accounts of members and what causes brought them, until the transaction ends. Whoever is
   * not a member is left out.
   */
  public Books lock(Collection<MemberNumber> members, Collection<Cause> causes) {
    if (members.isEmpty()) {
      return new Books(List.of());
    }
    var accounts =
        jdbc.sql(LOCK)
            .param("members", texts(members, MemberNumber::value))
            .query((row, _) -> holdings(row))
            .list();
    var lots = new HashMap<MemberNumber, Map<String, Lot>>();
    if (!accounts.isEmpty() && !causes.isEmpty()) {
      jdbc.sql(LOTS)
          .param("sources", texts(causes, cause -> cause.source().name()))
          .param("keys", texts(causes, Cause::key))
          .query((row, _) -> lot(row))
          .list()
          .forEach(
              lot -> lots.computeIfAbsent(lot.member(), _ -> new HashMap<>()).put(lot.key(), lot));
    }
    return new Books(
        accounts.stream()
            .map(
                one ->
                    new Holdings(
                        one.member(),
                        one.sequence(),
                        one.balance(),
                        lots.getOrDefault(one.member(), Map.of())))
            .toList());
  }

  /** Writes what was entered, within the caller's transaction. */
  public void write(Books books, Instant now) {
    journal.write(books, now);
  }

  private static Holdings holdings(ResultSet row) throws SQLException {
    return new Holdings(
        new MemberNumber(row.getString("member_number")),
        row.getLong("sequence"),
        Statements.balance(row),
        Map.of());
  }

  private static Lot lot(ResultSet row) throws SQLException {
    var points = new EnumMap<Place, Long>(Place.class);
    for (var place : Place.values()) {
      if (place.isOfLot()) {
        points.put(place, row.getLong(place.name()));
      }
    }
    return new Lot(
        row.getObject("id", UUID.class),
        new MemberNumber(row.getString("member_number")),
        Source.valueOf(row.getString("source")),
        row.getString("source_key"),
        row.getObject("expires_on", LocalDate.class),
        row.getString("rule"),
        points);
  }

  static <T> String[] texts(Collection<T> all, Function<T, ? extends @Nullable Object> value) {
    return all.stream()
        .map(value)
        .map(one -> one == null ? null : one.toString())
        .toArray(String[]::new);
  }
}
