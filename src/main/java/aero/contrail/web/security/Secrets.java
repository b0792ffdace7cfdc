package aero.contrail.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The keys of this installation. Made once, at the first start, and kept in the database, so that
 * every instance signs with the same ones and tokens survive a restart.
 */
@Repository
class Secrets {

  private static final String KEEP =
      """
      insert into web.secret (name, value)
      values (:name, :value)
          on conflict (name) do nothing
      """;

  private static final String FIND = "select value from web.secret where name = :name";

  private final JdbcClient jdbc;

  Secrets(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** 256 bits that sign offers. */
  byte[] tokenKey() {
    var key =
        secret(
            "token-key",
            () -> {
              var bytes = new byte[32];
              new SecureRandom().nextBytes(bytes);
              return Base64.getEncoder().encodeToString(bytes);
            });
    return Base64.getDecoder().decode(key);
  }

  /** The key pair that signs access tokens. */
  RSAKey accessTokenKey() {
    try {
      return RSAKey.parse(secret("access-token-key", Secrets::newRsaKey));
    } catch (ParseException e) {
      throw new IllegalStateException("the access-token-key in web.secret is damaged", e);
    }
  }

  private static String newRsaKey() {
    try {
      return new RSAKeyGenerator(2048)
          .keyID(UUID.randomUUID().toString())
          .generate()
          .toJSONString();
    } catch (JOSEException e) {
      throw new IllegalStateException("no RSA key could be made", e);
    }
  }

  private String secret(String name, Supplier<String> fresh) {
    var known = jdbc.sql(FIND).param("name", name).query(String.class).optional();
    if (known.isPresent()) {
      return known.get();
    }
    jdbc.sql(KEEP).param("name", name).param("value", fresh.get()).update();
    return jdbc.sql(FIND).param("name", name).query(String.class).single();
  }
}
