package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may not wait for space. */
class WaitlistRefusalTests extends WaitlistTest {

  @Test
  void whereThereAreTooManyAlready() {
    var offer = offer(flight, 9);
    var offerForOne = offer(flight, 1);
    limit(flight, 0);
    waits(offer, 9); // as many as travel on one order may always wait
    place(waiting(offerForOne, 1)).problem(409, "space_unavailable");
  }

  /** Else waiting would be a way around the bound on what a channel holds unpaid. */
  @Test
  void whereTheChannelHoldsTooMuchUnpaid() {
    var offer = offer(flight, 1);
    var nine = offer(flight, 9);
    place(without(waiting(nine, 9), "waitlist")).expect(201);
    place(without(waiting(offer, 1), "waitlist")).expect(201);
    place(without(waiting(offer, 1), "waitlist")).expect(201);
    place(without(waiting(offer, 1), "waitlist")).expect(201);
    place(waiting(offer, 1)).problem(409, "hold_limit");
  }

  private static Map<String, Object> without(Map<String, Object> body, String member) {
    body.remove(member);
    return body;
  }

  @Test
  void forWhatCannotComeFree() {
    var offer = offer(flight, 1);
    operations.create("/flights/" + flight + "/cancel", Map.of()).expect(200);
    place(waiting(offer, 1)).problem(409, "space_unavailable");
  }

  @Test
  void withWrongWishes() {
    var offer = offer(flight, 1);
    invalid(waiting(offer, 1), "/waitlist/until", Map.of("until", "2020-01-01T00:00:00Z"));
    var paid = waiting(offer, 1);
    paid.put("payment", Sales.card("tok_ok"));
    assertThat(place(paid).problem(422, "validation_failed").at("/errors/0/code"))
        .isEqualTo("not_with_waitlist");
    var forTwo = waiting(offer, 1);
    forTwo.put("waitlist", Map.of("until", tomorrow(), "anyOf", List.of(offer(flight, 2))));
    assertThat(place(forTwo).problem(422, "validation_failed").at("/errors/0/code"))
        .isEqualTo("party_mismatch");
    var forged = waiting(offer, 1);
    forged.put("waitlist", Map.of("until", tomorrow(), "anyOf", List.of("x")));
    place(forged).problem(422, "offer_invalid");
  }

  private void invalid(Map<String, Object> body, String pointer, Map<String, Object> waitlist) {
    body.put("waitlist", waitlist);
    assertThat(place(body).problem(422, "validation_failed").at("/errors/0/pointer"))
        .isEqualTo(pointer);
  }
}
