package aero.contrail.web.security;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may get a token from the embedded authorization server.
 *
 * @param issuer the address that stands in the tokens
 * @param audience for whom the tokens are: this API
 * @param tokenLifetime how long a token is good for
 */
@ConfigurationProperties("contrail.security")
record ApiClients(
    @DefaultValue("http://localhost:8080") String issuer,
    @DefaultValue("contrail") String audience,
    @DefaultValue("PT1H") Duration tokenLifetime,
    @DefaultValue List<ApiClient> clients) {

  /**
   * A system that calls the API.
   *
   * @param secret with the prefix of its encoding, for example {@code {bcrypt}…}
   * @param channel the sales channel it belongs to; by default its own
   */
  record ApiClient(String id, String secret, @Nullable String channel, Set<String> scopes) {

    String channelOrId() {
      return channel == null ? id : channel;
    }
  }
}
