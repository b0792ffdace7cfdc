package aero.contrail.web;

import aero.contrail.database.DatabaseTime;
import aero.contrail.events.EventJson;
import aero.contrail.web.problem.ProblemValve;
import io.micrometer.common.KeyValues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.accept.ApiVersionDeprecationHandler;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ApiVersionConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WebConfiguration {

  private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2999, 12, 31);
  private static final Duration MICROSECOND = Duration.ofNanos(1000);

  /** Paths hold locators and numbers of members: only their templates get into spans. */
  @Bean
  static ServerRequestObservationConvention requestsByTemplate() {
    return new DefaultServerRequestObservationConvention() {
      @Override
      public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext request) {
        return KeyValues.empty();
      }
    };
  }

  @Bean
  static WebMvcConfigurer apiConventions(
      List<HandlerMethodArgumentResolver> own,
      CommandParameters commands,
      ApiVersions apiVersions,
      ObjectProvider<ApiVersionDeprecationHandler> deprecations) {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(own);
      }

      @Override
      public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(apiVersions);
        interceptors.addInterceptor(commands);
      }

      @Override
      public void addFormatters(FormatterRegistry formatters) {
        formatters.addConverter(
            String.class, LocalDate.class, text -> inRange(LocalDate.parse(text)));
        formatters.addConverter(String.class, Instant.class, text -> inRange(Instant.parse(text)));
      }

      @Override
      public void configureApiVersioning(ApiVersionConfigurer versions) {
        versions.useRequestHeader(ApiVersions.HEADER).addSupportedVersions(ApiVersions.NEWEST);
        versions.setDefaultVersion(ApiVersions.NEWEST);
        deprecations.ifAvailable(versions::setDeprecationHandler);
      }
    };
  }

  @Bean
  static WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return factory ->
        factory.addContextCustomizers(
            context ->
                ((StandardHost) context.getParent())
                    .setErrorReportValveClass(ProblemValve.class.getName()));
  }

  /** What looks like JSON and is something else is refused: nothing is guessed. */
  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    return json ->
        json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new SimpleModule("dates").addDeserializer(LocalDate.class, new StrictDate()))
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }

  /** A date, and nothing but a date. */
  private static final class StrictDate extends ValueDeserializer<LocalDate> {
    @Override
    public LocalDate deserialize(JsonParser json, DeserializationContext context) {
      try {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          return inRange(LocalDate.parse(json.getString()));
        }
      } catch (DateTimeParseException | IllegalArgumentException e) {
        // it is said below what is wrong
      }
      return context.reportInputMismatch(LocalDate.class, "not a date like 1990-12-10");
    }
  }

  @Bean
  JacksonModule moneyModule() {
    return EventJson.moneyModule();
  }

  /** The time for all rules. The sandbox has a clock of its own, which can be moved forward. */
  @Bean
  @ConditionalOnProperty(name = "contrail.sandbox", havingValue = "false", matchIfMissing = true)
  Clock clock(DatabaseTime time) {
    return Clock.tick(time.withZone(ZoneOffset.UTC), MICROSECOND); // what the database keeps
  }

  /** What is further off is a mistake, and no database's business. */
  private static LocalDate inRange(LocalDate date) {
    if (date.isBefore(FIRST_DAY) || date.isAfter(LAST_DAY)) {
      throw new IllegalArgumentException(
          "not between %s and %s: %s".formatted(FIRST_DAY, LAST_DAY, date));
    }
    return date;
  }

  private static Instant inRange(Instant instant) {
    var _ = inRange(instant.atOffset(ZoneOffset.UTC).toLocalDate());
    return instant;
  }
}
