package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.programme.ProgrammeDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one member has: the balance, and the lots that matter now.
 *
 * @param sequence the number of the last entry
 * @param activeOn the last day on which the member earned or spent; null for never
 * @param spendable lots with points to spend, in the order in which they are spent
 */
record Holdings(
    MemberNumber member,
    long sequence,
    @Nullable LocalDate activeOn,
    Balance balance,
    Map<UUID, Lot> lots,
    List<UUID> spendable) {

  Holdings {
    lots = Map.copyOf(lots);
    spendable = List.copyOf(spendable);
  }

  /** The one that a cause brought. */
  Optional<Lot> lot(Cause cause) {
    return lots.values().stream()
        .filter(lot -> lot.source() == cause.source() && lot.key().equals(cause.key()))
        .findFirst();
  }

  Lot lot(UUID id) {
    return lot(id, lots);
  }

  private Lot lot(UUID id, Map<UUID, Lot> among) {
    var lot = among.get(id);
    if (lot == null) {
      throw new IllegalStateException("lot %s of %s is not at hand".formatted(id, member));
    }
    return lot;
  }

  Holdings knowing(Lot lot) {
    return lots.containsKey(lot.id()) ? this : with(lot);
  }

  Holdings maySpend(UUID lot) {
    var more = new ArrayList<>(spendable);
    more.add(lot);
    return new Holdings(member, sequence, activeOn, balance, lots, more);
  }

  Holdings with(Lot lot) {
    var more = new HashMap<>(lots);
    more.put(lot.id(), lot);
    return new Holdings(member, sequence, activeOn, balance, more, spendable);
  }

  /** What is left after an entry, which is the next one. */
  Holdings with(Entry entry) {
    var after = balance;
    var moved = new HashMap<>(lots);
    for (var movement : entry.movements()) {
      after = after.with(movement);
      if (movement.lot() != null) {
        moved.put(movement.lot(), lot(movement.lot(), moved).with(movement));
      }
    }
    return new Holdings(member, sequence + 1, active(entry), after, moved, spendable(entry, moved));
  }

  /** What became available by an entry can be spent next, in its turn. */
  private List<UUID> spendable(Entry entry, Map<UUID, Lot> moved) {
    var all = new ArrayList<>(spendable);
    var today = ProgrammeDay.of(entry.at());
    for (var movement : entry.movements()) {
      var id = movement.lot();
      if (id != null
          && movement.to() == Place.AVAILABLE
          && !all.contains(id)
          && !lot(id, moved).isOver(today)) {
        all.add(id);
      }
    }
    all.sort(
        Comparator.comparing(
            id -> lot(id, moved).expiresOn(), Comparator.nullsLast(Comparator.naturalOrder())));
    return all;
  }

  private @Nullable LocalDate active(Entry entry) {
    if (!entry.kind().isActivity()) {
      return activeOn;
    }
    var day = ProgrammeDay.of(entry.at());
    return activeOn == null || day.isAfter(activeOn) ? day : activeOn;
  }
}
