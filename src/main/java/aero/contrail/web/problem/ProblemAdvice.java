package aero.contrail.web.problem;

import aero.contrail.web.problem.Problem.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.accept.InvalidApiVersionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Answers every exception of a controller with a problem. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final ProblemWriter problems;

  ProblemAdvice(ProblemWriter problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  ResponseEntity<Object> on(Problem problem, HttpServletRequest request) {
    return problems.answer(problem, request);
  }

  @ExceptionHandler({
    OptimisticLockingFailureException.class,
    PessimisticLockingFailureException.class
  })
  ResponseEntity<Object> onLostRace(Exception race, HttpServletRequest request) {
    log.info("Lost a race: {}", race.getMessage());
    return problems.answer(
        new Problem(ProblemCode.CONCURRENT_CHANGE, ProblemCode.CONCURRENT_CHANGE.cause()), request);
  }

  /** A query that cannot be decoded. */
  @ExceptionHandler
  ResponseEntity<Object> onUndecodable(
      InvalidParameterException failure, HttpServletRequest request) {
    log.debug("A query cannot be decoded", failure);
    return problems.answer(
        new Problem(ProblemCode.INVALID_PARAMETER, "The query cannot be decoded."), request);
  }

  /**
   * What validation let through and the database does not take (SQLSTATE class 22), for example a
   * NUL character. Any other violation is a fault of ours.
   */
  @ExceptionHandler
  ResponseEntity<Object> onUnstorable(
      DataIntegrityViolationException failure, HttpServletRequest request) {
    if (failure.getMostSpecificCause() instanceof SQLException cause
        && String.valueOf(cause.getSQLState()).startsWith("22")) {
      log.info("A value was not stored, SQLSTATE {}", cause.getSQLState());
      var isSearch = Set.of("GET", "HEAD").contains(request.getMethod());
      return problems.answer(
          new Problem(
              isSearch ? ProblemCode.INVALID_PARAMETER : ProblemCode.VALIDATION_FAILED,
              "A value contains what cannot be stored."),
          request);
    }
    return onUnforeseen(failure, request);
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<Object> onDatabase(Exception failure, HttpServletRequest request) {
    log.error("The database did not do its part", failure);
    return problems.answer(
        new Problem(ProblemCode.UNAVAILABLE, "The database did not answer in time."), request);
  }

  /** A file that trickles, or whose sender has gone. */
  @ExceptionHandler({SocketTimeoutException.class, ClientAbortException.class})
  ResponseEntity<Object> onBrokenBody(Exception failure, HttpServletRequest request) {
    var code =
        failure instanceof SocketTimeoutException
            ? ProblemCode.REQUEST_TIMEOUT
            : ProblemCode.MALFORMED_REQUEST;
    return problems.answer(new Problem(code, "The body did not arrive as a whole."), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> onUnforeseen(Exception failure, HttpServletRequest request) {
    log.error("Unforeseen error", failure);
    return problems.answer(
        new Problem(ProblemCode.INTERNAL_ERROR, ProblemCode.INTERNAL_ERROR.cause()), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var problem = problem(failure, status);
    if (problem.code() == ProblemCode.INTERNAL_ERROR) {
      log.error("Unforeseen error", failure);
    }
    var answer = problems.answer(problem, ((ServletWebRequest) request).getRequest());
    return ResponseEntity.status(answer.getStatusCode())
        .headers(headers)
        .headers(answer.getHeaders())
        .body(answer.getBody());
  }

  private static Problem problem(Exception failure, HttpStatusCode status) {
    return switch (failure) {
      case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
      case MethodArgumentNotValidException invalid -> invalid(invalid);
      case HandlerMethodValidationException invalid -> invalidParameters(invalid);
      case MissingServletRequestParameterException missing ->
          Problem.invalidParameter(
              missing.getParameterName(), missing.getParameterName() + " is missing.");
      case MethodArgumentTypeMismatchException mismatch ->
          Problem.invalidParameter(
              mismatch.getName(),
              "%s has a form that is not understood: %s"
                  .formatted(mismatch.getName(), mismatch.getValue()));
      case TypeMismatchException mismatch ->
          new Problem(ProblemCode.INVALID_PARAMETER, "Not understood: " + mismatch.getValue());
      case InvalidApiVersionException version ->
          new Problem(
              ProblemCode.UNSUPPORTED_API_VERSION,
              "There is no version %s.".formatted(version.getVersion()));
      case ErrorResponse other -> {
        var detail = other.getBody().getDetail();
        var code = ProblemCode.of(status.value());
        yield new Problem(code, detail == null ? code.cause() : detail);
      }
      default -> {
        var code = ProblemCode.of(status.value());
        yield new Problem(code, code.cause());
      }
    };
  }

  private static Problem unreadable(HttpMessageNotReadableException failure) {
    return switch (failure.getCause()) {
      case UnrecognizedPropertyException unknown ->
          malformed(
              unknown,
              "unknown_property",
              "There is no property %s here.".formatted(unknown.getPropertyName()));
      case StreamReadException unparsable ->
          malformed(
              unparsable,
              "malformed",
              "The body is not JSON, or names a member twice" + place(unparsable) + ".");
      case MismatchedInputException mismatch ->
          malformed(mismatch, "malformed", wanted(mismatch.getTargetType()));
      case JacksonException other -> malformed(other, "malformed", "The body cannot be read.");
      case null, default ->
          new Problem(ProblemCode.MALFORMED_REQUEST, "The body is missing or cannot be read.");
    };
  }

  private static Problem malformed(JacksonException failure, String code, String message) {
    return new Problem(
        ProblemCode.MALFORMED_REQUEST,
        message,
        List.of(new FieldError(pointer(failure), code, message)));
  }

  private static String pointer(JacksonException failure) {
    var pointer = new StringBuilder();
    for (var step : failure.getPath()) {
      var name = step.getPropertyName();
      pointer
          .append('/')
          .append(name == null ? step.getIndex() : name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  private static String place(JacksonException failure) {
    var location = failure.getLocation();
    return location == null || location.getLineNr() < 0
        ? ""
        : ", see line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** What a value should have been, in the words of the API. */
  private static String wanted(@Nullable Class<?> type) {
    if (type == null) {
      return "This value has another form here.";
    }
    if (type.isEnum()) {
      return "One of %s is needed here."
          .formatted(Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList());
    }
    if (type == String.class) {
      return "A text is needed here.";
    }
    if (type == LocalDate.class) {
      return "A date like 1990-12-10 is needed here.";
    }
    if (type == Money.class) {
      return "Money is {\"amount\":\"321.40\",\"currency\":\"USD\"}, with the decimals of the"
          + " currency.";
    }
    if (Number.class.isAssignableFrom(type) || type == int.class || type == long.class) {
      return "A whole number is needed here.";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false is needed here.";
    }
    return Collection.class.isAssignableFrom(type)
        ? "A list is needed here."
        : "This value has another form here.";
  }

  /** What is wrong with a body that could be read. */
  public static Problem invalid(MethodArgumentNotValidException failure) {
    var errors =
        Stream.concat(
                failure.getFieldErrors().stream()
                    .map(
                        error ->
                            new FieldError(
                                "/" + error.getField().replaceAll("[.\\[]", "/").replace("]", ""),
                                snakeCase(error.getCode()),
                                orEmpty(error.getDefaultMessage()))),
                failure.getGlobalErrors().stream()
                    .map(
                        error ->
                            new FieldError(
                                "",
                                snakeCase(error.getCode()),
                                orEmpty(error.getDefaultMessage()))))
            .sorted(Comparator.comparing(FieldError::pointer))
            .toList();
    return new Problem(
        ProblemCode.VALIDATION_FAILED, "%d value(s) are wrong.".formatted(errors.size()), errors);
  }

  private static Problem invalidParameters(HandlerMethodValidationException failure) {
    var errors =
        failure.getParameterValidationResults().stream()
            .flatMap(
                result ->
                    result.getResolvableErrors().stream()
                        .map(
                            error ->
                                new FieldError(
                                    "/" + result.getMethodParameter().getParameterName(),
                                    "invalid",
                                    orEmpty(error.getDefaultMessage()))))
            .toList();
    return new Problem(ProblemCode.INVALID_PARAMETER, "A parameter is out of range.", errors);
  }

  private static String snakeCase(@Nullable String name) {
    return name == null
        ? "invalid"
        : name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
