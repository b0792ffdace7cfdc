package aero.contrail.web.idempotency;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;

/**
 * The caller's name for one request, so that it can be repeated safely (IETF draft "Idempotency-Key
 * HTTP header field"). A controller method asks for it as a parameter.
 *
 * @param route method and path
 * @param request a digest of the body
 */
public record IdempotencyKey(String channel, String route, String key, Digest request) {

  public static final String HEADER = "Idempotency-Key";

  /** SHA-256 of what was sent, in hexadecimal. */
  public record Digest(String hex) {

    static Digest of(byte[] content) {
      return ofBytes(sha256().digest(content));
    }

    /** A digest that was computed elsewhere. */
    public static Digest ofBytes(byte[] digest) {
      return new Digest(HexFormat.of().formatHex(digest));
    }

    byte[] toBytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  /**
   * The key, when there is one.
   *
   * @throws Problem when there is none
   */
  public static IdempotencyKey required(@Nullable IdempotencyKey key) {
    if (key == null) {
      throw missing("The header Idempotency-Key is missing.");
    }
    return key;
  }

  static Problem missing(String message) {
    return new Problem(
        ProblemCode.IDEMPOTENCY_KEY_MISSING,
        message,
        List.of(new Problem.FieldError("/Idempotency-Key", "invalid", message)));
  }

  /** Stands for the key where it is stored: whoever reads it there does not know the key. */
  String fingerprint() {
    return Digest.of(secret("fingerprint")).hex();
  }

  /** Seals what only he may read who sends the key. */
  BytesEncryptor seal() {
    var key = new SecretKeySpec(sha256().digest(secret("answer")), "AES");
    return AesGcmBytesEncryptor.withSecretKey(key).build();
  }

  private byte[] secret(String purpose) {
    return String.join("\n", purpose, channel, route, key).getBytes(StandardCharsets.UTF_8);
  }

  /** The same key for a request whose body was read elsewhere. */
  public IdempotencyKey with(Digest content) {
    return new IdempotencyKey(channel, route, key, content);
  }

  /** The digest that identifies a request. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
