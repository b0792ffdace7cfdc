package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A body that trickles is cut off, whoever sends it where. */
@HttpTest
class SlowBodyTests {

  private static final Duration BETWEEN_BYTES = Duration.ofMillis(200);

  /** Far longer than any body may take, far shorter than what trickles would. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @LocalServerPort int port;

  /** What a client got that sends one byte at a time. */
  private record Trickled(String answer, int bytesSent) {}

  private Trickled trickle(String head, int bodyLength) throws IOException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    try (var socket = new Socket("localhost", port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request(head, bodyLength, ""));
      var sent = 0;
      try {
        while (sent < bodyLength && System.nanoTime() < end) {
          socket.getOutputStream().write(' ');
          sent++;
          Thread.sleep(BETWEEN_BYTES);
        }
      } catch (SocketException cutOff) {
        // as it should be
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new Trickled(answer(socket), sent);
    }
  }

  private static String answer(Socket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] request(String head, int bodyLength, String body) {
    return "%s\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(head, bodyLength, body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String head(String route, String type, String authorization) {
    return "POST %s HTTP/1.1\r\nContent-Type: %s\r\nAuthorization: %s\r\nIdempotency-Key: k"
        .formatted(route, type, authorization);
  }

  @ParameterizedTest
  @CsvSource({
    "/orders, application/json, web",
    "/members, application/json, web",
    "/offers/price, application/json, web",
    "/flights/imports, text/csv, operations",
    "/orders, application/json, ''",
    "/flights/imports, text/csv, ''",
    "/no-such-route, application/json, ''",
    "/no-such-route, application/json, web",
    "/sandbox/clock, application/json, ''",
    "/oauth2/token, application/x-www-form-urlencoded, ''",
    "/actuator/eventlog/retry, application/json, backoffice"
  })
  void isCutOff(String route, String type, String client) throws IOException {
    var authorization = client.isEmpty() ? "none" : "Bearer " + Api.anonymous(port).token(client);
    var got = trickle(head(route, type, authorization), 10_000);
    assertThat(got.bytesSent()).as(got.answer()).isLessThan(100);
  }

  /** A client whose token has run out gets another, and goes on with the same connection. */
  @Test
  void aBodyThatComesLeavesTheConnectionOpen() throws IOException {
    var request = request(head("/orders", "application/json", "none"), 2, "{}");
    try (var socket = new Socket("localhost", port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      var in = socket.getInputStream();
      for (var i = 0; i < 3; i++) {
        socket.getOutputStream().write(request);
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("\"errors\":[]}")) {
          var next = in.read();
          assertThat(next).as("answer %d: %s", i, answer).isNotNegative();
          answer.append((char) next);
        }
        assertThat(answer).contains(" 401");
      }
    }
  }

  /** Nothing is sent after the head, so nothing keeps the answer from arriving. */
  @Test
  void whatDoesNotComeAtAllIsNotWaitedFor() throws IOException {
    var bearer = "Bearer " + Api.anonymous(port).token("web");
    try (var socket = new Socket("localhost", port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request(head("/orders", "application/json", bearer), 99, ""));
      assertThat(answer(socket).toLowerCase(Locale.ROOT)).contains(" 408", "request_timeout");
    }
  }
}
