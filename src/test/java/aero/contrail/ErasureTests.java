package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose an order was, forgotten when it is over. */
class ErasureTests extends NamedPassengers {

  @Autowired private JdbcClient jdbc;

  private String path(Answer order) {
    return "/orders/" + order.at("/id") + "/personal-data";
  }

  @Test
  void leavesNoTraceOfTheName() {
    var order = order("Erasmus", "Qzforgotten", "qzreference");
    var id = order.at("/id");
    awaitFound(web, "Qzforgotten", id);
    web.create("/orders/" + id + "/payments", Sales.card("tok_ok"), "Prefer", "wait=20")
        .expect(201);
    var paid = web.get("/orders/" + id).expect(200);
    web.patch(
            "/orders/" + id,
            Map.of("contact", Map.of("email", "qzmail@example.com", "phone", "+1 555 0199")),
            "If-Match",
            paid.header("ETag"))
        .expect(200);
    assertThat(traces("qzforgotten")).isNotEmpty();

    var refused = staff.delete(path(order)).problem(409, "illegal_state");
    assertThat(refused.at("/detail")).contains("TICKETED");
    var quote = web.create("/orders/" + id + "/cancellations", Map.of()).expect(201);
    web.create(
        "/orders/" + id + "/cancellations/" + quote.at("/id") + "/confirm",
        Map.of(),
        "Prefer",
        "wait=20");
    web.await("/orders/" + id, "/refunds/0/status", "DONE");
    var before = web.get("/orders/" + id).expect(200);
    staff.delete(path(order)).expect(204);

    for (var trace : List.of("qzforgotten", "erasmus", "qzreference", "qzmail", "555 0199")) {
      assertThat(traces(trace)).as(trace).isEmpty();
    }
    var after = web.get("/orders/" + id).expect(200);
    assertThat(after.text()).doesNotContainIgnoringCase("qz").doesNotContain("Erasmus");
    assertThat(after.json().at("/total")).isEqualTo(before.json().at("/total"));
    assertThat(after.json().at("/refunds")).isEqualTo(before.json().at("/refunds"));
    assertThat(sales.history(id)).endsWith("PersonalDataErased");
    assertThat(ids(staff.get("/orders?name=Qzforgotten"))).isEmpty();

    staff.delete(path(order)).expect(204); // twice is once
    assertThat(sales.history(id)).containsOnlyOnce("PersonalDataErased");
    web.patch(
            "/orders/" + id,
            Map.of("contact", Map.of("email", "back@example.com")),
            "If-Match",
            "*")
        .problem(409, "illegal_state");
  }

  @Test
  void isForStaff() {
    var order = order("Ada", "Lovelace", "erasure-2");
    web.delete(path(order)).problem(403, "forbidden");
    staff.delete(path(order)).problem(409, "illegal_state");
    staff
        .delete("/orders/00000000-0000-7000-8000-000000000000/personal-data")
        .problem(404, "not_found");
    assertThat(web.get("/orders/" + order.at("/id")).at("/passengers/0/familyName"))
        .isEqualTo("Lovelace");
  }

  /** The tables in which a text stands anywhere, as a dump of the database would show it. */
  private List<String> traces(String text) {
    return jdbc
        .sql(
            """
            select quote_ident(table_schema) || '.' || quote_ident(table_name)
              from information_schema.tables
             where table_type = 'BASE TABLE'
               and table_schema not in ('pg_catalog', 'information_schema')
            """)
        .query((row, _) -> row.getString(1))
        .list()
        .stream()
        .filter(table -> isIn(table, text))
        .toList();
  }

  private boolean isIn(String table, String text) {
    return jdbc.sql(
            "select exists (select from %s t where t::text ilike '%%' || :text || '%%')"
                .formatted(table))
        .param("text", text)
        .query(Boolean.class)
        .single();
  }
}
