package aero.contrail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Buys from an instance over a number of connections, each with one request at a time. Reads and
 * writes HTTP/1.1 by hand, so that most of the machine is left to what is measured.
 */
final class Load {

  private static final int TIMEOUT_MILLIS = 40_000;

  private final int port;
  private final String head;
  private final List<String> bodies;

  Load(int port, String token, String prefer, List<String> bodies) {
    this.port = port;
    this.bodies = List.copyOf(bodies);
    this.head =
        "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\nPrefer: "
            + prefer
            + "\r\n";
  }

  /** An answer; {@code nanos}: how long it took from when it was due. */
  record Answer(int status, long nanos) {}

  /** All answers of a run, in no order. */
  record Result(List<Answer> answers, double seconds) {

    Result {
      answers = List.copyOf(answers);
    }

    long count(int status) {
      return answers.stream().filter(answer -> answer.status() == status).count();
    }

    /** How many answers of a status came in a second. */
    double rate(int status) {
      return count(status) / seconds;
    }

    /** The time below which that share of the answers of a status stayed, in milliseconds. */
    double percentile(int status, double share) {
      var sorted =
          answers.stream()
              .filter(answer -> answer.status() == status)
              .mapToLong(Answer::nanos)
              .sorted()
              .toArray();
      return sorted.length == 0
          ? Double.NaN
          : sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))] / 1e6;
    }
  }

  /** Every connection sends its next request when it has the answer to the last. */
  Result closed(int connections, double seconds) throws Exception {
    return run(connections, seconds, 0);
  }

  /** Requests become due at a steady rate, whether or not the earlier ones are answered. */
  Result open(int connections, double perSecond, double seconds) throws Exception {
    return run(connections, seconds, perSecond);
  }

  private Result run(int connections, double seconds, double perSecond) throws Exception {
    var begun = System.nanoTime();
    var end = begun + (long) (seconds * 1e9);
    var next = new AtomicLong();
    var tasks = new ArrayList<Callable<List<Answer>>>();
    for (var i = 0; i < connections; i++) {
      tasks.add(() -> buy(begun, end, next, perSecond));
    }
    var answers = new ArrayList<Answer>();
    try (var threads = Executors.newFixedThreadPool(connections)) {
      for (var answered : threads.invokeAll(tasks)) {
        answers.addAll(answered.get());
      }
    }
    return new Result(answers, (System.nanoTime() - begun) / 1e9);
  }

  private List<Answer> buy(long begun, long end, AtomicLong next, double perSecond)
      throws IOException, InterruptedException {
    var answers = new ArrayList<Answer>();
    try (var connection = new Connection(port)) {
      while (true) {
        var due = System.nanoTime();
        if (perSecond > 0) {
          due = begun + (long) (next.getAndIncrement() / perSecond * 1e9);
          var early = due - System.nanoTime();
          if (due < end && early > 0) {
            Thread.sleep(early / 1_000_000, (int) (early % 1_000_000));
          }
        }
        if (due >= end) {
          return answers;
        }
        var status = connection.send(request());
        answers.add(new Answer(status, System.nanoTime() - due));
        if (status == 503) {
          Thread.sleep(50); // less than Retry-After asks for: the load must not fade
        }
      }
    }
  }

  private byte[] request() {
    var body = bodies.get(ThreadLocalRandom.current().nextInt(bodies.size()));
    return (head
            + "Idempotency-Key: "
            + UUID.randomUUID()
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** One connection that stays open. */
  private static final class Connection implements AutoCloseable {
    private final int port;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    Connection(int port) {
      this.port = port;
    }

    int send(byte[] request) throws IOException {
      if (socket == null) {
        var fresh = new Socket("localhost", port);
        fresh.setTcpNoDelay(true);
        fresh.setSoTimeout(TIMEOUT_MILLIS);
        socket = fresh;
        in = new BufferedInputStream(fresh.getInputStream(), 16_384);
        out = fresh.getOutputStream();
      }
      out.write(request);
      var status = Integer.parseInt(line().split(" ", 3)[1]);
      var length = 0;
      var chunked = false;
      var keepAlive = true;
      for (var header = line(); !header.isEmpty(); header = line()) {
        var lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).strip());
        }
        chunked |= lower.startsWith("transfer-encoding: chunked");
        keepAlive &= !lower.startsWith("connection: close");
      }
      if (chunked) {
        for (var size = chunk(); size > 0; size = chunk()) {
          in.skipNBytes(size + 2);
        }
        line();
      } else {
        in.skipNBytes(length);
      }
      if (!keepAlive) {
        close();
      }
      return status;
    }

    private int chunk() throws IOException {
      return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
      var bytes = new byte[128];
      var length = 0;
      while (true) {
        var b = in.read();
        if (b < 0) {
          throw new IOException("the connection was closed");
        }
        if (b == '\n') {
          return new String(bytes, 0, Math.max(0, length - 1), StandardCharsets.ISO_8859_1);
        }
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) b;
      }
    }

    @Override
    public void close() throws IOException {
      if (socket != null) {
        socket.close();
        socket = null;
      }
    }
  }
}
