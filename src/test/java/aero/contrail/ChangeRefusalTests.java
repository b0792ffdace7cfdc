package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Changes that cannot be, and what is said of them. */
class ChangeRefusalTests extends TwoFlights {

  @Test
  void saysWhy() {
    var id = sales.ticket(morning, "Y").at("/id");
    var offer = sales.offerId(evening, "Y");
    invalid(quote(id, "UA1-2030-01-01-EWR", offer), "/remove/0", "unknown");
    invalid(quote(id, evening, offer), "/remove/0", "unknown");
    invalid(
        quote(
            id,
            Map.of("passengerIds", List.of("P7"), "remove", List.of(morning), "offerId", offer)),
        "/passengerIds/0",
        "not_travelling");
    var forTwo = sales.offer(evening, "Y", "adults=2").at("/offerId").asString();
    invalid(quote(id, morning, forTwo), "/offerId", "party_mismatch");
    quote(id, morning, "nonsense").problem(422, "offer_invalid");
    quote(UUID.randomUUID().toString(), morning, offer).problem(404, "not_found");
    var quote = quote(id, morning, offer).expect(201);
    if (amount(quote, "/addCollect").signum() > 0) {
      invalid(confirm(quote, Map.of()), "/payment", "not_null");
    } else {
      invalid(confirm(quote, paidWith("tok_ok")), "/payment", "not_due");
    }
    web.get("/orders/%s/changes/%s".formatted(id, UUID.randomUUID())).problem(404, "not_found");
  }

  @Test
  void ofAFareThatDoesNotAllowIt() {
    var offer = sales.offer(morning, "L", "adults=1");
    assertThat(offer.at("/conditions/changeable").asBoolean()).isFalse();
    var order = sales.ticket(morning, "L");
    assertThat(actions(order)).containsExactly("CANCEL");
    quote(order.at("/id"), morning, sales.offerId(evening, "Y")).problem(409, "not_changeable");
  }

  @Test
  void childrenAreNotLeftAlone() {
    var order = sales.family(morning, "Y");
    var offer = sales.offer(evening, "Y", "adults=2").at("/offerId").asString();
    invalid(
        quote(
            order.at("/id"),
            Map.of(
                "passengerIds", List.of("P1", "P2"),
                "remove", List.of(morning),
                "offerId", offer)),
        "/passengerIds",
        "child_alone");
  }

  @Test
  void whoIsCheckedInStays() {
    var order = sales.ticket(morning, "Y");
    tell(order.at("/recordLocator"), "CHECK_IN", "P1", morning).expect(201);
    web.await("/orders/" + order.at("/id"), coupon("P1"), "C");
    quote(order.at("/id"), morning, sales.offerId(evening, "Y")).problem(409, "illegal_state");
  }

  private static void invalid(Answer answer, String pointer, String code) {
    answer.problem(422, "validation_failed");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    assertThat(answer.at("/errors/0/code")).isEqualTo(code);
  }
}
