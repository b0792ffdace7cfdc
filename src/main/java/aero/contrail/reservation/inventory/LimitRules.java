package aero.contrail.reservation.inventory;

import aero.contrail.reservation.inventory.NewLimits.ClassLimit;
import aero.contrail.web.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What booking limits may be. Limits, protections, fixed and guaranteed seats are ways to write the
 * same few numbers: a protection is the limit of the class below.
 */
public final class LimitRules {

  private LimitRules() {}

  /**
   * The cabin under new limits.
   *
   * @param pointer where the limits stand in the request
   * @throws Problem when a class is not the cabin's, the limits are not nested, or more is
   *     guaranteed than there is
   */
  public static Cabin apply(NewLimits wanted, Cabin cabin, String pointer) {
    var controls = new ArrayList<>(cabin.controls());
    // What is protected first: what is said of a class itself counts more, within the protection.
    for (var i = 0; i < wanted.classes().size(); i++) {
      protect(
          wanted.classes().get(i), cabin, wanted.authorised(), controls, pointer + "/classes/" + i);
    }
    for (var i = 0; i < wanted.classes().size(); i++) {
      apply(wanted.classes().get(i), cabin, controls, pointer + "/classes/" + i);
    }
    checkProtections(wanted, controls, pointer);
    checkNest(controls, pointer);
    checkGuarantees(controls, wanted.authorised(), pointer);
    return cabin.limited(wanted.authorised(), controls);
  }

  private static void apply(
      ClassLimit limit, Cabin cabin, List<ClassControl> controls, String pointer) {
    if (!cabin.sells(limit.fareClass())) {
      throw Problem.invalid(
          pointer + "/fareClass",
          "unknown_class",
          "Cabin %s has no class %s.".formatted(cabin.cabin(), limit.fareClass()));
    }
    var ways =
        Stream.of(limit.limit(), limit.protectedSeats(), limit.fixed())
            .filter(Objects::nonNull)
            .count();
    if (ways > 1 || (ways == 0 && limit.minimum() == null)) {
      throw Problem.invalid(
          pointer, "one_of", "One of limit, protected and fixed, or a minimum, has to be given.");
    }
    var at = cabin.classes().indexOf(limit.fareClass());
    var control = controls.get(at);
    if (limit.limit() != null) {
      control = limited(control, limit, pointer);
    } else if (limit.fixed() != null) {
      control = ClassControl.fixed(control.fareClass(), limit.fixed());
    }
    controls.set(at, limit.minimum() == null ? control : guaranteed(control, limit, pointer));
  }

  /** What is guaranteed to the class stays so, unless something else is said. */
  private static ClassControl limited(ClassControl control, ClassLimit limit, String pointer) {
    var newLimit = Objects.requireNonNull(limit.limit());
    var minimum = control.isFixed() || limit.minimum() != null ? 0 : control.minimum();
    if (minimum > newLimit) {
      throw Problem.invalid(
          pointer + "/limit",
          "below_minimum",
          "%d seats are guaranteed to class %s: give a minimum with the limit."
              .formatted(minimum, control.fareClass()));
    }
    return new ClassControl(control.fareClass(), newLimit, minimum, false);
  }

  private static ClassControl guaranteed(ClassControl control, ClassLimit limit, String pointer) {
    var minimum = Objects.requireNonNull(limit.minimum());
    if (control.isFixed() || minimum > control.limit()) {
      throw Problem.invalid(
          pointer + "/minimum",
          "above_limit",
          "Class %s has a limit of %d%s: no more can be guaranteed."
              .formatted(
                  control.fareClass(), control.limit(), control.isFixed() ? ", all its own" : ""));
    }
    return new ClassControl(control.fareClass(), control.limit(), minimum, false);
  }

  /** The next nested class below may sell what is not protected, and those below it no more. */
  private static void protect(
      ClassLimit wanted, Cabin cabin, int authorised, List<ClassControl> controls, String pointer) {
    if (wanted.protectedSeats() == null || !cabin.sells(wanted.fareClass())) {
      return;
    }
    var at = cabin.classes().indexOf(wanted.fareClass());
    var seats = wanted.protectedSeats();
    var rest = Math.max(0, authorised - seats);
    var isNext = true;
    for (var below = at + 1; below < controls.size(); below++) {
      var control = controls.get(below);
      if (!control.isFixed()) {
        var limit = isNext ? rest : Math.min(rest, control.limit());
        controls.set(
            below,
            new ClassControl(
                control.fareClass(), limit, Math.min(limit, control.minimum()), false));
        isNext = false;
      }
    }
    if (isNext) {
      throw Problem.invalid(
          pointer + "/protected",
          "nothing_below",
          "There is no class below %s to protect it from.".formatted(controls.get(at).fareClass()));
    }
  }

  /** A limit that is given for a class does not undo what is protected from it. */
  private static void checkProtections(
      NewLimits wanted, List<ClassControl> controls, String pointer) {
    for (var i = 0; i < wanted.classes().size(); i++) {
      var limit = wanted.classes().get(i);
      var seats = limit.protectedSeats();
      var most = wanted.authorised() - (seats == null ? 0 : seats);
      var isAbove =
          controls.stream()
              .dropWhile(control -> !control.fareClass().equals(limit.fareClass()))
              .skip(1)
              .anyMatch(control -> !control.isFixed() && control.limit() > Math.max(0, most));
      if (seats != null && isAbove) {
        throw Problem.invalid(
            "%s/classes/%d/protected".formatted(pointer, i),
            "above_protection",
            "A class below %s has a limit above the %d seats that are not protected."
                .formatted(limit.fareClass(), Math.max(0, most)));
      }
    }
  }

  private static void checkNest(List<ClassControl> controls, String pointer) {
    var nest = controls.stream().filter(control -> !control.isFixed()).toList();
    for (var i = 1; i < nest.size(); i++) {
      if (nest.get(i).limit() > nest.get(i - 1).limit()) {
        throw Problem.invalid(
            pointer + "/classes",
            "not_nested",
            "The limit of class %s (%d) is above that of class %s (%d)."
                .formatted(
                    nest.get(i).fareClass(),
                    nest.get(i).limit(),
                    nest.get(i - 1).fareClass(),
                    nest.get(i - 1).limit()));
      }
    }
  }

  /** Of the cabin, and of every nest: what is guaranteed in it must be there to be sold. */
  private static void checkGuarantees(List<ClassControl> controls, int authorised, String pointer) {
    var all = controls.stream().mapToInt(ClassControl::minimum).sum();
    if (all > authorised) {
      throw Problem.invalid(
          pointer + "/classes",
          "guaranteed_above_authorised",
          "%d seats are guaranteed or fixed, but only %d authorised.".formatted(all, authorised));
    }
    for (var i = 0; i < controls.size(); i++) {
      var nest = controls.get(i);
      var inNest =
          controls.stream()
              .skip(i)
              .filter(control -> !control.isFixed())
              .mapToInt(ClassControl::minimum)
              .sum();
      if (!nest.isFixed() && inNest > nest.limit()) {
        throw Problem.invalid(
            pointer + "/classes",
            "guaranteed_above_limit",
            "%d seats are guaranteed within the limit of class %s, which is %d."
                .formatted(inNest, nest.fareClass(), nest.limit()));
      }
    }
  }
}
