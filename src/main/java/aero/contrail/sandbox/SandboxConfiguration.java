package aero.contrail.sandbox;

import aero.contrail.database.DatabaseTime;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SandboxConfiguration {

  /** Before anything connects or migrates. */
  @Bean
  @ConditionalOnProperty("contrail.sandbox")
  static BeanFactoryPostProcessor sandboxSettings(ConfigurableEnvironment environment) {
    return _ -> SandboxSettings.complete(environment);
  }

  @Bean
  @ConditionalOnProperty("contrail.sandbox")
  Clock clock(JdbcClient jdbc, DatabaseTime time) {
    return new SandboxClock(jdbc, time);
  }

  /** Only where no database is configured, and only where its library is: never in the package. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("contrail.sandbox")
  @ConditionalOnClass(name = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres")
  @Conditional(NoDatabaseConfigured.class)
  static class WithEmbeddedDatabase {

    @Bean
    EmbeddedDatabase embeddedDatabase(
        @Value("${contrail.sandbox.folder:.contrail}") Path folder,
        @Value("${contrail.fresh:false}") String fresh) {
      return EmbeddedDatabase.start(folder, !fresh.equals("false"));
    }

    @Bean
    JdbcConnectionDetails embeddedConnection(EmbeddedDatabase database) {
      return new JdbcConnectionDetails() {
        @Override
        public String getUsername() {
          return "postgres";
        }

        @Override
        public String getPassword() {
          return "postgres";
        }

        @Override
        public String getJdbcUrl() {
          return database.url();
        }
      };
    }
  }

  /** Whoever has neither an address nor an embedded database is told what to set. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(EmbeddedDatabase.class)
  @Conditional(NoDatabaseConfigured.class)
  static class WithoutDatabase {

    @Bean
    JdbcConnectionDetails noConnection() {
      throw new DatabaseNotConfigured();
    }
  }
}
