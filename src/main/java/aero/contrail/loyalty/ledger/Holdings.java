package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one member has: the balance, and the lots that matter now, by their keys.
 *
 * @param sequence the number of the last entry
 */
record Holdings(MemberNumber member, long sequence, Balance balance, Map<String, Lot> lots) {

  Holdings {
    lots = Map.copyOf(lots);
  }

  Optional<Lot> lot(String key) {
    return Optional.ofNullable(lots.get(key));
  }

  Holdings with(Lot lot) {
    var more = new HashMap<>(lots);
    more.put(lot.key(), lot);
    return new Holdings(member, sequence, balance, more);
  }

  /** What is left after an entry, which is the next one. */
  Holdings with(Entry entry) {
    var after = balance;
    var moved = new HashMap<>(lots);
    for (var movement : entry.movements()) {
      after = after.with(movement);
      if (movement.lot() != null) {
        moved.replaceAll((_, lot) -> lot.id().equals(movement.lot()) ? lot.with(movement) : lot);
      }
    }
    return new Holdings(member, sequence + 1, after, moved);
  }
}
