package aero.contrail.reservation.versions;

import aero.contrail.eventlog.Upcaster;
import aero.contrail.events.SpaceRefusal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A refusal of space names kind and class apart from the second version on. */
@Configuration(proxyBeanMethods = false)
class ReservationVersions {

  @Bean
  Upcaster spaceRefusedInWords() {
    return Upcaster.of(
        "reservation.SpaceRefused.v1", "reservation.SpaceRefused.v2", SpaceRefusal::ofWords);
  }

  @Bean
  Upcaster spaceConfirmationRefusedInWords() {
    return Upcaster.of(
        "reservation.SpaceConfirmationRefused.v1",
        "reservation.SpaceConfirmationRefused.v2",
        SpaceRefusal::ofWords);
  }
}
