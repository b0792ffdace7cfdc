package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refunds that a provider does not pay are somebody's work until he has decided. */
class WorkItemTests extends AtTheAirport {

  private Api staff = Api.anonymous(0);
  private String order = "";

  /** Paid with a card that cannot be paid to any more, and cancelled. */
  @BeforeEach
  void anOrderWhoseRefundIsRefused() {
    staff = web.as("backoffice");
    var offer = sales.offerId(sales.flight("ALB", "ER4"), "Y");
    order =
        web.create("/orders", Sales.ada(offer, "tok_closed"), "Prefer", "wait=20")
            .expect(201)
            .at("/id");
    var quote = web.create("/orders/" + order + "/cancellations", "").expect(201).at("/id");
    web.create("/orders/%s/cancellations/%s/confirm".formatted(order, quote), "").expect(200);
    web.await("/orders/" + order, "/refunds/0/status", "FAILED");
  }

  private Answer items(String status) {
    return staff.get("/work-items?orderId=%s&status=%s".formatted(order, status)).expect(200);
  }

  private String item() {
    var path = "/work-items?status=OPEN&orderId=" + order;
    var refund = web.get("/orders/" + order).json().at("/refunds");
    var id = refund.get(refund.size() - 1).at("/id").asString();
    return staff.await(path, "/items/0/id", id).at("/items/0/id");
  }

  private Answer resolve(String item, String action) {
    return staff.create(
        "/work-items/" + item + "/resolve",
        Map.of("action", action, "reason", "account closed, transfer of the same day"));
  }

  @Test
  void whatIsPaidOtherwiseIsSettled() {
    var item = item();
    var open = items("OPEN").json().at("/items/0");
    assertThat(open.at("/kind").asString()).isEqualTo("REFUND_REFUSED");
    assertThat(open.at("/reason").asString()).isEqualTo("account_closed");
    assertThat(open.at("/actions").toString())
        .isEqualTo("[\"RETRY\",\"PAID_OTHERWISE\",\"WRITTEN_OFF\"]");
    var done = resolve(item, "PAID_OTHERWISE").expect(200);
    assertThat(done.at("/status")).isEqualTo("RESOLVED");
    assertThat(done.at("/resolution/by")).contains("backoffice");
    assertThat(done.json().at("/actions")).isEmpty();
    assertThat(web.get("/orders/" + order).at("/refunds/0/status")).isEqualTo("PAID_OTHERWISE");
    assertThat(items("OPEN").json().at("/items")).isEmpty();
    assertThat(items("RESOLVED").json().at("/items")).hasSize(1);
    resolve(item, "WRITTEN_OFF").problem(409, "illegal_state");
    assertThat(sales.history(order)).containsSubsequence("RefundFailed", "RefundSettled");
  }

  @Test
  void whatIsTriedAgainAndRefusedAgainIsWorkAgain() {
    resolve(item(), "RETRY").expect(200);
    web.await("/orders/" + order, "/refunds/1/status", "FAILED");
    assertThat(web.get("/orders/" + order).at("/refunds/0/status")).isEqualTo("RETRIED");
    resolve(item(), "WRITTEN_OFF").expect(200);
    assertThat(web.get("/orders/" + order).at("/refunds/1/status")).isEqualTo("WRITTEN_OFF");
    assertThat(items("RESOLVED").json().at("/items")).hasSize(2);
  }

  @Test
  void twoWhoDecideAtOnceDecideOnce() throws Exception {
    var item = item();
    var decisions = new ArrayList<Callable<Answer>>();
    for (var i = 0; i < 6; i++) {
      var action = i % 2 == 0 ? "RETRY" : "PAID_OTHERWISE";
      decisions.add(() -> resolve(item, action));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Integer>();
      for (var future : threads.invokeAll(decisions)) {
        answers.add(future.get().status());
      }
      assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
    }
  }

  @Test
  void whatIsWrongSaysWhy() {
    var item = item();
    resolve(UUID.randomUUID().toString(), "RETRY").problem(404, "not_found");
    staff
        .create("/work-items/" + item + "/resolve", Map.of("action", "RETRY", "reason", " "))
        .problem(422, "validation_failed");
    web.get("/work-items").problem(403, "forbidden");
    assertThat(staff.get("/work-items?limit=1").expect(200).json().at("/items")).hasSize(1);
  }
}
