package aero.contrail.web.security;

import static aero.contrail.web.security.ApiScopes.authority;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.problem.ProblemWriter;
import aero.contrail.web.problem.Unproven;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Which scope opens which path. */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {

  private static final Logger log = LoggerFactory.getLogger(ApiSecurity.class);

  /** What anybody may read. */
  private static final String[] OPEN = {
    "/actuator/health/**",
    "/problems/**",
    "/v3/api-docs/**",
    "/v3/api-docs.yaml",
    "/swagger-ui/**",
    "/swagger-ui.html"
  };

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final AuthorizationDecision NO_RULE = new AuthorizationDecision(false);

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
  SecurityFilterChain apiChain(
      HttpSecurity http,
      ProblemWriter problems,
      JwtDecoder decoder,
      @Value("${contrail.sandbox:false}") boolean isSandbox) {
    var unauthorized = unauthorized(problems);
    var forbidden = forbidden(problems);
    http.authorizeHttpRequests(rules -> rules(rules, isSandbox))
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(jwt -> jwt.decoder(new RememberedTokens(decoder)))
                    .withObjectPostProcessor(answersWhatCannotBeChecked(unauthorized))
                    .authenticationEntryPoint(unauthorized)
                    .accessDeniedHandler(forbidden))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(unauthorized).accessDeniedHandler(forbidden));
    return stateless(http).build();
  }

  /**
   * What no rule names is refused, whoever asks: a new route needs a rule. All that is not read is
   * a change, also a method that the route does not have.
   */
  private static void rules(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          rules,
      boolean isSandbox) {
    rules.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
    read(rules, OPEN).permitAll();
    rules.requestMatchers(HttpMethod.POST, "/payments/notices/*").permitAll(); // signed themselves
    if (isSandbox) {
      rules.requestMatchers("/sandbox/**").permitAll();
    }
    rules.requestMatchers("/offers/**").hasAuthority(authority(ApiScopes.OFFERS_READ));
    rules
        .requestMatchers(
            "/reservations/*/handling",
            "/flights/*/passengers",
            "/flights/*/waitlist",
            "/disruptions/**")
        .hasAuthority(authority(ApiScopes.FLIGHTS_OPERATE));
    read(rules, "/flights/*/seat-map")
        .hasAnyAuthority(
            authority(ApiScopes.FLIGHTS_READ),
            authority(ApiScopes.FLIGHTS_OPERATE),
            authority(ApiScopes.ORDERS_READ));
    rules
        .requestMatchers("/orders/*/personal-data")
        .hasAuthority(authority(ApiScopes.BACKOFFICE_WRITE));
    String[] orders = {"/orders/**", "/tickets/**", "/reservations/**"};
    read(rules, orders).hasAuthority(authority(ApiScopes.ORDERS_READ));
    rules.requestMatchers(orders).hasAuthority(authority(ApiScopes.ORDERS_WRITE));
    String[] flights = {"/flights/**", "/inventory/**", "/groups/**"};
    read(rules, flights)
        .hasAnyAuthority(authority(ApiScopes.FLIGHTS_READ), authority(ApiScopes.FLIGHTS_OPERATE));
    rules.requestMatchers(flights).hasAuthority(authority(ApiScopes.FLIGHTS_OPERATE));
    rules
        .requestMatchers("/members/*/personal-data")
        .hasAuthority(authority(ApiScopes.BACKOFFICE_WRITE));
    rules
        .requestMatchers("/members/*/adjustments/**", "/members/*/reinstatements")
        .hasAuthority(authority(ApiScopes.MEMBERS_ADJUST));
    read(rules, "/members/**").hasAuthority(authority(ApiScopes.MEMBERS_READ));
    rules.requestMatchers("/members/**").hasAuthority(authority(ApiScopes.MEMBERS_WRITE));
    read(rules, "/programme/liability").hasAuthority(authority(ApiScopes.BACKOFFICE_READ));
    rules
        .requestMatchers(HttpMethod.POST, "/programme/quote")
        .hasAuthority(authority(ApiScopes.MEMBERS_READ));
    read(rules, "/programme/**").hasAuthority(authority(ApiScopes.MEMBERS_READ));
    rules.requestMatchers("/programme/**").hasAuthority(authority(ApiScopes.BACKOFFICE_WRITE));
    read(rules, "/work-items/**", "/revenue/**").hasAuthority(authority(ApiScopes.BACKOFFICE_READ));
    rules.requestMatchers("/work-items/**").hasAuthority(authority(ApiScopes.BACKOFFICE_WRITE));
    read(rules, "/actuator/prometheus").hasAuthority(authority(ApiScopes.METRICS_READ));
    read(rules, "/actuator", "/actuator/**").hasAuthority(authority(ApiScopes.BACKOFFICE_READ));
    rules
        .requestMatchers("/actuator/eventlog/**")
        .hasAuthority(authority(ApiScopes.BACKOFFICE_WRITE));
    rules.anyRequest().access((_, _) -> NO_RULE);
  }

  private static AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizedUrl read(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          rules,
      String... paths) {
    return rules.requestMatchers(
        Arrays.stream(paths)
            .flatMap(
                path ->
                    Stream.of(HttpMethod.GET, HttpMethod.HEAD)
                        .map(
                            method ->
                                PathPatternRequestMatcher.withDefaults().matcher(method, path)))
            .toArray(RequestMatcher[]::new));
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

  /** By default what is no fault of the token's would become an error of the server. */
  private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answersWhatCannotBeChecked(
      AuthenticationEntryPoint entryPoint) {
    var handler = new AuthenticationEntryPointFailureHandler(entryPoint);
    handler.setRethrowAuthenticationServiceException(false);
    return new ObjectPostProcessor<>() {
      @Override
      public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
        filter.setAuthenticationFailureHandler(handler);
        return filter;
      }
    };
  }

  private static AuthenticationEntryPoint unauthorized(ProblemWriter problems) {
    return (request, response, failure) -> {
      if (failure instanceof AuthenticationServiceException) {
        log.debug("A token cannot be checked", failure);
        Unproven.mark(request);
        problems.write(
            new Problem(
                ProblemCode.UNAVAILABLE,
                "The token cannot be checked: its issuer is out of reach. Try again later.",
                RETRY_AFTER),
            request,
            response);
        return;
      }
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
    return (request, response, failure) -> {
      if (failure instanceof AuthorizationDeniedException denied
          && NO_RULE.equals(denied.getAuthorizationResult())) {
        problems.write(Problem.notFound("resource", request.getRequestURI()), request, response);
        return;
      }
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
