package aero.contrail.web.security;

import aero.contrail.web.security.SigningKey.Purpose;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * The keys that this installation signs with. They are kept in the database, so that every instance
 * has the same ones and tokens survive a restart; they are replaced in time, and can be replaced at
 * once by deleting their rows. Thread-safe.
 */
@Repository
class SigningKeys implements SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

  /** Of two instances that make the same generation, one does; both then have its key. */
  private static final String KEEP =
      """
      insert into web.signing_key (purpose, generation, sealed, made_at)
      values (:purpose, :generation, :sealed, now())
          on conflict (purpose, generation) do nothing
      """;

  private static final String FIND =
      """
      select generation, sealed, made_at
        from web.signing_key
       where purpose = :purpose
      """;

  private static final String FORGET =
      "delete from web.signing_key where purpose = :purpose and generation = any(:generations)";

  private final JdbcClient jdbc;
  private final MasterKey master;
  private final ApiClients settings;
  private volatile Map<Purpose, Current> current = Map.of();

  SigningKeys(JdbcClient jdbc, MasterKey master, ApiClients settings) {
    this.jdbc = jdbc;
    this.master = master;
    this.settings = settings;
  }

  /** The keys of a purpose, as they were found less than a minute or two ago. */
  record Current(KeyRing ring, JWK signing) {

    /** Those that verify, the one that signs first. */
    List<JWK> select(JWKSelector selector) {
      var others = ring.keys().stream().map(SigningKey::jwk).filter(key -> !key.equals(signing));
      return selector.select(new JWKSet(Stream.concat(Stream.of(signing), others).toList()));
    }
  }

  Current of(Purpose purpose) {
    var known = current.get(purpose);
    if (known == null) {
      refresh();
      known = current.get(purpose);
    }
    if (known == null) {
      throw new IllegalStateException("no key for " + purpose);
    }
    return known;
  }

  /** A wrong master key stops the start. */
  @Override
  public void afterSingletonsInstantiated() {
    refresh();
  }

  /** Looks for keys that others have made, and makes or forgets keys when it is time to. */
  @Scheduled(fixedDelayString = "PT1M")
  synchronized void refresh() {
    var found = new EnumMap<Purpose, Current>(Purpose.class);
    var now = jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant();
    for (var purpose : Purpose.values()) {
      found.put(purpose, refreshed(purpose, now));
    }
    current = Map.copyOf(found);
  }

  private Current refreshed(Purpose purpose, Instant now) {
    var ring = find(purpose);
    if (ring.isDue(now, settings.keyLifetime())) {
      jdbc.sql(KEEP)
          .param("purpose", purpose.name())
          .param("generation", ring.next())
          .param("sealed", master.seal(purpose.generate()))
          .update();
      log.info("Made key {} for {}", ring.next(), purpose);
      ring = find(purpose);
    }
    var spent = ring.spent(now, settings.keyOverlap());
    if (!spent.isEmpty()) {
      jdbc.sql(FORGET)
          .param("purpose", purpose.name())
          .param("generations", spent.stream().map(SigningKey::generation).toArray(Integer[]::new))
          .update();
      ring = find(purpose);
    }
    return new Current(ring, ring.signing(now).orElseThrow().jwk());
  }

  /**
   * A key that another instance has sealed with a newer master key is left out until we have it.
   */
  private KeyRing find(Purpose purpose) {
    var stored =
        jdbc.sql(FIND).param("purpose", purpose.name()).query((row, _) -> opened(row)).list();
    var opened = stored.stream().flatMap(Optional::stream).toList();
    if (opened.isEmpty() && !stored.isEmpty()) {
      throw MasterKey.wrong();
    }
    return new KeyRing(opened);
  }

  private Optional<SigningKey> opened(ResultSet row) throws SQLException {
    var generation = row.getInt("generation");
    var madeAt = row.getObject("made_at", OffsetDateTime.class).toInstant();
    var key = master.open(row.getString("sealed"));
    if (key.isEmpty()) {
      log.warn("Key {} was sealed with a master key that this instance does not have", generation);
    }
    return key.map(jwk -> new SigningKey(generation, jwk, madeAt));
  }
}
