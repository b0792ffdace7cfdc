package aero.contrail.loyalty.ledger;

import static aero.contrail.database.SqlArrays.texts;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Cause.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
      select member_number, sequence, active_on, pending, available, held, debt, tier_points
        from loyalty.account
       where member_number = any(:members)
       order by member_number
         for update
      """;

  private static final String LOT =
      """
      l.id, l.member_number, l.source, l.source_key, l.expires_on, l.rule, l.pending, l.available,
      l.held, l.redeemed, l.expired, l.reversed, l.transferred, l.cancelled, l.recovered
      """;

  private static final String LOTS =
      """
      select %s
        from unnest(:sources, :keys) as c (source, key)
        join loyalty.lot l on l.source = c.source and l.source_key = c.key
      """
          .formatted(LOT);

  private static final String LOTS_BY_ID =
      """
      select %s
        from loyalty.lot l
       where l.id = any(:ids)
      """
          .formatted(LOT);

  private static final String EXPIRED_BY =
      """
      select e.recorded_at, m.lot, m.points
        from loyalty.entry e
        join loyalty.movement m on m.entry = e.id
       where e.id = :entry and e.member_number = :member and e.kind = 'EXPIRED'
       order by m.line
      """;

  private static final String EXPIRED =
      """
      select %s
        from loyalty.lot l
       where l.member_number = any(:members) and l.available > 0 and l.expires_on <= :day
      """
          .formatted(LOT);

  /** Of each member as many lots as the points need, those that expire soonest first. */
  private static final String SPENDABLE =
      """
      select %s
        from unnest(:members, :points) as w (member, points)
       cross join lateral (select s.*,
                                  sum(available) over soonest - available as before,
                                  row_number() over soonest as place
                             from loyalty.lot s
                            where s.member_number = w.member and s.available > 0
                              and (s.expires_on is null or s.expires_on > :today)
                           window soonest as (order by s.expires_on, s.opened_at, s.id)) l
       where l.before < w.points
       order by l.member_number, l.place
      """
          .formatted(LOT);

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
    var books = new Books(accounts);
    if (!accounts.isEmpty() && !causes.isEmpty()) {
      books.know(
          jdbc.sql(LOTS)
              .param("sources", texts(causes, cause -> cause.source().name()))
              .param("keys", texts(causes, Cause::key))
              .query((row, _) -> lot(row))
              .list());
    }
    return books;
  }

  /** Brings lots at hand: of members that are locked. */
  public void fetch(Books books, Collection<UUID> lots) {
    if (!lots.isEmpty()) {
      books.know(
          jdbc.sql(LOTS_BY_ID)
              .param("ids", lots.toArray(UUID[]::new))
              .query((row, _) -> lot(row))
              .list());
    }
  }

  /** Brings at hand what locked members can spend of lots that are over by a day. */
  public void fetchExpired(Books books, Collection<MemberNumber> members, LocalDate day) {
    books.know(
        jdbc.sql(EXPIRED)
            .param("members", texts(members, MemberNumber::value))
            .param("day", day)
            .query((row, _) -> lot(row))
            .list());
  }

  /**
   * Brings at hand what members can spend: of those that are locked, as much as they need.
   *
   * @param today the first day on which points may expire that are not spent
   */
  public void fetchSpendable(Books books, Map<MemberNumber, Long> needed, LocalDate today) {
    if (!needed.isEmpty()) {
      var all = List.copyOf(needed.entrySet());
      books.maySpend(
          jdbc.sql(SPENDABLE)
              .param("members", texts(all, one -> one.getKey().value()))
              .param("points", all.stream().map(Map.Entry::getValue).toArray(Long[]::new))
              .param("today", today)
              .query((row, _) -> lot(row))
              .list());
    }
  }

  /** What expired by an entry of a member; empty when nothing did. */
  public Optional<Expired> expired(MemberNumber member, UUID entry) {
    record Row(Instant at, Share share) {}
    var rows =
        jdbc.sql(EXPIRED_BY)
            .param("entry", entry)
            .param("member", member.value())
            .query(
                (row, _) ->
                    new Row(
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        new Share(row.getObject("lot", UUID.class), row.getLong("points"))))
            .list();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Expired(rows.getFirst().at(), rows.stream().map(Row::share).toList()));
  }

  /** Writes what was entered, within the caller's transaction. */
  public void write(Books books, Instant now) {
    journal.write(books, now);
  }

  private static Holdings holdings(ResultSet row) throws SQLException {
    return new Holdings(
        new MemberNumber(row.getString("member_number")),
        row.getLong("sequence"),
        row.getObject("active_on", LocalDate.class),
        Statements.balance(row),
        Map.of(),
        List.of());
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
}
