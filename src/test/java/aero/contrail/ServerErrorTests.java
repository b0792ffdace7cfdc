package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What goes wrong on our side is a problem too, and says whether to come again. */
@HttpTest
@Import(ServerErrorTests.WithTrouble.class)
@TestPropertySource(properties = "contrail.web.requests-at-once=4")
class ServerErrorTests {

  @LocalServerPort int port;
  @Autowired Trouble trouble;

  @TestConfiguration
  static class WithTrouble {

    @Bean
    Trouble trouble() {
      return new Trouble();
    }
  }

  /** Two resources that no application should have, where a rule lets their callers in. */
  @RestController
  static class Trouble {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    @GetMapping("/offers/trouble/broken")
    String broken() {
      throw new IllegalStateException("a secret of the implementation");
    }

    @GetMapping("/offers/trouble/slow")
    String slow() throws InterruptedException {
      entered.countDown();
      released.await();
      return "done";
    }
  }

  @Test
  void anUnforeseenErrorTellsNothingOfTheInside() {
    var answer = Api.anonymous(port).as("web").get("/offers/trouble/broken");
    assertThat(answer.problem(500, "internal_error").text()).doesNotContain("secret");
  }

  @Test
  void whoHasTakenHisPlacesIsToldToComeAgainAndOthersAreServed() throws Exception {
    var web = Api.anonymous(port).as("web");
    try (var client = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = client.submit(() -> web.get("/offers/trouble/slow"));
      assertThat(trouble.entered.await(10, TimeUnit.SECONDS)).isTrue();
      var refused = web.get("/members/4000000010").problem(503, "unavailable");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.json().at("/retryable").asBoolean()).isTrue();
      web.as("agency").get("/orders").expect(200);
      trouble.released.countDown();
      slow.get().expect(200);
    }
  }
}
