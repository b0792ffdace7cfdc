package aero.contrail.reservation.versions;

import aero.contrail.eventlog.Upcaster;
import aero.contrail.events.ReservationEvent.Severity;
import aero.contrail.events.SpaceRefusal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * From the second version on a refusal of space names kind and class apart, and a change of the
 * schedule what was before.
 */
@Configuration(proxyBeanMethods = false)
class ReservationVersions {

  @Bean
  Upcaster spaceRefusedInWords() {
    return Upcaster.of(
        "reservation.SpaceRefused.v1", "reservation.SpaceRefused.v2", SpaceRefusal::ofWords);
  }

  /** What is not known is taken for serious. */
  @Bean
  Upcaster retimedWithoutBefore() {
    return Upcaster.of(
        "reservation.FlightRetimed.v1",
        "reservation.FlightRetimed.v2",
        payload -> payload.putNull("before").put("severity", Severity.MAJOR.name()));
  }

  @Bean
  Upcaster reEquippedWithoutBefore() {
    return Upcaster.of(
        "reservation.EquipmentChanged.v1",
        "reservation.EquipmentChanged.v2",
        payload -> {
          payload.putNull("before").putArray("gone");
          return payload;
        });
  }

  /** Who flew was not told apart from who was booked. */
  @Bean
  Upcaster segmentFlownAltogether() {
    return Upcaster.of(
        "reservation.SegmentFlown.v1",
        "reservation.SegmentFlown.v2",
        payload -> payload.putNull("passengers"));
  }

  /** Until then an order had one hold, which has its id. */
  @Bean
  Upcaster spaceHeldOnce() {
    return ofTheFirstHold("SpaceHeld", 1);
  }

  @Bean
  Upcaster spaceRefusedOnce() {
    return ofTheFirstHold("SpaceRefused", 2);
  }

  @Bean
  Upcaster spaceConfirmedOnce() {
    return ofTheFirstHold("SpaceConfirmed", 1);
  }

  @Bean
  Upcaster spaceConfirmationRefusedOnce() {
    return ofTheFirstHold("SpaceConfirmationRefused", 2);
  }

  @Bean
  Upcaster spaceReleasedOnce() {
    return ofTheFirstHold("SpaceReleased", 1);
  }

  @Bean
  Upcaster spaceHoldLapsedOnce() {
    return ofTheFirstHold("SpaceHoldLapsed", 1);
  }

  private static Upcaster ofTheFirstHold(String fact, int version) {
    return Upcaster.of(
        "reservation.%s.v%d".formatted(fact, version),
        "reservation.%s.v%d".formatted(fact, version + 1),
        payload -> {
          payload.set("hold", payload.get("order"));
          return payload;
        });
  }

  @Bean
  Upcaster spaceConfirmationRefusedInWords() {
    return Upcaster.of(
        "reservation.SpaceConfirmationRefused.v1",
        "reservation.SpaceConfirmationRefused.v2",
        SpaceRefusal::ofWords);
  }
}
