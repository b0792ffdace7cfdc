package aero.contrail.reservation.inventory;

import java.util.List;

/** The limits of a cabin as they are to be; classes that are not named keep theirs. */
public record NewLimits(String cabin, int authorised, List<ClassLimit> classes) {

  /** What a class and all below it may sell together. */
  public record ClassLimit(String fareClass, int limit) {}
}
