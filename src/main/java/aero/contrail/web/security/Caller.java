package aero.contrail.web.security;

/**
 * Who calls the API.
 *
 * @param client the OAuth2 client
 * @param channel the sales channel of the client; it sees only its own orders
 * @param staff whether the caller works for the airline and sees the orders of every channel
 */
public record Caller(String client, String channel, boolean staff) {

  /** Stands for whoever sends no token, where none is needed. */
  static final Caller UNKNOWN = new Caller("anonymous", "anonymous", false);

  /** Whether the caller has shown a token. */
  public boolean isKnown() {
    return !equals(UNKNOWN);
  }

  /** Whether something of a channel may be shown to the caller. */
  public boolean mayKnow(String ownerChannel) {
    return staff || channel.equals(ownerChannel);
  }
}
