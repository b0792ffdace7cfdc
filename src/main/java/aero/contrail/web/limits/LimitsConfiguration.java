package aero.contrail.web.limits;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitsConfiguration {

  @Bean
  static WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadBodies() {
    return factory -> factory.addEngineValves(new UnreadBodies());
  }
}
