package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** Whether somebody is a member. */
  public boolean has(MemberNumber member) {
    return holdings.containsKey(member);
  }

  public Balance balance(MemberNumber member) {
    return of(member).balance();
  }

  /** What a cause brought, if it brought anything yet. */
  Optional<Lot> lot(MemberNumber member, Cause cause) {
    return of(member).lot(cause.key());
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

  /** Points that came; those that were forecast for the cause are withdrawn. */
  public Optional<Entry> post(
      MemberNumber member, Cause cause, String rule, long points, long tierPoints, Instant at) {
    var lot = opened(member, cause, rule).by(rule);
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

  private Lot opened(MemberNumber member, Cause cause, String rule) {
    var known = lot(member, cause);
    if (known.isPresent()) {
      return known.get();
    }
    var lot = Lot.of(member, cause, null, rule);
    holdings.put(member, of(member).with(lot));
    return lot;
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
    var ids = entries.stream().map(numbered -> numbered.entry().lot()).collect(Collectors.toSet());
    return changed().stream()
        .flatMap(one -> one.lots().values().stream())
        .filter(lot -> ids.contains(lot.id()))
        .toList();
  }
}
