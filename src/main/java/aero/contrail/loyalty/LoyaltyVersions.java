package aero.contrail.loyalty;

import aero.contrail.eventlog.Upcaster;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What facts of earlier releases mean today. */
@Configuration(proxyBeanMethods = false)
class LoyaltyVersions {

  /** Rates were all that was filed. */
  @Bean
  Upcaster ratesAlone() {
    return Upcaster.of(
        "loyalty.EarningRatesFiled.v1",
        "loyalty.EarningRatesFiled.v2",
        payload -> {
          var rates = payload.remove("rates");
          var table = payload.putObject("table");
          table.set("rates", rates);
          table.put("minimum", 0).put("infants", false).putObject("bonuses");
          return payload;
        });
  }

  /** Points for the tier were those of the award. */
  @Bean
  Upcaster postedWithoutTierPoints() {
    return Upcaster.of(
        "loyalty.PointsPosted.v1",
        "loyalty.PointsPosted.v2",
        payload -> payload.put("tierPoints", payload.get("points").asInt()).put("rule", ""));
  }

  @Bean
  Upcaster reversedWithoutTierPoints() {
    return Upcaster.of(
        "loyalty.PointsReversed.v1",
        "loyalty.PointsReversed.v2",
        payload -> payload.put("tierPoints", payload.get("points").asInt()));
  }
}
