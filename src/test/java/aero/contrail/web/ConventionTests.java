package aero.contrail.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConventionTests {

  @ParameterizedTest
  @CsvSource({
    "wait=5,5,wait=5",
    "respond-async,0,respond-async",
    "'respond-async, wait=5',0,respond-async",
    "'WAIT = 5 ; x=\"y,z\", Respond-Async',0,respond-async",
    "'WAIT = 5 ; x=\"y,z\"',5,wait=5",
    "'foo=\"wait=9\"; wait=8, wait=1, wait=7',1,wait=1",
    "'xwait=5, async-respond',2,",
    "wait=500,30,wait=30",
    "return=minimal,2,",
    "'return=minimal; wait=1',2,",
    "wait=soon,2,",
  })
  void aPreferenceIsUnderstoodOrIgnored(String header, int seconds, String applied) {
    assertThat(Prefer.of(header)).isEqualTo(new Prefer(Duration.ofSeconds(seconds), applied));
  }

  @Test
  void aLongPreferenceIsReadAsQuicklyAsAShortOne() {
    var quoted = "x=\"" + "a".repeat(15_000) + "\", wait=5";
    assertThat(Prefer.of(quoted).applied()).isEqualTo("wait=5");
    assertThat(Prefer.of("x=\"" + "a".repeat(15_000)).applied()).isNull();
  }

  @Nested
  class EntityTags {

    @Test
    void holdACommandToTheVersionThatWasSeen() {
      for (var seen : List.of("\"5\"", "\"4\", \"5\"", "\"5.1a2b\"", "*")) {
        ETags.check(seen, 5);
      }
      ETags.check(null, 5);
      for (var stale : List.of("\"4\"", "\"50\"", "\"50.1a\"", "W/\"5\"", "5", "")) {
        assertThatExceptionOfType(Problem.class)
            .isThrownBy(() -> ETags.check(stale, 5))
            .matches(problem -> problem.code() == ProblemCode.PRECONDITION_FAILED);
      }
    }

    @Test
    void changeWithWhatIsShown() {
      assertThat(ETags.of(5, List.of("PAY"))).isEqualTo(ETags.of(5, List.of("PAY")));
      assertThat(ETags.of(5, List.of("PAY"))).isNotEqualTo(ETags.of(5, List.of("CANCEL")));
    }

    @Test
    void areRequiredForChanges() {
      ETags.require("\"5\"");
      assertThatExceptionOfType(Problem.class)
          .isThrownBy(() -> ETags.require(null))
          .matches(problem -> problem.code() == ProblemCode.PRECONDITION_REQUIRED);
    }
  }

  @Nested
  class Pages {

    @Test
    void leadToTheNextOneWhileThereIsMore() {
      var page =
          Page.of("letters", List.of("a", "b", "c"), 2, Function.identity(), Function.identity());
      assertThat(page.items()).containsExactly("a", "b");
      assertThat(Page.after("letters", page.next(), "", Function.identity())).isEqualTo("b");
    }

    @Test
    void endWithoutACursor() {
      var page = Page.of("letters", List.of("a", "b"), 2, Function.identity(), Function.identity());
      assertThat(page.next()).isNull();
    }
  }
}
