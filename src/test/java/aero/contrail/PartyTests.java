package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who can travel on one order. */
class PartyTests extends AtTheAirport {

  private Answer order(String flight, String party, List<Map<String, Object>> people) {
    var offer = sales.offer(flight, "Y", party).at("/offerId").asString();
    return web.create(
        "/orders",
        Map.of("offerId", offer, "passengers", people, "contact", Sales.CONTACT),
        "Prefer",
        "wait=20");
  }

  private static Map<String, Object> person(String given, String family, String bornOn) {
    return Map.of("type", "ADULT", "givenName", given, "familyName", family, "bornOn", bornOn);
  }

  @Test
  void nobodyTwice() {
    var flight = sales.flight("ALB", "ER4");
    var first = person("Łukasz", "Kowalski", "1980-02-03");
    var again = person("LUKASZ", "Kowalski", "1980-02-03");
    var problem =
        order(flight, "adults=2", List.of(first, again)).problem(422, "validation_failed");
    assertThat(problem.at("/errors/0/pointer")).isEqualTo("/passengers/1");
    assertThat(problem.at("/errors/0/code")).isEqualTo("duplicate");
  }

  /** Father and son have one name, and twins one birthday. */
  @Test
  void butTwoWhoAreAlike() {
    var flight = sales.flight("ALB", "ER4");
    var father = person("Alan", "Turing", "1960-06-23");
    order(flight, "adults=2", List.of(father, person("Alan", "Turing", "1985-06-23"))).expect(201);
    order(flight, "adults=2", List.of(father, person("Ada", "Turing", "1960-06-23"))).expect(201);
  }

  @Test
  void moreThanNineAreAGroup() {
    var flight = sales.flight("ALB", "ER4");
    var ten = Collections.nCopies(10, Sales.ADA);
    var problem = order(flight, "adults=9", ten).problem(422, "validation_failed");
    assertThat(problem.at("/errors/0/pointer")).isEqualTo("/passengers");
    assertThat(problem.at("/errors/0/message")).contains("POST /groups");
  }
}
