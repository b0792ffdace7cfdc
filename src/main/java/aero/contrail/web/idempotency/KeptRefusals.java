package aero.contrail.web.idempotency;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemAdvice;
import aero.contrail.web.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A body that is refused before its change begins has used its key all the same. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class KeptRefusals {

  private final Idempotency idempotency;
  private final ProblemWriter problems;

  KeptRefusals(Idempotency idempotency, ProblemWriter problems) {
    this.idempotency = idempotency;
    this.problems = problems;
  }

  @ExceptionHandler
  ResponseEntity<?> on(MethodArgumentNotValidException failure, HttpServletRequest request) {
    var refusal = ProblemAdvice.invalid(failure);
    try {
      return Optional.of(request)
          .filter(_ -> takesKey(failure))
          .flatMap(IdempotencyKeys::find)
          .<ResponseEntity<?>>map(key -> idempotency.refuse(key, refusal))
          .orElseGet(() -> problems.answer(refusal, request));
    } catch (Problem other) {
      return problems.answer(other, request);
    }
  }

  private static boolean takesKey(MethodArgumentNotValidException failure) {
    var method = failure.getParameter().getMethod();
    return method != null && List.of(method.getParameterTypes()).contains(IdempotencyKey.class);
  }
}
