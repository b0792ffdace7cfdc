package aero.contrail.web;

import aero.contrail.web.problem.Problem;
import java.util.UUID;

/** Ids in paths. */
public final class PathIds {

  private PathIds() {}

  /**
   * An id from a path.
   *
   * @param what it is of, in the words of the problem
   * @throws Problem when it has not the form of ours: it is not found, like one that is not there
   */
  public static UUID uuid(String what, String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound(what, id);
    }
  }
}
