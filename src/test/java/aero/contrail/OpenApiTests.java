package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The committed description of the API is what the code serves. */
@HttpTest
class OpenApiTests {

  private static final Path COMMITTED = Path.of("docs/openapi.yaml");

  @LocalServerPort int port;

  @Test
  void isUpToDate() throws IOException {
    var served =
        Api.anonymous(port)
            .get("/v3/api-docs.yaml")
            .expect(200)
            .text()
            .replace("http://localhost:" + port, "http://localhost:8080");
    if (Boolean.getBoolean("docs.apply")) {
      Files.writeString(COMMITTED, served);
    }
    assertThat(Files.readString(COMMITTED))
        .as("write it again: mvn test -Dtest=OpenApiTests -Ddocs.apply=true")
        .isEqualTo(served);
  }

  @Test
  void isVersion31AndHasAPage() {
    var api = Api.anonymous(port);
    assertThat(api.get("/v3/api-docs").expect(200).at("/openapi")).startsWith("3.1");
    api.get("/swagger-ui/index.html").expect(200);
  }
}
