package aero.contrail.reservation.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of a cabin as they are to be; classes that are not named keep theirs. */
public record NewLimits(String cabin, int authorised, List<ClassLimit> classes) {

  /**
   * What is to hold for a class; what is null stays as it is.
   *
   * @param limit what it and all nested classes below it may sell together
   * @param protectedSeats what those below it may not sell, so that it and those above can
   * @param fixed what it has for itself, outside of the nest
   * @param minimum what no other class may sell as long as it has not
   */
  public record ClassLimit(
      String fareClass,
      @Nullable Integer limit,
      @Nullable Integer protectedSeats,
      @Nullable Integer fixed,
      @Nullable Integer minimum) {

    /** A limit of a nested class. */
    public static ClassLimit of(String fareClass, int limit) {
      return new ClassLimit(fareClass, limit, null, null, null);
    }
  }
}
