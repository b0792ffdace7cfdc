package aero.contrail.reservation.booking;

import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.booking.GroupBlocks.Taken;
import aero.contrail.reservation.booking.Space.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What orders draw from the blocks of groups while they are decided one after the other. Pure; for
 * one thread.
 */
final class GroupDraws {

  private final Map<UUID, GroupBlock> groups;
  private final List<Taken> drawn = new ArrayList<>();

  GroupDraws(Map<UUID, GroupBlock> groups) {
    this.groups = new HashMap<>(groups);
  }

  /** What a group has blocked is held already: it changes hands. Why not, if not. */
  Optional<SpaceRefusal> draw(UUID id, String channel, List<Claim> claims) {
    var group = groups.get(id);
    var flight = claims.getFirst().flight();
    if (group == null || (group.channel() != null && !group.channel().equals(channel))) {
      return Optional.of(new SpaceRefusal(flight, SpaceRefusal.Kind.GROUP, "not known"));
    }
    var left = group.leftFor(claims);
    if (left < claims.getFirst().seats()) {
      return Optional.of(new SpaceRefusal(flight, SpaceRefusal.Kind.GROUP, left + " left"));
    }
    groups.put(id, group.without(claims));
    claims.forEach(claim -> drawn.add(new Taken(id, claim)));
    return Optional.empty();
  }

  /** The seats that were drawn, of which blocks. */
  List<Taken> drawn() {
    return List.copyOf(drawn);
  }
}
