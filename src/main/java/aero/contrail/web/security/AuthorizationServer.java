package aero.contrail.web.security;

import aero.contrail.web.SandboxNote;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.problem.ProblemWriter;
import aero.contrail.web.security.ApiClients.ApiClient;
import aero.contrail.web.security.SigningKey.Purpose;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * The embedded authorization server, for the demo and small installations: client credentials only.
 * It is off when an external issuer is configured.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(
    name = "spring.security.oauth2.resourceserver.jwt.issuer-uri",
    matchIfMissing = true,
    havingValue = "none")
class AuthorizationServer {

  private static final String CHANNEL = "contrail.channel";

  @Bean
  @Order(1)
  SecurityFilterChain tokenChain(HttpSecurity http, ProblemWriter problems) {
    var failure = failureHandler(problems);
    http.securityMatcher("/oauth2/token", "/oauth2/jwks")
        .oauth2AuthorizationServer(
            server ->
                server
                    .clientAuthentication(client -> client.errorResponseHandler(failure))
                    .tokenEndpoint(
                        token ->
                            token
                                .errorResponseHandler(failure)
                                .accessTokenRequestConverters(
                                    converters -> converters.addFirst(allScopesByDefault()))))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(
                    (request, response, _) -> {
                      response.setHeader("WWW-Authenticate", "Basic realm=\"contrail\"");
                      problems.write(
                          new Problem(
                              ProblemCode.UNAUTHORIZED,
                              "Send the client id and secret with HTTP Basic to POST"
                                  + " /oauth2/token."),
                          request,
                          response);
                    }));
    return ApiSecurity.stateless(http).build();
  }

  private static AuthenticationFailureHandler failureHandler(ProblemWriter problems) {
    return (request, response, failure) -> {
      var error = ((OAuth2AuthenticationException) failure).getError().getErrorCode();
      var isUnknown = error.equals(OAuth2ErrorCodes.INVALID_CLIENT);
      if (isUnknown) {
        response.setHeader("WWW-Authenticate", "Basic realm=\"contrail\"");
      }
      var problem =
          isUnknown
              ? new Problem(
                  ProblemCode.UNAUTHORIZED, "The client is unknown or its secret is wrong.")
              : new Problem(ProblemCode.INVALID_TOKEN_REQUEST, error + ".");
      problems.write(
          problem,
          Map.of("error", error, "error_description", problem.detail()), // RFC 6749, 5.2
          request,
          response);
    };
  }

  /** A request without the scope parameter means all scopes of the client (RFC 6749, 3.3). */
  private static AuthenticationConverter allScopesByDefault() {
    var standard = new OAuth2ClientCredentialsAuthenticationConverter();
    return request ->
        standard.convert(request) instanceof OAuth2ClientCredentialsAuthenticationToken token
            ? withScopes(token)
            : null;
  }

  private static OAuth2ClientCredentialsAuthenticationToken withScopes(
      OAuth2ClientCredentialsAuthenticationToken token) {
    return token.getScopes().isEmpty()
            && token.getPrincipal() instanceof OAuth2ClientAuthenticationToken client
            && client.getRegisteredClient() != null
        ? new OAuth2ClientCredentialsAuthenticationToken(
            client, client.getRegisteredClient().getScopes(), token.getAdditionalParameters())
        : token;
  }

  /** The public halves are read at /oauth2/jwks, those of keys that are to come among them. */
  @Bean
  JWKSource<SecurityContext> accessTokenKeys(SigningKeys keys) {
    return (selector, _) -> keys.of(Purpose.ACCESS_TOKENS).select(selector);
  }

  @Bean
  JwtEncoder jwtEncoder(JWKSource<SecurityContext> keys) {
    var encoder = new NimbusJwtEncoder(keys);
    encoder.setJwkSelector(List::getFirst); // the one that signs comes first
    return encoder;
  }

  @Bean
  JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys, ApiClients clients) {
    var decoder =
        NimbusJwtDecoder.withJwkSource(keys)
            .jwsAlgorithm(SignatureAlgorithm.RS256)
            // The validator wants an access token, not just any.
            .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier((_, _) -> {}))
            .build();
    decoder.setJwtValidator(
        JwtValidators.createAtJwtValidator()
            .issuer(clients.issuer())
            .audience(clients.audience())
            .build());
    return decoder;
  }

  @Bean
  AuthorizationServerSettings authorizationServerSettings(ApiClients clients) {
    return AuthorizationServerSettings.builder().issuer(clients.issuer()).build();
  }

  @Bean
  RegisteredClientRepository registeredClients(
      ApiClients clients, @Value("${contrail.sandbox:false}") boolean isSandbox) {
    if (clients.clients().isEmpty()) {
      throw new InvalidConfigurationPropertyValueException(
          "contrail.security.clients",
          "",
          "No client is configured. Set contrail.security.clients[0].id, .secret and .scopes, or"
              + " spring.security.oauth2.resourceserver.jwt.issuer-uri for an external issuer.");
    }
    for (var client : clients.clients()) {
      if (client.isPlain() && !isSandbox) {
        throw client.invalid(
            "secret", "(hidden)", "{noop} is for the sandbox: use {bcrypt}, see the README.");
      }
    }
    return new InMemoryRegisteredClientRepository(
        clients.clients().stream().map(client -> registered(client, clients)).toList());
  }

  @Bean
  @Order(1)
  SandboxNote clientsToTry(ApiClients clients) {
    return new ClientsToTry(clients);
  }

  private record ClientsToTry(ApiClients clients) implements SandboxNote {

    @Override
    public String topic() {
      return "clients";
    }

    @Override
    public String text() {
      return clients.clients().stream()
          .map(client -> client.id() + (client.isPlain() ? " with " + client.secret() : ""))
          .collect(Collectors.joining(", "))
          .replace("{noop}", "");
    }
  }

  private static RegisteredClient registered(ApiClient client, ApiClients clients) {
    return RegisteredClient.withId(client.id())
        .clientId(client.id())
        .clientName(client.id())
        .clientSecret(client.secret())
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scopes(scopes -> scopes.addAll(client.scopes()))
        .clientSettings(ClientSettings.builder().setting(CHANNEL, client.channelOrId()).build())
        .tokenSettings(
            TokenSettings.builder().accessTokenTimeToLive(clients.tokenLifetime()).build())
        .build();
  }

  /** Access tokens as RFC 9068 has them, with the channel of the client. */
  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> accessTokens(ApiClients clients) {
    return context -> {
      if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
        var client = context.getRegisteredClient();
        String channel = client.getClientSettings().getSetting(CHANNEL);
        context.getJwsHeader().type("at+jwt");
        context
            .getClaims()
            .audience(List.of(clients.audience()))
            .claim("client_id", client.getClientId())
            .claim(Callers.CHANNEL_CLAIM, channel == null ? client.getClientId() : channel);
      }
    };
  }

  /** Keeps each secret in the encoding it was configured with, instead of re-encoding it. */
  @Bean
  PasswordEncoder passwordEncoder() {
    var encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    return new PasswordEncoder() {
      @Override
      public @Nullable String encode(@Nullable CharSequence password) {
        return encoder.encode(password);
      }

      @Override
      public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
        return encoder.matches(password, encoded);
      }
    };
  }

  /** Forgets tokens: they are self-contained, and the stock service would keep each for ever. */
  @Bean
  OAuth2AuthorizationService authorizations() {
    return new OAuth2AuthorizationService() {
      @Override
      public void save(OAuth2Authorization authorization) {}

      @Override
      public void remove(OAuth2Authorization authorization) {}

      @Override
      public @Nullable OAuth2Authorization findById(String id) {
        return null;
      }

      @Override
      public @Nullable OAuth2Authorization findByToken(
          String token, @Nullable OAuth2TokenType type) {
        return null;
      }
    };
  }
}
