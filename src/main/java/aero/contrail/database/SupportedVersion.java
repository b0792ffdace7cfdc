package aero.contrail.database;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An old server is told so before the first migration, and not by what it does not understand. */
@Configuration(proxyBeanMethods = false)
class SupportedVersion {

  private static final int OLDEST = 170_000;

  @Bean
  static FlywayConfigurationCustomizer versionCheck() {
    return flyway ->
        require(
            JdbcClient.create(flyway.getDataSource())
                .sql("select current_setting('server_version_num')::int")
                .query(Integer.class)
                .single());
  }

  /**
   * @param version as PostgreSQL counts: 170004 is 17.4
   * @throws InvalidConfigurationPropertyValueException when it is too old
   */
  static void require(int version) {
    if (version < OLDEST) {
      throw new InvalidConfigurationPropertyValueException(
          "spring.datasource.url",
          "(a PostgreSQL %d.%d)".formatted(version / 10_000, version % 10_000),
          "PostgreSQL 17 or newer is needed: name such a server.");
    }
  }
}
