package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import aero.contrail.order.payment.stripe.StripeStub;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Orders that are paid by Stripe, whose API is a stub that loses answers and repeats notices. */
@HttpTest
class StripeTests {

  private static final String SECRET = "whsec_of_the_tests";
  private static final StripeStub STRIPE = new StripeStub();

  @LocalServerPort private int port;

  private Api anybody;
  private Api web;
  private Api staff;
  private Sales sales;

  @DynamicPropertySource
  static void stripe(DynamicPropertyRegistry registry) {
    registry.add("contrail.payments.stripe.secret-key", () -> "sk_test_of_the_tests");
    registry.add("contrail.payments.stripe.webhook-secret", () -> SECRET);
    registry.add("contrail.payments.stripe.api-base", STRIPE::address);
    registry.add("contrail.payments.stripe.answer-time-out", () -> "PT4S");
  }

  @AfterAll
  static void stop() {
    STRIPE.close();
  }

  @BeforeEach
  void callers() {
    anybody = Api.anonymous(port);
    web = anybody.as("web");
    staff = anybody.as("backoffice");
    sales = new Sales(anybody);
  }

  private Answer hold() {
    return sales.hold(sales.flight("ORD", "738"), "Y");
  }

  private Answer pay(String order, String card) {
    return web.create("/orders/" + order + "/payments", Sales.card(card), "Prefer", "wait=20");
  }

  private static String notice(String type, Map<String, Object> about) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "id",
                "evt_" + UUID.randomUUID(),
                "object",
                "event",
                "type",
                type,
                "data",
                Map.of("object", about)));
  }

  private Answer notify(String notice) throws Exception {
    var at = Instant.now().getEpochSecond();
    return notify(
        notice,
        "t=%d,v1=%s".formatted(at, Webhook.Util.computeHmacSha256(SECRET, at + "." + notice)));
  }

  private Answer notify(String notice, String signature) {
    return anybody.send(
        "POST",
        "/payments/notices/stripe",
        "application/json",
        notice.getBytes(StandardCharsets.UTF_8),
        "Stripe-Signature",
        signature);
  }

  @Test
  void aCardPaysAndIsPaidBack() {
    var id = hold().at("/id");
    assertThat(pay(id, "pm_ok").expect(201).at("/status")).isEqualTo("TICKETED");
    var quote = web.create("/orders/" + id + "/cancellations", Map.of()).expect(201);
    web.create("/orders/" + id + "/cancellations/" + quote.at("/id") + "/confirm", Map.of())
        .expect(200);
    web.await("/orders/" + id, "/refunds/0/status", "DONE");
  }

  @Test
  void aDeclinedCardLeavesTheOrderHeld() {
    var id = hold().at("/id");
    pay(id, "pm_declined").problem(402, "payment_declined");
    assertThat(web.get("/orders/" + id).at("/status")).isEqualTo("HELD");
    assertThat(pay(id, "pm_ok").expect(201).at("/status")).isEqualTo("TICKETED");
  }

  @Test
  void anAnswerThatGotLostIsNoSecondCharge() {
    var id = hold().at("/id");
    var before = STRIPE.intents().size();
    STRIPE.dropNextAnswers(1);
    assertThat(pay(id, "pm_ok").expect(201).at("/status")).isEqualTo("TICKETED");
    assertThat(STRIPE.intents()).hasSize(before + 1);
  }

  @Test
  void aCustomerWhoHasToActIsToldWhereAndPaysWhenHeHas() throws Exception {
    var id = hold().at("/id");
    var known = STRIPE.intents();
    var asked = pay(id, "pm_3ds").problem(402, "payment_action_required");
    assertThat(asked.at("/actionUrl")).startsWith("https://bank.example/3ds/pi_");
    assertThat(asked.header("Location")).endsWith("/orders/" + id);
    var held = web.get("/orders/" + id);
    assertThat(held.at("/payments/0/status")).isEqualTo("ACTION_REQUIRED");
    assertThat(held.at("/payments/0/actionUrl")).isEqualTo(asked.at("/actionUrl"));
    pay(id, "pm_ok").problem(409, "already_paid"); // one is under way

    var intent =
        STRIPE.intents().stream().filter(i -> !known.contains(i)).findFirst().orElseThrow();
    STRIPE.act(String.valueOf(intent.get("id")));
    var notice = notice("payment_intent.amount_capturable_updated", intent);
    notify(notice).expect(204);
    web.await("/orders/" + id, "/status", "TICKETED");
    notify(notice).expect(204);
    assertThat(sales.history(id)).containsOnlyOnce("PaymentCaptured");
  }

  @Test
  void anOrderThatComesWithSuchACardIsHeldMeanwhile() {
    var offer = sales.offerId(sales.flight("ORD", "738"), "Y");
    var asked =
        web.create("/orders", Sales.ada(offer, "pm_3ds"), "Prefer", "wait=20")
            .problem(402, "payment_action_required");
    assertThat(asked.at("/actionUrl")).startsWith("https://bank.example/3ds/pi_");
  }

  @Test
  void aChangeWaitsForTheCustomer() {
    var morning = sales.flight("EWR", "08:00", "ORD", "09:30", "738");
    var evening = sales.flight("EWR", "18:00", "ORD", "19:30", "738");
    var offer = sales.offerId(morning, "M");
    var order =
        web.create("/orders", Sales.ada(offer, "pm_ok"), "Prefer", "wait=20").expect(201).at("/id");
    var path = "/orders/" + order + "/changes";
    var wanted = Map.of("remove", List.of(morning), "offerId", sales.offerId(evening, "Y"));
    var quote = web.create(path, wanted, "Prefer", "wait=20").expect(201);
    assertThat(quote.at("/addCollect/amount")).isNotEqualTo("0.00");
    var known = STRIPE.intents();
    var confirmed =
        web.create(
            path + "/" + quote.at("/id") + "/confirm",
            Map.of("payment", Sales.card("pm_3ds")),
            "Prefer",
            "wait=20");
    assertThat(confirmed.problem(402, "payment_action_required").at("/actionUrl"))
        .startsWith("https://bank.example/3ds/pi_");
    var intent =
        STRIPE.intents().stream().filter(i -> !known.contains(i)).findFirst().orElseThrow();
    STRIPE.act(String.valueOf(intent.get("id")));
    web.await(path + "/" + quote.at("/id"), "/status", "CONFIRMED"); // without any notice
  }

  @Test
  void noticesComeTwiceAndInAnyOrder() throws Exception {
    var id = hold().at("/id");
    var known = STRIPE.intents();
    pay(id, "pm_3ds").expect(402);
    var intent =
        STRIPE.intents().stream().filter(i -> !known.contains(i)).findFirst().orElseThrow();
    STRIPE.act(String.valueOf(intent.get("id")));
    var notices = new ArrayList<String>();
    for (var type :
        List.of(
            "payment_intent.created",
            "payment_intent.requires_action",
            "payment_intent.amount_capturable_updated",
            "payment_intent.payment_failed",
            "payment_intent.succeeded")) {
      notices.addAll(Collections.nCopies(2, notice(type, intent)));
    }
    Collections.shuffle(notices, new Random(7));
    for (var notice : notices) {
      notify(notice).expect(204);
    }
    web.await("/orders/" + id, "/status", "TICKETED");
    assertThat(sales.history(id))
        .containsOnlyOnce("PaymentAuthorized", "PaymentCaptured", "OrderTicketed")
        .doesNotContain("PaymentDeclined");
  }

  @Test
  void aRefundThatTheBankSendsBackIsSomebodysWork() throws Exception {
    var id = hold().at("/id");
    pay(id, "pm_ok").expect(201);
    var known = STRIPE.refunds();
    var quote = web.create("/orders/" + id + "/cancellations", Map.of()).expect(201);
    web.create("/orders/" + id + "/cancellations/" + quote.at("/id") + "/confirm", Map.of())
        .expect(200);
    web.await("/orders/" + id, "/refunds/0/status", "DONE");
    var refund =
        new LinkedHashMap<>(
            STRIPE.refunds().stream().filter(r -> !known.contains(r)).findFirst().orElseThrow());
    refund.put("status", "failed");
    refund.put("failure_reason", "lost_or_stolen_card");
    var notice = notice("refund.failed", refund);
    notify(notice).expect(204);
    notify(notice).expect(204);
    notify(notice("refund.updated", refund)).expect(204); // the same in other words
    web.await("/orders/" + id, "/refunds/0/status", "FAILED");
    var item = staff.await("/work-items?orderId=" + id, "/items/0/kind", "REFUND_REFUSED");
    assertThat(item.at("/items/0/reason")).isEqualTo("lost_or_stolen_card");
    assertThat(item.json().at("/items")).hasSize(1);
    assertThat(sales.history(id)).containsOnlyOnce("RefundFailed");
  }

  @Test
  void noticesOfOthersAreRefused() throws Exception {
    var notice = notice("payment_intent.succeeded", Map.of("object", "payment_intent"));
    var at = Instant.now().getEpochSecond();
    var signature = Webhook.Util.computeHmacSha256(SECRET, at + "." + notice);
    notify(notice, "t=%d,v1=%s".formatted(at, signature)).expect(204);
    notify(notice + " ", "t=%d,v1=%s".formatted(at, signature)).problem(400, "signature_invalid");
    notify(notice, "t=%d,v1=%s".formatted(at + 1, signature)).problem(400, "signature_invalid");
    var old = at - 600;
    notify(
            notice,
            "t=%d,v1=%s".formatted(old, Webhook.Util.computeHmacSha256(SECRET, old + "." + notice)))
        .problem(400, "signature_invalid");
    notify(notice, "nonsense").problem(400, "signature_invalid");
    anybody
        .send("POST", "/payments/notices/stripe", "application/json", new byte[] {'{'})
        .problem(400, "signature_invalid");
    notify("not json").problem(400, "malformed_request");
    notify("{}").expect(204);
  }

  @Test
  void oneSlowCallHoldsUpNoOther() throws Exception {
    STRIPE.slow(Duration.ofSeconds(3));
    var slow = new ArrayList<String>();
    for (var i = 0; i < 5; i++) {
      slow.add(hold().at("/id"));
    }
    var quick = hold().at("/id");
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var order : slow) {
        pool.execute(() -> pay(order, "pm_slow"));
      }
      Awaitility.await("the slow ones to be asked for")
          .until(() -> slow.stream().allMatch(o -> sales.history(o).contains("PaymentRequested")));
      pay(quick, "pm_ok").expect(201);
      assertThat(slow)
          .as("were still waited for")
          .allMatch(order -> web.get("/orders/" + order).at("/status").equals("HELD"));
    }
    slow.forEach(order -> web.await("/orders/" + order, "/status", "TICKETED"));
  }
}
