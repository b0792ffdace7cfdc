package aero.contrail.eventlog.store;

import aero.contrail.eventlog.Upcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

  @Bean
  EventTypes eventTypes(ObjectProvider<Upcaster> upcasters) {
    return new EventTypes(upcasters.orderedStream().toList());
  }
}
