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
    "'respond-async, wait=5',0,respond-async",
    "wait=500,30,wait=30",
    "return=minimal,2,",
    "'return=minimal; wait=1',1,wait=1",
    "wait=soon,2,",
  })
  void aPreferenceIsUnderstoodOrIgnored(String header, int seconds, String applied) {
    assertThat(Prefer.of(header)).isEqualTo(new Prefer(Duration.ofSeconds(seconds), applied));
  }

  @Nested
  class EntityTags {

    @Test
    void areComparedByVersion() {
      assertThat(ETags.isCurrent("\"5\"", 5)).isTrue();
      assertThat(ETags.isCurrent("\"4\", \"5\"", 5)).isTrue();
      assertThat(ETags.isCurrent("\"4\"", 5)).isFalse();
      assertThat(ETags.isCurrent(null, 5)).isFalse();
    }

    @Test
    void areRequiredForChanges() {
      ETags.require("\"5\"", 5);
      assertThatExceptionOfType(Problem.class)
          .isThrownBy(() -> ETags.require(null, 5))
          .matches(problem -> problem.code() == ProblemCode.PRECONDITION_REQUIRED);
      assertThatExceptionOfType(Problem.class)
          .isThrownBy(() -> ETags.require("\"4\"", 5))
          .matches(problem -> problem.code() == ProblemCode.PRECONDITION_FAILED);
    }
  }

  @Nested
  class Pages {

    @Test
    void leadToTheNextOneWhileThereIsMore() {
      var page = Page.of(List.of("a", "b", "c"), 2, Function.identity(), Function.identity());
      assertThat(page.items()).containsExactly("a", "b");
      assertThat(Page.after(page.next(), "")).isEqualTo("b");
    }

    @Test
    void endWithoutACursor() {
      var page = Page.of(List.of("a", "b"), 2, Function.identity(), Function.identity());
      assertThat(page.next()).isNull();
    }
  }
}
