package aero.contrail.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import java.text.ParseException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Signs small documents so that a client can carry them and cannot change them: JWS compact
 * serialization (RFC 7515) with HMAC SHA-256. Signed, not secret. Thread-safe.
 */
@Component
public class SignedTokens {

  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);

  private final MACSigner signer;
  private final MACVerifier verifier;

  SignedTokens(Secrets secrets) throws JOSEException {
    var key = secrets.tokenKey();
    this.signer = new MACSigner(key);
    this.verifier = new MACVerifier(key);
  }

  /** The token of a document. */
  public String sign(String document) {
    var token = new JWSObject(HEADER, new Payload(document));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("signing failed", e);
    }
    return token.serialize();
  }

  /** The document of a token; empty when this system did not sign exactly this token. */
  public Optional<String> verify(String token) {
    try {
      var parsed = JWSObject.parse(token);
      return parsed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && parsed.verify(verifier)
          ? Optional.of(parsed.getPayload().toString())
          : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }
}
