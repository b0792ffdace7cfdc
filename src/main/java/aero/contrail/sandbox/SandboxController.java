package aero.contrail.sandbox;

import aero.contrail.web.Refuses;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moves the sandbox's time forward, so that holds expire on demand. */
@RestController
@RequestMapping("/sandbox/clock")
@ConditionalOnProperty("contrail.sandbox")
class SandboxController {

  private static final Duration MOST = Duration.ofDays(400);

  private final Clock clock;

  SandboxController(Clock clock) {
    this.clock = clock;
  }

  record AdvanceRequest(@NotNull Duration advance) {}

  record Now(Instant now) {}

  @Operation(summary = "Read the clock of the sandbox")
  @GetMapping
  @Refuses({ProblemCode.UNAUTHORIZED, ProblemCode.NOT_FOUND}) // where there is no sandbox
  Now now() {
    return new Now(clock.instant());
  }

  @Operation(summary = "Advance the clock of the sandbox")
  @PostMapping
  @Refuses({ProblemCode.UNAUTHORIZED, ProblemCode.NOT_FOUND}) // where there is no sandbox
  Now advance(@Valid @RequestBody AdvanceRequest request) {
    var advance = request.advance();
    if (advance.isNegative() || advance.compareTo(MOST) > 0) {
      throw Problem.invalid(
          "/advance", "out_of_range", "The clock moves forward, by 400 days at most.");
    }
    return clock instanceof SandboxClock sandbox
        ? new Now(sandbox.advance(advance))
        : new Now(clock.instant());
  }
}
