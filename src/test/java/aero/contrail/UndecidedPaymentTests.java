package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** Payments of which nobody knows what became: somebody looks into them. */
@HttpTest
@DirtiesContext // it moves the clock on: what others hold would expire
class UndecidedPaymentTests {

  @LocalServerPort private int port;

  @Autowired private JdbcClient jdbc;

  private Api web;
  private Api staff;
  private Sales sales;

  @BeforeEach
  void callers() {
    var api = Api.anonymous(port);
    web = api.as("web");
    staff = api.as("backoffice");
    sales = new Sales(api);
  }

  /** An order whose payment was asked for two minutes ago, and its work item. */
  private Answer undecided() {
    var id = sales.hold(sales.flight("ORD", "738"), "Y").at("/id");
    web.create("/orders/" + id + "/payments", Sales.card("tok_late"), "Prefer", "respond-async")
        .expect(202);
    assertThat(staff.get("/work-items?orderId=" + id).json().at("/items")).isEmpty();
    sales.advance("PT2M");
    return staff.await("/work-items?orderId=" + id, "/items/0/kind", "PAYMENT_UNDECIDED");
  }

  private Answer resolve(Answer items, String action) {
    return staff.create(
        "/work-items/" + items.at("/items/0/id") + "/resolve",
        Map.of("action", action, "reason", "seen at the provider's"));
  }

  private static String order(Answer items) {
    return items.at("/items/0/orderId");
  }

  @Test
  void whatWasDoneThereIsDoneHere() {
    var items = undecided();
    assertThat(items.at("/items/0/reason")).startsWith("AUTHORISE: ");
    assertThat(items.json().at("/items/0/actions"))
        .extracting(action -> action.asString())
        .containsExactly("ASK_AGAIN", "RECORD_DONE", "RECORD_REFUSED");
    assertThat(resolve(items, "RECORD_DONE").expect(200).at("/status")).isEqualTo("RESOLVED");
    web.await("/orders/" + order(items), "/status", "TICKETED");
    resolve(items, "RECORD_REFUSED").problem(409, "illegal_state");
  }

  @Test
  void whatWasRefusedThereIsRefusedHere() {
    var items = undecided();
    resolve(items, "RECORD_REFUSED").expect(200);
    web.await("/orders/" + order(items), "/payments/0/status", "DECLINED");
    web.create("/orders/" + order(items) + "/payments", Sales.card("tok_ok"), "Prefer", "wait=20")
        .expect(201);
  }

  @Test
  void whatTheProviderSaysAfterAllIsOffTheList() {
    var items = undecided();
    resolve(items, "RETRY").problem(422, "validation_failed"); // that is for refunds
    sales.advance("PT16M");
    var decided =
        staff.await("/work-items?orderId=" + order(items), "/items/0/resolution/action", "DECIDED");
    assertThat(decided.at("/items/0/resolution/by")).isEqualTo("system:payments");
    assertThat(web.get("/orders/" + order(items)).at("/payments/0/status")).isNotEqualTo("PENDING");
    resolve(items, "RECORD_DONE").problem(409, "illegal_state");
  }

  /** Its answer got lost, and the order has ended meanwhile. */
  @Test
  void whatWasTakenInsteadOfLetGoGoesBack() {
    var id = sales.hold(sales.flight("ORD", "738"), "Y").at("/id");
    var pending =
        web.create("/orders/" + id + "/payments", Sales.card("tok_late"), "Prefer", "respond-async")
            .expect(202);
    jdbc.sql(
            """
            insert into orders.sandbox_payment (instruction_id, payment_id, operation,
                                                amount_minor, currency, first_asked_at, times_asked)
            values (gen_random_uuid(), :payment::uuid, 'CAPTURE', 1, 'USD', now(), 1)
            """)
        .param("payment", pending.at("/payments/0/id"))
        .update();
    var quote = web.create("/orders/" + id + "/cancellations", "").expect(201);
    web.create("/orders/%s/cancellations/%s/confirm".formatted(id, quote.at("/id")), "")
        .expect(200);
    sales.advance("PT17M");
    web.await("/orders/" + id, "/refunds/0/status", "DONE");
    assertThat(sales.history(id))
        .containsSubsequence("PaymentAuthorized", "PaymentCaptured", "RefundIssued")
        .doesNotContain("PaymentVoided");
  }

  @Test
  void whatIsAskedAgainInVainComesBackLater() {
    var items = undecided();
    resolve(items, "ASK_AGAIN").expect(200);
    sales.advance("PT2M");
    staff.await(
        "/work-items?status=OPEN&orderId=" + order(items), "/items/0/kind", "PAYMENT_UNDECIDED");
    assertThat(staff.get("/work-items?orderId=" + order(items)).json().at("/items")).hasSize(2);
  }
}
