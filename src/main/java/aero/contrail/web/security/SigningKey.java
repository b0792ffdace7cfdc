package aero.contrail.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
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
    ACCESS_TOKENS,
    OFFERS;

    private static final int RSA_BITS = 2048;
    private static final int HMAC_BITS = 256;

    /** A new key with an id of its own. */
    JWK generate() {
      try {
        return switch (this) {
          case ACCESS_TOKENS -> signing(new RSAKeyGenerator(RSA_BITS), JWSAlgorithm.RS256);
          case OFFERS -> signing(new OctetSequenceKeyGenerator(HMAC_BITS), JWSAlgorithm.HS256);
        };
      } catch (JOSEException e) {
        throw new IllegalStateException("no key could be made for " + this, e);
      }
    }

    private static JWK signing(JWKGenerator<? extends JWK> generator, JWSAlgorithm algorithm)
        throws JOSEException {
      return generator
          .keyID(UUID.randomUUID().toString())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(algorithm)
          .generate();
    }
  }
}
