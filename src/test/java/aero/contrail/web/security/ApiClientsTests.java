package aero.contrail.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.web.security.ApiClients.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What is wrong with the clients is said at the start, and not by tokens that fail. */
class ApiClientsTests {

  private static final String BCRYPT =
      "{bcrypt}$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
  private static final Set<String> SCOPES = Set.of(ApiScopes.OFFERS_READ);

  private static ApiClient client(String id) {
    return new ApiClient(id, BCRYPT, null, SCOPES);
  }

  private static ApiClients with(Duration token, Duration key, List<ApiClient> clients) {
    return new ApiClients("http://localhost", "contrail", token, key, Duration.ofDays(1), clients);
  }

  @ParameterizedTest
  @CsvSource({
    "web, plain-text",
    "web, {md5}5ebe2294ecd0e0f08eab7690d2a6ee69",
    "web, {bcrypt}",
    "web, {bcrypt}$2a$10$cut",
    "web, {noop}",
    "'', {noop}secret",
    "'we b', {noop}secret",
    "web|other, {noop}secret"
  })
  void aClientHasANameAndACompleteSecret(String id, String secret) {
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(() -> new ApiClient(id, secret, null, SCOPES))
        .matches(e -> secret.endsWith("}") || !String.valueOf(e).contains(secret));
  }

  @Test
  void scopesAreThoseOfTheApi() {
    for (var scopes : List.of(Set.<String>of(), Set.of("orders:writ"))) {
      assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
          .isThrownBy(() -> new ApiClient("web", BCRYPT, null, scopes));
    }
  }

  @Test
  void noTwoClientsHaveOneName() {
    var clients = List.of(client("web"), client("agency"), client("web"));
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(() -> with(Duration.ofMinutes(15), Duration.ofDays(30), clients));
  }

  @Test
  void tokensDoNotOutliveTheKeyThatSignedThem() {
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(() -> with(Duration.ofDays(2), Duration.ofDays(30), List.of()));
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(() -> with(Duration.ofMinutes(15), Duration.ofHours(1), List.of()));
  }

  @Test
  void aSecretIsNotPrinted() {
    var clients = with(Duration.ofMinutes(15), Duration.ofDays(30), List.of(client("web")));
    assertThat(clients.toString()).contains("web").doesNotContain("$2a$");
  }
}
