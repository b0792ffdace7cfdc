package aero.contrail.shopping;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ShoppingConfiguration {

  @Bean
  static Copy searchedCopy() {
    return Copy.LIVE;
  }
}
