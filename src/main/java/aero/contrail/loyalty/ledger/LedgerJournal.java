package aero.contrail.loyalty.ledger;

import static aero.contrail.database.SqlArrays.texts;

import aero.contrail.database.DeferredWrites;
import aero.contrail.loyalty.ledger.Books.Numbered;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.stereotype.Repository;

/** Writes what was entered into the books: each table once. */
@Repository
class LedgerJournal {

  private static final String SAVE_ACCOUNTS =
      """
      update loyalty.account a
         set sequence = u.sequence, pending = u.pending, available = u.available, held = u.held,
             debt = u.debt, tier_points = u.tier_points, active_on = u.active_on::date
        from unnest(:members, :sequences, :pending, :available, :held, :debt, :tierPoints,
                    :active)
          as u (member, sequence, pending, available, held, debt, tier_points, active_on)
       where a.member_number = u.member
      """;

  private static final String SAVE_LOTS =
      """
      insert into loyalty.lot (id, member_number, source, source_key, expires_on, rule, opened_at,
                               earned, pending, available, held, redeemed, expired, reversed,
                               transferred, cancelled, recovered)
      select id, member, source, key, expires_on::date, rule, :now, earned, pending, available,
             held, redeemed, expired, reversed, transferred, cancelled, recovered
        from unnest(:ids, :members, :sources, :keys, :expires, :rules, :earned, :PENDING,
                    :AVAILABLE, :HELD, :REDEEMED, :EXPIRED, :REVERSED, :TRANSFERRED, :CANCELLED,
                    :RECOVERED)
          as l (id, member, source, key, expires_on, rule, earned, pending, available, held,
                redeemed, expired, reversed, transferred, cancelled, recovered)
          on conflict (id) do update
         set rule = excluded.rule, expires_on = excluded.expires_on,
             earned = excluded.earned, pending = excluded.pending,
             available = excluded.available, held = excluded.held, redeemed = excluded.redeemed,
             expired = excluded.expired, reversed = excluded.reversed,
             transferred = excluded.transferred, cancelled = excluded.cancelled,
             recovered = excluded.recovered
      """;

  private static final String ENTER =
      """
      insert into loyalty.entry (member_number, sequence, id, kind, cause, cause_key, channel,
                                 order_id, flight_id, lot, rule, points, tier_points, pending_after,
                                 available_after, held_after, debt_after, occurred_at, recorded_at)
      select member, sequence, id, kind, cause, key, channel, order_id, flight, lot, rule,
             points, tier_points, pending, available, held, debt, occurred_at::timestamptz, :now
        from unnest(:members, :sequences, :ids, :kinds, :causes, :keys, :channels, :orders,
                    :flights, :lots, :rules, :points, :tierPoints, :pending, :available, :held,
                    :debt, :occurred)
          as e (member, sequence, id, kind, cause, key, channel, order_id, flight, lot, rule,
                points, tier_points, pending, available, held, debt, occurred_at)
      """;

  private static final String MOVE =
      """
      insert into loyalty.movement (entry, line, unit, lot, from_place, to_place, points)
      select entry, line, unit, lot, from_place, to_place, points
        from unnest(:entries, :lines, :units, :lots, :froms, :tos, :points)
          as m (entry, line, unit, lot, from_place, to_place, points)
      """;

  private final DeferredWrites deferred;

  LedgerJournal(DeferredWrites deferred) {
    this.deferred = deferred;
  }

  /** Within the caller's transaction. */
  void write(Books books, Instant now) {
    var entries = books.entries();
    if (entries.isEmpty()) {
      return;
    }
    deferred.add(SAVE_ACCOUNTS, accounts(books.changed()));
    deferred.add(SAVE_LOTS, lots(books.changedLots()).addValue("now", utc(now)));
    deferred.add(ENTER, entered(entries).addValue("now", utc(now)));
    deferred.add(MOVE, moved(entries.stream().map(Numbered::entry).toList()));
  }

  private static MapSqlParameterSource accounts(List<Holdings> all) {
    return balances(all, Holdings::balance)
        .addValue("members", texts(all, one -> one.member().value()))
        .addValue("sequences", array(all, Long[]::new, Holdings::sequence))
        .addValue("tierPoints", array(all, Long[]::new, one -> one.balance().tierPoints()))
        .addValue("active", texts(all, Holdings::activeOn));
  }

  private static <T> MapSqlParameterSource balances(List<T> all, Function<T, Balance> balance) {
    return new MapSqlParameterSource()
        .addValue("pending", array(all, Long[]::new, balance.andThen(Balance::pending)))
        .addValue("available", array(all, Long[]::new, balance.andThen(Balance::available)))
        .addValue("held", array(all, Long[]::new, balance.andThen(Balance::held)))
        .addValue("debt", array(all, Long[]::new, balance.andThen(Balance::debt)));
  }

  private static MapSqlParameterSource lots(List<Lot> all) {
    var values =
        new MapSqlParameterSource()
            .addValue("ids", array(all, UUID[]::new, Lot::id))
            .addValue("members", texts(all, lot -> lot.member().value()))
            .addValue("sources", texts(all, lot -> lot.source().name()))
            .addValue("keys", texts(all, Lot::key))
            .addValue("expires", texts(all, lot -> lot.expiresOn()))
            .addValue("rules", texts(all, Lot::rule))
            .addValue("earned", array(all, Long[]::new, Lot::earned));
    for (var place : Place.values()) {
      if (place.isOfLot()) {
        values.addValue(place.name(), array(all, Long[]::new, lot -> lot.in(place)));
      }
    }
    return values;
  }

  private static MapSqlParameterSource entered(List<Numbered> all) {
    return balances(all, Numbered::after)
        .addValue("members", ofTexts(all, entry -> entry.member().value()))
        .addValue("sequences", array(all, Long[]::new, Numbered::sequence))
        .addValue("ids", of(all, UUID[]::new, Entry::id))
        .addValue("kinds", ofTexts(all, entry -> entry.kind().name()))
        .addValue("causes", ofTexts(all, entry -> entry.cause().source().name()))
        .addValue("keys", ofTexts(all, entry -> entry.cause().key()))
        .addValue("channels", ofTexts(all, entry -> entry.cause().channel()))
        .addValue("orders", of(all, UUID[]::new, LedgerJournal::order))
        .addValue("flights", ofTexts(all, entry -> entry.cause().flight()))
        .addValue("lots", of(all, UUID[]::new, Entry::lot))
        .addValue("rules", ofTexts(all, Entry::rule))
        .addValue("points", of(all, Long[]::new, Entry::points))
        .addValue("tierPoints", of(all, Long[]::new, Entry::tierPoints))
        .addValue("occurred", ofTexts(all, entry -> entry.at().toString()));
  }

  private static MapSqlParameterSource moved(List<Entry> entries) {
    record Line(UUID entry, int line, Movement movement) {}
    var all =
        entries.stream()
            .flatMap(
                entry ->
                    IntStream.range(0, entry.movements().size())
                        .mapToObj(i -> new Line(entry.id(), i + 1, entry.movements().get(i))))
            .toList();
    return new MapSqlParameterSource()
        .addValue("entries", array(all, UUID[]::new, Line::entry))
        .addValue("lines", array(all, Integer[]::new, Line::line))
        .addValue("units", texts(all, one -> one.movement().unit().name()))
        .addValue("lots", array(all, UUID[]::new, one -> one.movement().lot()))
        .addValue("froms", texts(all, one -> one.movement().from().name()))
        .addValue("tos", texts(all, one -> one.movement().to().name()))
        .addValue("points", array(all, Long[]::new, one -> one.movement().points()));
  }

  private static @Nullable UUID order(Entry entry) {
    var order = entry.cause().order();
    return order == null ? null : order.value();
  }

  private static String[] ofTexts(
      List<Numbered> all, Function<Entry, ? extends @Nullable Object> value) {
    return texts(all, numbered -> value.apply(numbered.entry()));
  }

  private static <A> A[] of(
      List<Numbered> all,
      IntFunction<A[]> type,
      Function<Entry, ? extends @Nullable Object> value) {
    return array(all, type, numbered -> value.apply(numbered.entry()));
  }

  private static <T, A> A[] array(
      Collection<T> all, IntFunction<A[]> type, Function<T, ? extends @Nullable Object> value) {
    return all.stream().map(value).toArray(type);
  }

  private static Object utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
