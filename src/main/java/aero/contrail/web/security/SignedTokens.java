package aero.contrail.web.security;

import aero.contrail.web.security.SigningKey.Purpose;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;

/**
 * Signs offers, so that a client can carry them and cannot change them: JWS compact serialization
 * (RFC 7515) with HMAC SHA-256. Signed, not secret, and good for one channel only. Thread-safe.
 */
@Component
public class SignedTokens {

  /** What is signed for one purpose must not be taken for another (RFC 8725, 3.11). */
  public enum Kind {
    OFFER("offer.v2"),
    SERVICE("service");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    private JOSEObjectType type() {
      return new JOSEObjectType(type);
    }
  }

  private static final String CHANNEL = "channel";

  private final SigningKeys keys;
  private final ApiClients settings;

  SignedTokens(SigningKeys keys, ApiClients settings) {
    this.keys = keys;
    this.settings = settings;
  }

  /**
   * Fails at the start when what is signed would be valid longer than the key that signed it.
   *
   * @throws InvalidConfigurationPropertyValueException for the setting
   */
  public void requireGoodFor(String setting, Duration lifetime) {
    if (lifetime.compareTo(settings.keyOverlap()) > 0) {
      throw new InvalidConfigurationPropertyValueException(
          setting,
          lifetime,
          "It must be at most contrail.security.key-overlap, " + settings.keyOverlap() + ".");
    }
  }

  /** The token of a document for a sales channel. */
  public String sign(Kind kind, String document, String channel) {
    var key = keys.of(Purpose.OFFERS).signing();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(kind.type())
            .keyID(key.getKeyID())
            .customParam(CHANNEL, channel)
            .build();
    var token = new JWSObject(header, new Payload(document));
    try {
      token.sign(new MACSigner(key.toOctetSequenceKey()));
    } catch (JOSEException e) {
      throw new IllegalStateException("signing failed", e);
    }
    return token.serialize();
  }

  /** The document of a token; empty when this system did not sign exactly this for the channel. */
  public Optional<String> verify(Kind kind, String token, String channel) {
    try {
      var parsed = JWSObject.parse(token);
      return isOf(kind, parsed.getHeader(), channel) && isGenuine(parsed)
          ? Optional.of(parsed.getPayload().toString())
          : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static boolean isOf(Kind kind, JWSHeader header, String channel) {
    return header.getAlgorithm().equals(JWSAlgorithm.HS256)
        && kind.type().equals(header.getType())
        && channel.equals(header.getCustomParams().get(CHANNEL));
  }

  private boolean isGenuine(JWSObject token) throws JOSEException {
    var key = key(token.getHeader().getKeyID());
    return key.isPresent() && token.verify(new MACVerifier(key.get().toOctetSequenceKey()));
  }

  private Optional<JWK> key(String id) {
    return keys.of(Purpose.OFFERS).ring().keys().stream()
        .map(SigningKey::jwk)
        .filter(key -> key.getKeyID().equals(id))
        .findFirst();
  }
}
