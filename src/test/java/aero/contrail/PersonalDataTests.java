package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Whose an order is: found by name, corrected, and forgotten. */
class PersonalDataTests extends NamedPassengers {

  @Autowired private JdbcClient jdbc;

  @Autowired private TransactionOperations transaction;

  @Nested
  class Names {

    @Test
    void areFoundHoweverTheyAreWritten() {
      var order = order("Zoë Ágnes", "Szentgyörgyi-Łoś", "names-1").at("/id");
      awaitFound(web, "szentgyorgyi", order);
      for (var name :
          List.of(
              "Zo%C3%AB",
              "szentgyorgyi%20zoe",
              "AGNES%20LOS%20ZOE",
              "Szentgy%C3%B6rgyi-%C5%81o%C5%9B",
              "szent", // it begins so
              "szentgjorgyi", // a letter is another
              "szentgyorgy%20agnes")) { // one is missing
        assertThat(ids(web.get("/orders?name=" + name))).as(name).containsExactly(order);
      }
      for (var name : List.of("zoe%20smith", "gyorgyi%20bob")) {
        assertThat(ids(web.get("/orders?name=" + name))).as(name).isEmpty();
      }
    }

    @Test
    void inScriptsThatNobodyTranscribesAreFoundAsTheyAre() {
      var order = order("\u0eaa\u0ebb\u0ea1", "\u0e9e\u0ebb\u0ea1", "script-1").at("/id");
      awaitFound(web, "%E0%BA%AA%E0%BA%BB%E0%BA%A1", order);
      assertThat(ids(web.get("/orders?name=%E0%BA%AA%E0%BA%AA"))).isEmpty();
    }

    @Test
    void thatAreAlikeComeOnlyWhereNobodyIsCalledSo() {
      var smythe = order("Quentin", "Qwsmythe", "alike-1").at("/id");
      awaitFound(web, "Qwsmythe", smythe);
      assertThat(ids(web.get("/orders?name=Qwsmithe"))).containsExactly(smythe);
      var smithe = order("Quentin", "Qwsmithe", "alike-2").at("/id");
      awaitFound(web, "Qwsmithe", smithe);
      assertThat(ids(web.get("/orders?name=Qwsmithe"))).containsExactly(smithe);
      assertThat(ids(web.get("/orders?name=Qwsmythe"))).containsExactly(smythe);
    }

    @Test
    void areFoundTogetherWithOtherThings() {
      var first = order("Both", "Zwillinge", "both-1");
      var second = order("Both", "Zwillinge", "both-2");
      awaitFound(web, "Zwillinge", second.at("/id"));
      assertThat(ids(web.get("/orders?name=zwillinge&externalReference=both-1")))
          .containsExactly(first.at("/id"));
      assertThat(
              ids(
                  web.get(
                      "/orders?name=zwillinge&status=HELD&recordLocator="
                          + second.at("/recordLocator"))))
          .containsExactly(second.at("/id"));
      var page = web.get("/orders?name=zwillinge&limit=1").expect(200);
      assertThat(ids(page)).containsExactly(second.at("/id"));
      assertThat(ids(web.get("/orders?name=zwillinge&limit=1&cursor=" + page.at("/next"))))
          .containsExactly(first.at("/id"));
    }

    @Test
    void ofOthersAreNotFound() {
      var order = order("Private", "Wxprivate", "private-1").at("/id");
      awaitFound(web, "Wxprivate", order);
      assertThat(ids(agency.get("/orders?name=Wxprivate"))).isEmpty();
      assertThat(ids(agency.get("/orders?name=Wxprivat"))).isEmpty();
      assertThat(ids(staff.get("/orders?name=Wxprivate"))).containsExactly(order);
    }

    @Test
    void needALetter() {
      web.get("/orders?name=%3F%3F").problem(400, "invalid_parameter");
      web.get("/orders?name=a%20b%20c%20d%20e%20f%20g").problem(400, "invalid_parameter");
    }

    @Test
    void areLookedUpInTheIndexOfTrigrams() {
      var plan =
          transaction.execute(
              _ -> {
                jdbc.sql("select set_config('enable_bitmapscan', 'on', true)")
                    .query(String.class)
                    .single();
                return jdbc.sql(
                        """
                        explain select n.order_id
                                  from orders.passenger_name n
                                 where n.name %> 'lovelace'
                        """)
                    .query(String.class)
                    .list();
              });
      assertThat(String.join("\n", plan)).contains("passenger_by_name");
    }
  }

  @Nested
  class Corrections {

    private Answer patch(Answer order, Object body) {
      return web.patch("/orders/" + order.at("/id"), body, "If-Match", order.header("ETag"));
    }

    private static Map<String, Object> named(String id, String given, String family) {
      return Map.of(
          "passengers", List.of(Map.of("id", id, "givenName", given, "familyName", family)));
    }

    @Test
    void areShownAndFoundAndNotInTheHistory() {
      var order = order("Ada", "Corxlovelase", "corrections-1");
      awaitFound(web, "Corxlovelase", order.at("/id"));
      var corrected = patch(order, named("P1", " Ada ", "Corxlovelace")).expect(200);
      assertThat(corrected.at("/passengers/0/familyName")).isEqualTo("Corxlovelace");
      assertThat(corrected.at("/passengers/0/givenName")).isEqualTo("Ada");
      assertThat(corrected.json().at("/version").asInt())
          .isEqualTo(order.json().at("/version").asInt() + 1);
      awaitFound(web, "Corxlovelace", order.at("/id"));
      var history = web.get("/orders/" + order.at("/id") + "/history").expect(200);
      assertThat(history.text()).contains("DetailsCorrected").doesNotContain("Corxlovel");
    }

    @Test
    void ofContactAndReferenceLeaveTheRest() {
      var order = order("Ada", "Lovelace", "before");
      var corrected =
          patch(
                  order,
                  Map.of("contact", Map.of("phone", "+1 555 0100"), "externalReference", "after"))
              .expect(200);
      assertThat(corrected.at("/contact/phone")).isEqualTo("+1 555 0100");
      assertThat(corrected.at("/contact/email")).isEqualTo("ada@example.com");
      assertThat(corrected.at("/passengers/0/familyName")).isEqualTo("Lovelace");
      assertThat(ids(web.get("/orders?externalReference=after"))).containsExactly(order.at("/id"));
      assertThat(ids(web.get("/orders?externalReference=before"))).isEmpty();
    }

    @Test
    void doNotMakeSomebodyElseOfAPassenger() {
      var order = order("Ada", "Lovelace", "corrections-2");
      var refused = patch(order, named("P1", "Grace", "Hopper")).problem(422, "validation_failed");
      assertThat(refused.at("/errors/0/pointer")).isEqualTo("/passengers/0");
      assertThat(refused.at("/errors/0/code")).isEqualTo("another_person");
      var once = patch(order, named("P1", "Ada", "Lovexxxe")).expect(200);
      patch(once, named("P1", "Ada", "Yyyexxxe")).problem(422, "validation_failed");
      patch(once, named("P1", "Ada", "Lovelace")).expect(200);
    }

    @Test
    void needTheVersionThatWasSeen() {
      var order = order("Ada", "Lovelace", "corrections-3");
      var body = named("P1", "Ada", "Lovelacee");
      web.patch("/orders/" + order.at("/id"), body).problem(428, "precondition_required");
      patch(order, body).expect(200);
      patch(order, body).problem(412, "precondition_failed");
      agency.patch("/orders/" + order.at("/id"), body, "If-Match", "*").problem(404, "not_found");
    }

    @Test
    void thatMakeNoSenseChangeNothing() {
      var order = order("Ada", "Lovelace", "corrections-4");
      assertThat(patch(order, Map.of()).problem(422, "validation_failed").at("/errors/0/code"))
          .isEqualTo("nothing_to_change");
      patch(order, named("P2", "Ada", "Lovelace")).problem(422, "validation_failed");
      patch(order, named("X", "Ada", "Lovelace")).problem(422, "validation_failed");
      patch(order, named("P1", " ", "Lovelace")).problem(422, "validation_failed");
      patch(order, named("P1", "A\u202Eda", "Lovelace")).problem(422, "validation_failed");
      patch(order, Map.of("contact", Map.of("email", "nobody"))).problem(422, "validation_failed");
      var twice = Map.of("id", "P1", "givenName", "Ada", "familyName", "Lovelacee");
      patch(order, Map.of("passengers", List.of(twice, twice))).problem(422, "validation_failed");
      assertThat(web.get("/orders/" + order.at("/id")).header("ETag"))
          .isEqualTo(order.header("ETag"));
    }
  }
}
