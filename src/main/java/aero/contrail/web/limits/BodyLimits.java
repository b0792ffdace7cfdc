package aero.contrail.web.limits;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds request bodies, however they are sent. Bodies of the API are read here once, so that the
 * idempotency key can be tied to them; files for import are only bounded, and read as a stream.
 */
@Component
@Order(0) // behind the security chain: nothing is read for a caller without a token
public class BodyLimits extends OncePerRequestFilter {

  /** The paths that take files. */
  private static final Set<String> FILES = Set.of("/flights/imports");

  private final long maxBody;
  private final long maxFile;
  private final ProblemWriter problems;

  BodyLimits(
      @Value("${contrail.web.max-body:256KB}") DataSize maxBody,
      @Value("${contrail.web.max-file:256MB}") DataSize maxFile,
      ProblemWriter problems) {
    this.maxBody = maxBody.toBytes();
    this.maxFile = maxFile.toBytes();
    this.problems = problems;
  }

  /** The bytes of the request's body; empty for a file. */
  public static byte[] body(HttpServletRequest request) {
    return request.getAttribute(BodyLimits.class.getName()) instanceof byte[] bytes
        ? bytes
        : new byte[0];
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var file = FILES.contains(request.getServletPath());
    var limit = file ? maxFile : maxBody;
    if (request.getContentLengthLong() > limit) {
      problems.write(tooLarge(limit), request, response);
    } else if (file) {
      chain.doFilter(new FileRequest(request), response);
    } else if (request.getContentLengthLong() == 0 || "GET".equals(request.getMethod())) {
      chain.doFilter(request, response);
    } else {
      byte[] body;
      try (var bytes = new PromptBody(request.getInputStream())) {
        body = bytes.readNBytes((int) limit + 1);
      } catch (SocketTimeoutException | ClientAbortException late) {
        problems.write(tooSlow(), request, response);
        return;
      }
      if (body.length > limit) {
        problems.write(tooLarge(limit), request, response);
      } else {
        request.setAttribute(BodyLimits.class.getName(), body);
        chain.doFilter(new ReadRequest(request, body), response);
      }
    }
  }

  static Problem tooLarge(long limit) {
    return new Problem(
        ProblemCode.BODY_TOO_LARGE, "The body may have %d bytes here.".formatted(limit));
  }

  static Problem tooSlow() {
    return new Problem(
        ProblemCode.REQUEST_TIMEOUT, "The body did not come in time; nothing was done.");
  }

  /** A file, which is read as it comes. */
  private static final class FileRequest extends HttpServletRequestWrapper {

    private FileRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new PromptBody(super.getInputStream());
    }
  }
}
