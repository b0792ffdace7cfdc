package aero.contrail.web.limits;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A body that must keep coming: 3 seconds for what is small, and for more at least 64 KB a second
 * on the whole. Looked at after each read; how long one read may wait is the server's own time-out.
 */
final class PromptBody extends ServletInputStream {

  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final long BYTES_A_SECOND = 64 * 1024;

  private final ServletInputStream body;
  private final long begunAtNanos = System.nanoTime();
  private long bytes;

  PromptBody(ServletInputStream body) {
    this.body = body;
  }

  /** Whether so many bytes may take so long. */
  static boolean isPrompt(long bytes, Duration time) {
    return time.compareTo(GRACE.plusSeconds(bytes / BYTES_A_SECOND)) <= 0;
  }

  private int counted(int read) throws IOException {
    var took = Duration.ofNanos(System.nanoTime() - begunAtNanos);
    if (read >= 0 && !isPrompt(bytes, took)) {
      throw new SocketTimeoutException("%d bytes in %s".formatted(bytes, took));
    }
    return read;
  }

  @Override
  public int read() throws IOException {
    var read = body.read();
    bytes++;
    return counted(read);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    var read = body.read(target, offset, length);
    bytes += Math.max(0, read);
    return counted(read);
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }
}
