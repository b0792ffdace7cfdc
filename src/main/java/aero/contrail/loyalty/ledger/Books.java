package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Entry.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of some members, which nobody else moves meanwhile. What is entered is written
 * together at the end. For one thread.
 */
public final class Books {

  private final Map<MemberNumber, Holdings> holdings = new LinkedHashMap<>();
  private final List<Numbered> entries = new ArrayList<>();

  /** An entry and what the member has after it. */
  record Numbered(Entry entry, long sequence, Balance after) {}

  Books(Iterable<Holdings> locked) {
    locked.forEach(one -> holdings.put(one.member(), one));
  }

  /** Lots as they are; those that were moved here already are known. */
  void know(Collection<Lot> lots) {
    lots.forEach(lot -> holdings.computeIfPresent(lot.member(), (_, one) -> one.knowing(lot)));
  }

  /** The same of lots that can be spent, in this order. */
  void maySpend(List<Lot> lots) {
    know(lots);
    lots.forEach(
        lot -> holdings.computeIfPresent(lot.member(), (_, one) -> one.maySpend(lot.id())));
  }

  /** Whether somebody is a member. */
  public boolean has(MemberNumber member) {
    return holdings.containsKey(member);
  }

  /** Whether a member neither earned nor spent after a day, and did so once. */
  public boolean isInactive(MemberNumber member, LocalDate since) {
    var last = of(member).activeOn();
    return last != null && !last.isAfter(since);
  }

  public Balance balance(MemberNumber member) {
    return of(member).balance();
  }

  /** What a cause brought, if it brought anything yet. */
  Optional<Lot> lot(MemberNumber member, Cause cause) {
    return of(member).lot(cause);
  }

  /**
   * Points that will come.
   *
   * @param points none are no entry
   * @return what was entered
   */
  public Optional<Entry> forecast(
      MemberNumber member, Cause cause, String rule, long points, Instant at) {
    return points == 0
        ? Optional.empty()
        : enter(Postings.forecast(opened(member, cause, rule), cause, points, at));
  }

  /**
   * Points that came; those that were forecast for the cause are withdrawn.
   *
   * @param expiresOn the first day on which they cannot be spent; null when they last
   */
  public Optional<Entry> post(
      MemberNumber member,
      Cause cause,
      String rule,
      long points,
      long tierPoints,
      @Nullable LocalDate expiresOn,
      Instant at) {
    var lot = opened(member, cause, rule).by(rule, expiresOn);
    holdings.put(member, of(member).with(lot));
    return enter(Postings.posted(lot, cause, points, tierPoints, balance(member).debt(), at));
  }

  /** Takes back what a cause brought or was to bring. */
  public Optional<Entry> takeBack(
      MemberNumber member, Cause cause, boolean posted, long tierPoints, Instant at) {
    return lot(member, cause)
        .flatMap(
            lot -> {
              if (posted) {
                return enter(Postings.reversed(lot, cause, tierPoints, at));
              }
              return lot.in(Place.PENDING) == 0
                  ? Optional.empty()
                  : enter(Postings.cancelled(lot, cause, at));
            });
  }

  /**
   * Keeps points for something: those that expire soonest.
   *
   * @return whose they are; empty, and nothing entered, when there are not so many
   */
  public List<Share> hold(MemberNumber member, Cause cause, long points, Instant at) {
    var shares = Spending.pick(of(member), points);
    if (Spending.sum(shares) < points) {
      return List.of();
    }
    var movements = Spending.move(shares, Place.AVAILABLE, Place.HELD);
    var _ = enter(member, Kind.HELD, cause, -points, at, movements);
    return shares;
  }

  /** Lets go of points that were held. What the member owes is paid first. */
  public void release(MemberNumber member, Cause cause, List<Share> held, Instant at) {
    var movements = Spending.back(held, Place.HELD, balance(member).debt());
    var _ = enter(member, Kind.RELEASED, cause, Spending.sum(held), at, movements);
  }

  /** Spends points that were held. */
  public void redeem(MemberNumber member, Cause cause, List<Share> held, Instant at) {
    var movements = Spending.move(held, Place.HELD, Place.REDEEMED);
    var _ = enter(member, Kind.REDEEMED, cause, -Spending.sum(held), at, movements);
  }

  /**
   * Spends points that nobody held: what is not there any more the member owes.
   *
   * @return whose they are
   */
  public List<Share> spend(MemberNumber member, Cause cause, long points, Instant at) {
    var shares = Spending.pick(of(member), points);
    var movements = new ArrayList<>(Spending.move(shares, Place.AVAILABLE, Place.REDEEMED));
    var owed = points - Spending.sum(shares);
    if (owed > 0) {
      movements.add(Movement.debt(Place.OWED, Place.ISSUED, owed));
    }
    var _ = enter(member, Kind.REDEEMED, cause, -points, at, movements);
    return shares;
  }

  /**
   * Gives back points that were spent, to the lots that they were taken from. What the member owes
   * is paid first.
   *
   * @param beyond points that came from no lot, because the member owed them
   * @param lastUntil the first day on which they may be over; null for as they were before
   */
  public void redeposit(
      MemberNumber member,
      Cause cause,
      List<Share> spent,
      long beyond,
      @Nullable LocalDate lastUntil,
      Instant at) {
    var movements = new ArrayList<Movement>();
    var back =
        Spending.giveBack(
            of(member), cause, spent, beyond, Place.REDEEMED, lastUntil, movements, this::open);
    var _ = enter(member, Kind.REDEPOSITED, cause, Spending.sum(back), at, movements);
  }

  private void open(Lot lot) {
    holdings.put(lot.member(), of(lot.member()).with(lot));
  }

  /**
   * What of the lots at hand can be spent expires.
   *
   * @param day of lots that are over by then; null for all
   */
  public Optional<Entry> expire(
      MemberNumber member, Cause cause, @Nullable LocalDate day, Instant at) {
    var shares =
        of(member).lots().values().stream()
            .filter(lot -> lot.in(Place.AVAILABLE) > 0 && (day == null || lot.isOver(day)))
            .map(lot -> new Share(lot.id(), lot.in(Place.AVAILABLE)))
            .toList();
    var movements = Spending.move(shares, Place.AVAILABLE, Place.EXPIRED);
    return enter(member, Kind.EXPIRED, cause, -Spending.sum(shares), at, movements);
  }

  /** What expired can be spent again, until a day. What the member owes is paid first. */
  public Optional<Entry> reinstate(
      MemberNumber member, Cause cause, List<Share> expired, LocalDate lastUntil, Instant at) {
    var still =
        expired.stream()
            .filter(share -> of(member).lot(share.lot()).in(Place.EXPIRED) >= share.points())
            .toList();
    var movements = new ArrayList<Movement>();
    var back =
        Spending.giveBack(
            of(member), cause, still, 0, Place.EXPIRED, lastUntil, movements, this::open);
    return enter(member, Kind.REINSTATED, cause, Spending.sum(back), at, movements);
  }

  /** Points for nothing flown. What the member owes is paid first. */
  public Optional<Entry> give(
      MemberNumber member,
      Kind kind,
      Cause cause,
      long points,
      @Nullable LocalDate expiresOn,
      Instant at) {
    var lot = Lot.of(member, cause, expiresOn, "");
    holdings.put(member, of(member).with(lot));
    var movements =
        Spending.back(List.of(new Share(lot.id(), points)), Place.ISSUED, balance(member).debt());
    return enter(member, kind, cause, points, at, movements);
  }

  /** Takes points away, those that expire soonest; empty when there are fewer. */
  public Optional<Entry> take(MemberNumber member, Cause cause, long points, Instant at) {
    return take(member, Kind.ADJUSTED, cause, points, Place.REVERSED, at);
  }

  /**
   * Points for another member: those that expire soonest, and they expire when they would have.
   *
   * @return empty, and nothing entered, when there are fewer
   */
  public Optional<Entry> transfer(
      MemberNumber from, MemberNumber to, Cause cause, long points, Instant at) {
    var shares = Spending.pick(of(from), points);
    var given = take(from, Kind.GIVEN, cause, points, Place.TRANSFERRED, at);
    if (given.isPresent()) {
      for (var i = 0; i < shares.size(); i++) {
        var share = shares.get(i);
        var expiresOn = of(from).lot(share.lot()).expiresOn();
        var _ = give(to, Kind.RECEIVED, cause.part(i + 1), share.points(), expiresOn, at);
      }
    }
    return given;
  }

  private Optional<Entry> take(
      MemberNumber member, Kind kind, Cause cause, long points, Place to, Instant at) {
    var shares = Spending.pick(of(member), points);
    return Spending.sum(shares) < points
        ? Optional.empty()
        : enter(member, kind, cause, -points, at, Spending.move(shares, Place.AVAILABLE, to));
  }

  private Lot opened(MemberNumber member, Cause cause, String rule) {
    var known = lot(member, cause);
    if (known.isPresent()) {
      return known.get();
    }
    var lot = Lot.of(member, cause, null, rule);
    holdings.put(member, of(member).with(lot));
    return lot;
  }

  private Optional<Entry> enter(
      MemberNumber member,
      Kind kind,
      Cause cause,
      long points,
      Instant at,
      List<Movement> movements) {
    return enter(Spending.entry(member, kind, cause, points, at, movements));
  }

  private Optional<Entry> enter(Entry entry) {
    if (entry.movements().isEmpty()) {
      return Optional.empty();
    }
    var after = of(entry.member()).with(entry);
    holdings.put(entry.member(), after);
    entries.add(new Numbered(entry, after.sequence(), after.balance()));
    return Optional.of(entry);
  }

  private Holdings of(MemberNumber member) {
    var one = holdings.get(member);
    if (one == null) {
      throw new IllegalStateException("member " + member + " is not locked");
    }
    return one;
  }

  List<Numbered> entries() {
    return entries;
  }

  /** Those whose accounts an entry changed. */
  List<Holdings> changed() {
    return entries.stream()
        .map(numbered -> numbered.entry().member())
        .distinct()
        .map(this::of)
        .toList();
  }

  /** The lots that an entry changed. */
  List<Lot> changedLots() {
    var ids =
        entries.stream()
            .flatMap(numbered -> numbered.entry().movements().stream())
            .map(Movement::lot)
            .collect(Collectors.toSet());
    return changed().stream()
        .flatMap(one -> one.lots().values().stream())
        .filter(lot -> ids.contains(lot.id()))
        .toList();
  }
}
