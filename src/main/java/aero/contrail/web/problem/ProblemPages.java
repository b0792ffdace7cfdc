package aero.contrail.web.problem;

import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The pages behind the {@code type} of a problem: what happened, what to do, whether to retry. */
@RestController
@RequestMapping("/problems")
class ProblemPages {

  /** What a problem type means. */
  record ProblemType(
      String code, int status, String title, String cause, String remedy, boolean retryable) {

    private static ProblemType of(ProblemCode code) {
      return new ProblemType(
          code.code(),
          code.status().value(),
          code.title(),
          code.cause(),
          code.remedy(),
          code.retryable());
    }
  }

  @Operation(summary = "List every kind of problem")
  @GetMapping
  List<ProblemType> all() {
    return Arrays.stream(ProblemCode.values()).map(ProblemType::of).toList();
  }

  @Operation(summary = "Read what a kind of problem means")
  @GetMapping(path = "/{code}", produces = MediaType.APPLICATION_JSON_VALUE)
  ProblemType one(@PathVariable String code) {
    return ProblemType.of(find(code));
  }

  @Operation(summary = "Read what a kind of problem means")
  @GetMapping(path = "/{code}", produces = MediaType.TEXT_HTML_VALUE)
  String page(@PathVariable String code) {
    var problem = find(code);
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>%1$s</title></head>
    <body>
    <h1>%1$s</h1>
    <p><code>%2$s</code>, HTTP %3$d</p>
    <h2>Cause</h2><p>%4$s</p>
    <h2>Remedy</h2><p>%5$s</p>
    <h2>Retry</h2><p>%6$s</p>
    </body>
    </html>
    """
        .formatted(
            HtmlUtils.htmlEscape(problem.title()),
            problem.code(),
            problem.status().value(),
            HtmlUtils.htmlEscape(problem.cause()),
            HtmlUtils.htmlEscape(problem.remedy()),
            problem.retryable()
                ? "The same request may succeed later."
                : "The same request will fail again: change it first.");
  }

  private static ProblemCode find(String code) {
    return ProblemCode.of(code).orElseThrow(() -> Problem.notFound("problem type", code));
  }
}
