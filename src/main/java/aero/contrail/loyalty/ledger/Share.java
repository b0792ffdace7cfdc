package aero.contrail.loyalty.ledger;

import java.util.UUID;

/**
 * Some points of a lot.
 *
 * @param points at least 1
 */
public record Share(UUID lot, long points) {

  public Share {
    if (points < 1) {
      throw new IllegalArgumentException("a share of nothing");
    }
  }
}
