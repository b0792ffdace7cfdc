package aero.contrail.eventlog;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EventLogConfiguration {

  @Bean
  static Consumers consumers() {
    return new Consumers();
  }

  @Bean
  EventTypes eventTypes() {
    return new EventTypes();
  }
}
