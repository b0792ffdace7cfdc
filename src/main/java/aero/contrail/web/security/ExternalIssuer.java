package aero.contrail.web.security;

import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/**
 * Takes the tokens of an issuer elsewhere: those that are for this API and name a channel. Nothing
 * stands in for a claim that is missing.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(AuthorizationServer.class)
class ExternalIssuer {

  /** Callers wait for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Bean
  JwtDecoder jwtDecoder(
      @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri}") String issuer,
      ApiClients settings) {
    return new IssuerKeys(
        issuer,
        () -> {
          var decoder =
              NimbusJwtDecoder.withIssuerLocation(issuer)
                  .restOperations(impatient())
                  .validateType(false)
                  .build();
          decoder.setJwtValidator(validator(issuer, settings.audience()));
          return decoder;
        });
  }

  private static RestOperations impatient() {
    var requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(PATIENCE);
    requests.setReadTimeout(PATIENCE);
    return new RestTemplate(requests);
  }

  private static OAuth2TokenValidator<Jwt> validator(String issuer, String audience) {
    var type = new JwtTypeValidator(List.of("at+jwt", "JWT")); // RFC 9068, and who does not know it
    type.setAllowEmpty(true);
    return JwtValidators.createDefaultWithValidators(
        List.of(
            new JwtIssuerValidator(issuer),
            new JwtAudienceValidator(audience),
            type,
            new JwtClaimValidator<Object>(JwtClaimNames.EXP, end -> end != null),
            new JwtClaimValidator<Object>(
                Callers.CHANNEL_CLAIM,
                channel -> channel instanceof String name && !name.isBlank())));
  }
}
