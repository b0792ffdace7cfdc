package aero.contrail.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.time.Instant;
import java.util.UUID;

/**
 * A key that this installation signs with.
 *
 * @param generation counts the keys of a purpose
 * @param madeAt by the database's clock
 */
record SigningKey(int generation, JWK jwk, Instant madeAt) {

  /** What is signed; a key of one purpose is never used for another. */
  enum Purpose {
    ACCESS_TOKENS {
      @Override
      JWK generate(String kid) throws JOSEException {
        return new RSAKeyGenerator(RSA_BITS)
            .keyID(kid)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .generate();
      }
    },
    OFFERS {
      @Override
      JWK generate(String kid) throws JOSEException {
        return new OctetSequenceKeyGenerator(HMAC_BITS)
            .keyID(kid)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.HS256)
            .generate();
      }
    };

    private static final int RSA_BITS = 2048;
    private static final int HMAC_BITS = 256;

    abstract JWK generate(String kid) throws JOSEException;

    /** A new key with an id of its own. */
    JWK generate() {
      try {
        return generate(UUID.randomUUID().toString());
      } catch (JOSEException e) {
        throw new IllegalStateException("no key could be made for " + this, e);
      }
    }
  }
}
