package aero.contrail.web;

import static aero.contrail.web.Scopes.authority;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Which scope opens which path. */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {

  private static final String[] OPEN = {
    "/actuator/health/**",
    "/problems/**",
    "/v3/api-docs/**",
    "/v3/api-docs.yaml",
    "/swagger-ui/**",
    "/swagger-ui.html",
    "/sandbox/**",
    "/.well-known/**",
    "/error"
  };

  /** Hides the metadata page that Spring Security would serve on its own. */
  @Bean
  @Order(0)
  SecurityFilterChain wellKnownChain(HttpSecurity http) {
    http.securityMatcher("/.well-known/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
    return stateless(http).build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain apiChain(HttpSecurity http, ProblemWriter problems, JwtDecoder decoder) {
    var unauthorized = unauthorized(problems);
    var forbidden = forbidden(problems);
    http.authorizeHttpRequests(ApiSecurity::rules)
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(jwt -> jwt.decoder(new RememberedTokens(decoder)))
                    .authenticationEntryPoint(unauthorized)
                    .accessDeniedHandler(forbidden))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(unauthorized).accessDeniedHandler(forbidden));
    return stateless(http).build();
  }

  private static void rules(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    requests
        .dispatcherTypeMatchers(DispatcherType.ERROR)
        .permitAll()
        .requestMatchers(OPEN)
        .permitAll()
        .requestMatchers("/offers/**")
        .hasAuthority(authority(Scopes.OFFERS_READ))
        .requestMatchers(HttpMethod.GET, "/orders/**", "/tickets/**", "/reservations/**")
        .hasAuthority(authority(Scopes.ORDERS_READ))
        .requestMatchers("/orders/**", "/tickets/**", "/reservations/**")
        .hasAuthority(authority(Scopes.ORDERS_WRITE))
        .requestMatchers(HttpMethod.GET, "/flights/**")
        .hasAnyAuthority(authority(Scopes.FLIGHTS_READ), authority(Scopes.FLIGHTS_OPERATE))
        .requestMatchers("/flights/**")
        .hasAuthority(authority(Scopes.FLIGHTS_OPERATE))
        .requestMatchers(HttpMethod.GET, "/members/**")
        .hasAuthority(authority(Scopes.MEMBERS_READ))
        .requestMatchers("/members/**")
        .hasAuthority(authority(Scopes.MEMBERS_WRITE))
        .requestMatchers("/actuator/**")
        .hasAuthority(authority(Scopes.BACKOFFICE))
        .anyRequest()
        .authenticated();
  }

  static HttpSecurity stateless(HttpSecurity http) {
    return http.sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable);
  }

  private static AuthenticationEntryPoint unauthorized(ProblemWriter problems) {
    return (request, response, failure) -> {
      var badToken = failure instanceof OAuth2AuthenticationException;
      response.setHeader(
          "WWW-Authenticate", badToken ? "Bearer error=\"invalid_token\"" : "Bearer");
      problems.write(
          new Problem(
              ProblemCode.UNAUTHORIZED,
              badToken
                  ? "The bearer token is invalid or has expired."
                  : "Send a bearer token from POST /oauth2/token."),
          request,
          response);
    };
  }

  private static AccessDeniedHandler forbidden(ProblemWriter problems) {
    return (request, response, _) -> {
      response.setHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
      problems.write(
          new Problem(
              ProblemCode.FORBIDDEN,
              "The token lacks the scope for %s %s."
                  .formatted(request.getMethod(), request.getRequestURI())),
          request,
          response);
    };
  }

  /** The stock check of header values is a regular expression, run at every look at a token. */
  @Bean
  HttpFirewall firewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderValues(
        value -> value.chars().noneMatch(c -> c != '\t' && Character.isISOControl(c)));
    return firewall;
  }

  /** Paths that are attacks rather than addresses. */
  @Bean
  RequestRejectedHandler rejectedRequests(ProblemWriter problems) {
    return (request, response, _) ->
        problems.write(
            new Problem(
                ProblemCode.INVALID_PARAMETER, "The address or a header has forbidden characters."),
            request,
            response);
  }
}
