package aero.contrail.web.problem;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says no to the caller: becomes an {@code application/problem+json} answer (RFC 9457). */
public class Problem extends RuntimeException {

  private final ProblemCode code;
  private final List<FieldError> errors;
  private final transient @Nullable Duration retryAfter;
  private final transient @Nullable Action action;

  /**
   * What somebody has to do before it goes on.
   *
   * @param url where he does it
   * @param follow what then goes on by itself
   */
  public record Action(String url, URI follow) {}

  /**
   * One thing that is wrong.
   *
   * @param pointer where, as a JSON pointer into the body (RFC 6901), or the parameter after a
   *     slash
   * @param code stable, snake_case
   */
  public record FieldError(String pointer, String code, String message) {}

  public Problem(ProblemCode code, String detail) {
    this(code, detail, List.of());
  }

  public Problem(ProblemCode code, String detail, List<FieldError> errors) {
    this(code, detail, errors, null, null);
  }

  public Problem(ProblemCode code, String detail, Duration retryAfter) {
    this(code, detail, List.of(), retryAfter, null);
  }

  /** The customer has to act first. */
  public static Problem actionRequired(String detail, Action action) {
    return new Problem(ProblemCode.PAYMENT_ACTION_REQUIRED, detail, List.of(), null, action);
  }

  private Problem(
      ProblemCode code,
      String detail,
      List<FieldError> errors,
      @Nullable Duration retryAfter,
      @Nullable Action action) {
    super(detail, null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
    this.action = action;
  }

  /** An id that does not exist, or that the caller must not know of: both answer alike. */
  public static Problem notFound(String what, Object id) {
    return new Problem(ProblemCode.NOT_FOUND, "There is no %s %s.".formatted(what, id));
  }

  /** A value of the body that cannot be accepted. */
  public static Problem invalid(String pointer, String code, String message) {
    return new Problem(
        ProblemCode.VALIDATION_FAILED, message, List.of(new FieldError(pointer, code, message)));
  }

  /** A path or query parameter that cannot be accepted. */
  public static Problem invalidParameter(String name, String message) {
    return new Problem(
        ProblemCode.INVALID_PARAMETER,
        message,
        List.of(new FieldError("/" + name, "invalid", message)));
  }

  public ProblemCode code() {
    return code;
  }

  public List<FieldError> errors() {
    return errors;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Null when nobody can do anything. */
  public @Nullable Action action() {
    return action;
  }

  public String detail() {
    var message = getMessage();
    return message == null ? code.title() : message;
  }
}
