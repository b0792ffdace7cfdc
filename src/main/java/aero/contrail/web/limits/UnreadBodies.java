package aero.contrail.web.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Ends the connection of whoever was answered before he has sent his body, and does not send it
 * soon. The server would read on, so that the connection can be used again, for as long as it
 * trickles.
 */
final class UnreadBodies extends ValveBase {

  /** A client that hears too late that it may not has sent so much, within so long. */
  private static final int MOST = 64 * 1024;

  private static final Duration GRACE = Duration.ofSeconds(1);

  UnreadBodies() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (!request.isAsync() && hasBody(request) && !comesSoon(request)) {
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  private static boolean hasBody(Request request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static boolean comesSoon(Request request) {
    var dropped = new Dropped();
    var left = MOST;
    var end = System.nanoTime() + GRACE.toNanos();
    try {
      while (!request.isFinished() && left > 0 && System.nanoTime() < end) {
        left -= Math.max(0, request.getCoyoteRequest().doRead(dropped));
      }
      return request.isFinished();
    } catch (IOException | IllegalStateException gone) {
      return false;
    }
  }

  /** Where the server puts what nobody reads; the stream of the request is closed by now. */
  private static final class Dropped implements ApplicationBufferHandler {
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      bytes = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return bytes;
    }

    @Override
    public void expand(int size) {
      // whoever reads brings his own buffer
    }
  }
}
