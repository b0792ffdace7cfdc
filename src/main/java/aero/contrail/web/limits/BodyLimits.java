package aero.contrail.web.limits;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
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
    var file = FILES.contains(request.getRequestURI());
    var limit = file ? maxFile : maxBody;
    if (request.getContentLengthLong() > limit) {
      problems.write(tooLarge(limit), request, response);
    } else if (file || request.getContentLengthLong() == 0 || "GET".equals(request.getMethod())) {
      chain.doFilter(request, response);
    } else {
      var body = request.getInputStream().readNBytes((int) limit + 1);
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

  /** A request whose body has been read already. */
  private static final class ReadRequest extends HttpServletRequestWrapper {
    private final byte[] body;

    private ReadRequest(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      var bytes = new ByteArrayInputStream(body);
      return new ServletInputStream() {
        @Override
        public int read() {
          return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
          return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
          return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new IllegalStateException("the body has been read already");
        }
      };
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }
}
