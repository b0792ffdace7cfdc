package aero.contrail.reservation.specialservice;

import static aero.contrail.events.PassengerType.ADULT;
import static aero.contrail.events.PassengerType.CHILD;
import static aero.contrail.events.PassengerType.INFANT;

import aero.contrail.events.PassengerType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Special services by the codes of the industry (IATA, AIRIMP). How many of each a flight takes is
 * filed, see {@link ServiceLimits}.
 */
enum ServiceCode {
  WCHR("Wheelchair to the gate"),
  WCHS("Wheelchair to the aircraft"),
  WCHC("Wheelchair to the seat"),
  BLND("Blind passenger"),
  DEAF("Deaf passenger"),
  MAAS("Meet and assist"),
  UMNR("Unaccompanied minor", Duration.ZERO, Set.of(CHILD)),
  PETC("Pet in the cabin"),
  BSCT("Bassinet", Duration.ZERO, Set.of(INFANT)),
  VGML("Vegetarian meal, vegan", Meals.ORDERED_BY),
  VLML("Vegetarian meal with milk and eggs", Meals.ORDERED_BY),
  KSML("Kosher meal", Meals.ORDERED_BY),
  MOML("Muslim meal", Meals.ORDERED_BY),
  HNML("Hindu meal", Meals.ORDERED_BY),
  DBML("Diabetic meal", Meals.ORDERED_BY),
  GFML("Gluten intolerant meal", Meals.ORDERED_BY),
  CHML("Child meal", Meals.ORDERED_BY, Set.of(CHILD)),
  BBML("Baby meal", Meals.ORDERED_BY, Set.of(INFANT));

  /** Kitchens need a day. */
  private static final class Meals {
    static final Duration ORDERED_BY = Duration.ofHours(24);
  }

  private final String words;
  private final Duration askedBefore;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<PassengerType> passengers;

  ServiceCode(String words) {
    this(words, Duration.ZERO);
  }

  ServiceCode(String words, Duration askedBefore) {
    this(words, askedBefore, Set.of(ADULT, CHILD));
  }

  ServiceCode(String words, Duration askedBefore, Set<PassengerType> passengers) {
    this.words = words;
    this.askedBefore = askedBefore;
    this.passengers = passengers;
  }

  /** Empty for what is none of these: sellers have codes of their own, too. */
  static Optional<ServiceCode> find(String name) {
    return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
  }

  /** Whether it is to be bought: an order has it as a service with a price. */
  boolean isSold() {
    return this == UMNR || this == PETC;
  }

  String words() {
    return words;
  }

  /** How long before departure it has to be asked for. */
  Duration askedBefore() {
    return askedBefore;
  }

  /** Whether it is for such passengers. */
  boolean isFor(PassengerType type) {
    return passengers.contains(type);
  }
}
