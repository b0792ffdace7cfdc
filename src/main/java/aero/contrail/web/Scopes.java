package aero.contrail.web;

/** The OAuth2 scopes of the API: one for each consumer group and kind of access. */
final class Scopes {

  static final String OFFERS_READ = "offers:read";
  static final String ORDERS_READ = "orders:read";
  static final String ORDERS_WRITE = "orders:write";
  static final String FLIGHTS_READ = "flights:read";
  static final String FLIGHTS_OPERATE = "flights:operate";
  static final String MEMBERS_READ = "members:read";
  static final String MEMBERS_WRITE = "members:write";
  static final String BACKOFFICE = "backoffice";

  private Scopes() {}

  static String authority(String scope) {
    return "SCOPE_" + scope;
  }
}
