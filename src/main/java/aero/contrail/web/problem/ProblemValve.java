package aero.contrail.web.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.json.JSONFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what Tomcat refuses before any filter sees it: bad request lines, headers that are too
 * large. Public with a public constructor because Tomcat makes it by name.
 */
public class ProblemValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    var status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    var ioAllowed = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, ioAllowed);
    if (!ioAllowed.get()) {
      return;
    }
    try {
      var id = UUID.randomUUID().toString();
      var body = body(status, id).getBytes(StandardCharsets.UTF_8);
      response.setHeader(RequestIds.HEADER, id);
      response.setContentType("application/problem+json");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      log.debug("The client did not wait for the answer", e);
    }
  }

  /** The request could not be parsed: neither its address nor its id is known. */
  private static String body(int status, String id) {
    var code = ProblemCode.of(status);
    return """
    {"type":"/problems/%s","title":"%s","status":%d,"detail":"%s","instance":"/",\
    "code":"%s","requestId":"%s","retryable":%s,"errors":[]}\
    """
        .formatted(
            code.code(),
            JSONFilter.escape(code.title()),
            status,
            JSONFilter.escape(
                "The server could not read the request line or the headers (HTTP %d)."
                    .formatted(status)),
            code.code(),
            id,
            code.retryable());
  }
}
