package aero.contrail.database;

import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** How identifiers of the published language are stored by Spring Data JDBC: as their text. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

  @Bean
  static JdbcCustomConversions jdbcCustomConversions(JdbcDialect dialect) {
    return JdbcCustomConversions.of(
        dialect,
        List.of(
            FlightIdReader.INSTANCE,
            FlightIdWriter.INSTANCE,
            MemberNumberReader.INSTANCE,
            MemberNumberWriter.INSTANCE));
  }

  /** Every statement comes after what its transaction has deferred. */
  @Bean
  @Primary
  static JdbcTemplate jdbcTemplate(DataSource pool, DeferredWrites deferred) {
    return new JdbcTemplate(pool) {
      @Override
      protected void applyStatementSettings(Statement statement) throws SQLException {
        deferred.flush();
        super.applyStatementSettings(statement);
      }

      @Override
      public <T extends @Nullable Object> T execute(ConnectionCallback<T> action) {
        deferred.flush();
        return super.execute(action);
      }
    };
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

  @ReadingConverter
  private enum FlightIdReader implements Converter<String, FlightId> {
    INSTANCE;

    @Override
    public FlightId convert(String text) {
      return new FlightId(text);
    }
  }

  @WritingConverter
  private enum FlightIdWriter implements Converter<FlightId, String> {
    INSTANCE;

    @Override
    public String convert(FlightId id) {
      return id.value();
    }
  }

  @ReadingConverter
  private enum MemberNumberReader implements Converter<String, MemberNumber> {
    INSTANCE;

    @Override
    public MemberNumber convert(String text) {
      return new MemberNumber(text);
    }
  }

  @WritingConverter
  private enum MemberNumberWriter implements Converter<MemberNumber, String> {
    INSTANCE;

    @Override
    public String convert(MemberNumber number) {
      return number.value();
    }
  }
}
