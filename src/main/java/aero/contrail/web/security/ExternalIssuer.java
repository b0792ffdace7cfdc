package aero.contrail.web.security;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Takes the tokens of an issuer elsewhere: those that are for this API and name a channel. Nothing
 * stands in for a claim that is missing.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(AuthorizationServer.class)
class ExternalIssuer {

  /** Asks the issuer for its keys when the first token comes: it need not be up before. */
  @Bean
  JwtDecoder jwtDecoder(
      @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri}") String issuer,
      ApiClients settings) {
    var keys =
        new SupplierJwtDecoder(
            () -> {
              var decoder = NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build();
              decoder.setJwtValidator(validator(issuer, settings.audience()));
              return decoder;
            });
    return token -> {
      try {
        return keys.decode(token);
      } catch (JwtDecoderInitializationException e) {
        throw new JwtException("The issuer " + issuer + " does not answer", e);
      }
    };
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
