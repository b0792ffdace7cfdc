package aero.contrail.loyalty.expiry;

import static aero.contrail.database.SqlArrays.texts;

import aero.contrail.events.LoyaltyEvent.PointsExpired;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Books;
import aero.contrail.loyalty.ledger.Cause;
import aero.contrail.loyalty.ledger.Cause.Source;
import aero.contrail.loyalty.ledger.Ledger;
import aero.contrail.loyalty.programme.ProgrammeDay;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets points expire, within the caller's transaction. */
@Component
class Expiry {

  private static final String OVER =
      """
      select distinct member_number
        from (select member_number
                from loyalty.lot
               where available > 0 and expires_on <= :today
                 and member_number <> all(:except)
               order by expires_on
               limit :limit) soonest
      """;

  private static final String INACTIVE =
      """
      select member_number
        from loyalty.account
       where available > 0 and active_on <= :since and member_number <> all(:except)
       order by member_number
       limit :limit
      """;

  private final Ledger ledger;
  private final JdbcClient jdbc;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Expiry(Ledger ledger, JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
    this.ledger = ledger;
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
  }

  /** Some of the members who have points that are over; {@code except}: who could not be done. */
  List<MemberNumber> over(Collection<MemberNumber> except, int limit) {
    return jdbc.sql(OVER)
        .param("except", texts(except, MemberNumber::value))
        .param("today", today())
        .param("limit", limit)
        .query((row, _) -> new MemberNumber(row.getString(1)))
        .list();
  }

  /** Some of the members who have points and did nothing since a day. */
  List<MemberNumber> inactive(LocalDate since, Collection<MemberNumber> except, int limit) {
    return jdbc.sql(INACTIVE)
        .param("except", texts(except, MemberNumber::value))
        .param("since", since)
        .param("limit", limit)
        .query((row, _) -> new MemberNumber(row.getString(1)))
        .list();
  }

  /** What is over of some members. */
  void expire(Collection<MemberNumber> members) {
    var books = ledger.lock(members, List.of());
    ledger.fetchExpired(books, members, today());
    write(books, members, today());
  }

  /** All that some members have, who were not active since a day. */
  void expireInactive(Collection<MemberNumber> members, LocalDate since) {
    var books = ledger.lock(members, List.of());
    var still =
        members.stream()
            .filter(member -> books.has(member) && books.isInactive(member, since))
            .toList();
    ledger.fetchSpendable(
        books,
        still.stream().collect(Collectors.toMap(Function.identity(), _ -> Long.MAX_VALUE)),
        today());
    write(books, still, null);
  }

  private void write(Books books, Collection<MemberNumber> members, @Nullable LocalDate day) {
    var now = clock.instant();
    for (var member : members) {
      books
          .expire(member, Cause.of(Source.EXPIRY, UUID.randomUUID()), day, now)
          .ifPresent(entry -> events.publishEvent(new PointsExpired(member, -entry.points(), now)));
    }
    ledger.write(books, now);
  }

  LocalDate today() {
    return ProgrammeDay.of(clock.instant());
  }
}
