package aero.contrail.shopping.index;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ShoppingConfiguration {

  @Bean
  static Copy searchedCopy() {
    return Copy.LIVE;
  }
}
