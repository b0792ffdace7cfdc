package aero.contrail.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Turns problems into answers, inside Spring MVC and before it. Thread-safe. */
@Component
public class ProblemWriter {

  private final JsonMapper json;

  ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /** The problem as an answer. */
  public ResponseEntity<Object> answer(Problem problem, HttpServletRequest request) {
    var response = ResponseEntity.status(problem.code().status());
    var retryAfter = problem.retryAfter();
    if (retryAfter != null) {
      response.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
    } else if (problem.code() == ProblemCode.UNAVAILABLE) {
      response.header(HttpHeaders.RETRY_AFTER, "2");
    }
    if (problem.action() != null) {
      response.location(problem.action().follow());
    }
    return response.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(detail(problem, request));
  }

  /** Writes the problem as the whole answer, unless one has already begun. */
  public void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(problem, Map.of(), request, response);
  }

  /** The same with further members, for those who expect those of another standard. */
  public void write(
      Problem problem,
      Map<String, String> members,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    var answer = answer(problem, request);
    if (answer.getBody() instanceof ProblemDetail detail) {
      members.forEach(detail::setProperty);
    }
    response.setStatus(answer.getStatusCode().value());
    answer
        .getHeaders()
        .forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
    json.writeValue(response.getOutputStream(), answer.getBody());
  }

  private static ProblemDetail detail(Problem problem, HttpServletRequest request) {
    var code = problem.code();
    var detail = ProblemDetail.forStatusAndDetail(code.status(), problem.detail());
    detail.setType(
        ServletUriComponentsBuilder.fromContextPath(request)
            .path("/problems/{code}")
            .build(code.code()));
    detail.setTitle(code.title());
    detail.setInstance(instance(request));
    detail.setProperty("code", code.code());
    detail.setProperty("requestId", RequestIds.of(request));
    detail.setProperty("retryable", code.retryable());
    detail.setProperty("errors", List.copyOf(problem.errors()));
    if (problem.action() != null) {
      detail.setProperty("actionUrl", problem.action().url());
    }
    return detail;
  }

  private static URI instance(HttpServletRequest request) {
    var original = request.getAttribute(jakarta.servlet.RequestDispatcher.ERROR_REQUEST_URI);
    try {
      return new URI(original instanceof String uri ? uri : request.getRequestURI());
    } catch (URISyntaxException e) {
      return URI.create("/");
    }
  }
}
