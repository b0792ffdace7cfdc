package aero.contrail.order.history;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.order.history.JsonDiff.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonDiffTests {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void namesEachValueThatIsDifferentAndWhereItStands() {
    var changes =
        between(
            """
            {"status": "HELD", "flights": [{"id": "A", "status": "HK"}], "payBy": "noon"}
            """,
            """
            {"status": "TICKETED", "flights": [{"id": "A", "status": "HK"}, {"id": "B"}]}
            """);
    assertThat(changes)
        .containsExactly(
            change("/status", "\"HELD\"", "\"TICKETED\""),
            change("/payBy", "\"noon\"", null),
            change("/flights/1/id", null, "\"B\""));
  }

  @Test
  void whatIsNullIsNotThere() {
    assertThat(between("{\"reason\": null}", "{}")).isEmpty();
    assertThat(between("{\"reason\": null}", "{\"reason\": \"late\"}"))
        .containsExactly(change("/reason", null, "\"late\""));
  }

  @Test
  void aNumberIsNotItsText() {
    assertThat(between("{\"n\": 1}", "{\"n\": \"1\"}")).hasSize(1);
  }

  @Test
  void pointersEscapeWhatTheyMust() {
    assertThat(between("{\"a/b\": {\"c~d\": 1}}", "{}"))
        .extracting(Change::pointer)
        .containsExactly("/a~1b/c~0d");
  }

  @Test
  void backwardsSwapsTheTwo() {
    assertThat(between("{\"a\": 1}", "{\"a\": 2}")).containsExactly(change("/a", "1", "2"));
    assertThat(between("{\"a\": 2}", "{\"a\": 1}")).containsExactly(change("/a", "2", "1"));
  }

  private static List<Change> between(String before, String after) {
    return JsonDiff.between(JSON.readTree(before), JSON.readTree(after));
  }

  private static Change change(String pointer, @Nullable String before, @Nullable String after) {
    return new Change(
        pointer,
        before == null ? null : JSON.readTree(before),
        after == null ? null : JSON.readTree(after));
  }
}
