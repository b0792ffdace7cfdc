package aero.contrail.web.security;

import java.util.List;

/** The OAuth2 scopes of the API: one for each consumer group and kind of access. */
public final class ApiScopes {

  public static final String OFFERS_READ = "offers:read";
  public static final String ORDERS_READ = "orders:read";
  public static final String ORDERS_WRITE = "orders:write";
  public static final String FLIGHTS_READ = "flights:read";
  public static final String FLIGHTS_OPERATE = "flights:operate";
  public static final String MEMBERS_READ = "members:read";
  public static final String MEMBERS_WRITE = "members:write";

  /** To give members points, and take some, for nothing flown. */
  public static final String MEMBERS_ADJUST = "members:adjust";

  /** To be staff: to see every channel's orders, and the operations of the system. */
  public static final String BACKOFFICE_READ = "backoffice:read";

  /** To decide for the system: retry, skip, rebuild. */
  public static final String BACKOFFICE_WRITE = "backoffice:write";

  public static final String METRICS_READ = "metrics:read";

  /** All that there are. */
  public static final List<String> ALL =
      List.of(
          OFFERS_READ,
          ORDERS_READ,
          ORDERS_WRITE,
          FLIGHTS_READ,
          FLIGHTS_OPERATE,
          MEMBERS_READ,
          MEMBERS_WRITE,
          MEMBERS_ADJUST,
          BACKOFFICE_READ,
          BACKOFFICE_WRITE,
          METRICS_READ);

  private ApiScopes() {}

  static String authority(String scope) {
    return "SCOPE_" + scope;
  }
}
