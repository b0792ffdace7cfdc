package aero.contrail.eventlog;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

@Configuration(proxyBeanMethods = false)
class EventLogConfiguration {

  @Bean
  static Consumers consumers() {
    return new Consumers();
  }

  @Bean
  EventTypes eventTypes(ObjectProvider<Upcaster> upcasters) {
    return new EventTypes(upcasters.orderedStream().toList());
  }

  /** Migrations may take their time: they have connections without the pool's time-outs. */
  @Bean(defaultCandidate = false)
  @FlywayDataSource
  DataSource migrationDataSource(JdbcConnectionDetails database) {
    return DataSourceBuilder.create()
        .type(SimpleDriverDataSource.class)
        .url(database.getJdbcUrl())
        .username(database.getUsername())
        .password(database.getPassword())
        .build();
  }
}
