package aero.contrail.web.security;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Who may get a token from the embedded authorization server, and how long tokens and the keys that
 * sign them last.
 *
 * @param issuer the address that stands in the tokens
 * @param audience for whom the tokens are: this API
 * @param tokenLifetime how long a token is good for
 * @param keyLifetime how long a key signs before another takes its place
 * @param keyOverlap how long a replaced key still verifies: at least as long as any token and offer
 */
@ConfigurationProperties("contrail.security")
record ApiClients(
    @DefaultValue("http://localhost:8080") String issuer,
    @DefaultValue("contrail") String audience,
    @DefaultValue("PT15M") Duration tokenLifetime,
    @DefaultValue("P30D") Duration keyLifetime,
    @DefaultValue("P1D") Duration keyOverlap,
    @DefaultValue List<ApiClient> clients) {

  ApiClients {
    if (!tokenLifetime.isPositive() || tokenLifetime.compareTo(keyOverlap) > 0) {
      throw new InvalidConfigurationPropertyValueException(
          "contrail.security.token-lifetime",
          tokenLifetime,
          "It must be positive, and at most contrail.security.key-overlap, " + keyOverlap + ".");
    }
    if (keyLifetime.compareTo(keyOverlap) < 0) {
      throw new InvalidConfigurationPropertyValueException(
          "contrail.security.key-lifetime",
          keyLifetime,
          "It must be at least contrail.security.key-overlap, " + keyOverlap + ".");
    }
    clients = List.copyOf(clients);
    var ids = new HashSet<String>();
    for (var client : clients) {
      if (!ids.add(client.id())) {
        throw client.invalid("id", client.id(), "Two clients have this id.");
      }
    }
  }

  /**
   * A system that calls the API.
   *
   * @param secret with the prefix of its encoding, for example {@code {bcrypt}…}
   * @param channel the sales channel it belongs to; by default its own
   */
  record ApiClient(String id, String secret, @Nullable String channel, Set<String> scopes) {

    /** What may stand in a token, a log line and a key of the database. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern BCRYPT =
        Pattern.compile("\\{bcrypt}\\$2[aby]\\$\\d\\d\\$[./0-9A-Za-z]{53}");

    private static final Pattern OTHER =
        Pattern.compile(
            "\\{(noop|argon2@SpringSecurity_v5_8|scrypt@SpringSecurity_v5_8"
                + "|pbkdf2@SpringSecurity_v5_8)}.+");

    ApiClient {
      scopes = Set.copyOf(scopes);
      if (!NAME.matcher(id).matches() || (channel != null && !NAME.matcher(channel).matches())) {
        throw invalid(id, "id", id, "Names of clients and channels match " + NAME + ".");
      }
      if (!BCRYPT.matcher(secret).matches() && !OTHER.matcher(secret).matches()) {
        throw invalid(
            id,
            "secret",
            "(hidden)",
            "A secret starts with its encoding, and is complete: {bcrypt}$2a$10$… from"
                + " htpasswd -bnBC 10 '' <secret>, {argon2@SpringSecurity_v5_8}…, or in the"
                + " sandbox {noop}….");
      }
      if (scopes.isEmpty() || !ApiScopes.ALL.containsAll(scopes)) {
        throw invalid(id, "scopes", scopes, "The scopes are " + ApiScopes.ALL + ".");
      }
    }

    String channelOrId() {
      return channel == null ? id : channel;
    }

    /** Whether the secret can be read off the settings. */
    boolean isPlain() {
      return secret.startsWith("{noop}");
    }

    InvalidConfigurationPropertyValueException invalid(
        String property, Object value, String reason) {
      return invalid(id, property, value, reason);
    }

    private static InvalidConfigurationPropertyValueException invalid(
        String id, String property, Object value, String reason) {
      return new InvalidConfigurationPropertyValueException(
          "contrail.security.clients[" + id + "]." + property, value, reason);
    }

    /** Without the secret: this gets into logs. */
    @Override
    public String toString() {
      return "ApiClient[id=%s, channel=%s, scopes=%s]".formatted(id, channelOrId(), scopes);
    }
  }
}
