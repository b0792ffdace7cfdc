package aero.contrail.web.security;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;

/**
 * Seals the signing keys: whoever has the database alone, or a copy of it, cannot sign. Keys are
 * stored as encrypted JWKs (RFC 7517, 7) with AES-256-GCM. Thread-safe.
 */
@Component
class MasterKey {

  private static final String SETTING = "contrail.security.master-key";
  private static final String FORMER_SETTING = "contrail.security.former-master-key";
  private static final int BYTES = 32;

  private static final JWEHeader HEADER =
      new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
          .contentType("jwk+json")
          .build();

  /** The first seals; all open. */
  private final List<SecretKey> keys;

  MasterKey(
      @Value("${" + SETTING + ":}") String current,
      @Value("${" + FORMER_SETTING + ":}") String former) {
    if (current.isEmpty()) {
      throw new InvalidConfigurationPropertyValueException(
          SETTING,
          "",
          "The keys that sign tokens and offers are kept in the database, sealed with this one."
              + " Make one with: openssl rand -base64 32. Every instance needs the same.");
    }
    this.keys =
        former.isEmpty()
            ? List.of(key(SETTING, current))
            : List.of(key(SETTING, current), key(FORMER_SETTING, former));
  }

  private static SecretKey key(String setting, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException notBase64) {
      bytes = new byte[0];
    }
    if (bytes.length != BYTES) {
      throw new InvalidConfigurationPropertyValueException(
          setting, "(hidden)", "It must be 32 random bytes in Base64: openssl rand -base64 32");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  String seal(JWK key) {
    try {
      var sealed = new JWEObject(HEADER, new Payload(key.toJSONObject()));
      sealed.encrypt(new DirectEncrypter(keys.getFirst()));
      return sealed.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("a signing key could not be sealed", e);
    }
  }

  /** Empty when it was sealed with another key. */
  Optional<JWK> open(String sealed) {
    return keys.stream().flatMap(key -> open(sealed, key)).findFirst();
  }

  /** None of the keys of this database could be opened. */
  static InvalidConfigurationPropertyValueException wrong() {
    return new InvalidConfigurationPropertyValueException(
        SETTING,
        "(hidden)",
        "The signing keys in this database were sealed with another one. Set that, or "
            + FORMER_SETTING
            + " to it when it has been replaced. If it is lost: delete from"
            + " web.signing_key, which ends all tokens and offers.");
  }

  private static Stream<JWK> open(String sealed, SecretKey key) {
    try {
      var parsed = JWEObject.parse(sealed);
      parsed.decrypt(new DirectDecrypter(key));
      return Stream.of(JWK.parse(parsed.getPayload().toJSONObject()));
    } catch (JOSEException | ParseException notThisKey) {
      return Stream.empty();
    }
  }
}
