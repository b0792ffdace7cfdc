package aero.contrail.loyalty.ledger;

import java.time.Instant;
import java.util.List;

/**
 * Points that expired together.
 *
 * @param isReinstated whether they came back already
 */
public record Expired(Instant at, List<Share> shares, boolean isReinstated) {

  public Expired {
    shares = List.copyOf(shares);
  }
}
