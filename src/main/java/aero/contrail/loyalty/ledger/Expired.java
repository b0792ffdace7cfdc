package aero.contrail.loyalty.ledger;

import java.time.Instant;
import java.util.List;

/** Points that expired together. */
public record Expired(Instant at, List<Share> shares) {

  public Expired {
    shares = List.copyOf(shares);
  }
}
