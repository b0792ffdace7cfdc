package aero.contrail.reservation.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTests {

  private static Csv open(String text) throws IOException {
    return Csv.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Csv.Row> rows(String text) throws IOException {
    try (var csv = open(text)) {
      return csv.rows().toList();
    }
  }

  private static Csv.Row row(long line, String a, String b) {
    return new Csv.Row(line, Map.of("a", a, "b", b), null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n3,4\n",
        "a,b\r\n1,2\r\n3,4",
        "\uFEFFa,b\n1,2\n3,4",
        "a, b \n 1 ,2\n\"3\",4\n",
      })
  void rowsComeHoweverLinesEnd(String text) throws IOException {
    assertThat(rows(text)).containsExactly(row(2, "1", "2"), row(3, "3", "4"));
  }

  @Test
  void linesAreCountedAsAnEditorDoes() throws IOException {
    assertThat(rows("\n\na,b\n\n1,\"x\ny\"\n\n3,\"\"\"q\"\"\"\n"))
        .containsExactly(row(5, "1", "x\ny"), row(8, "3", "\"q\""));
  }

  @Test
  void emptyLinesAndColumnsWithoutANameSayNothing() throws IOException {
    assertThat(rows("a,b,,\n1,2,,\n,,,\n  \n3,4\n5,6,,,,,\n"))
        .containsExactly(row(2, "1", "2"), row(5, "3", "4"), row(6, "5", "6"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2,3", "\"1\"x,2", "1,\"2\" 3", "1,2\0"})
  void aWrongRowCostsNoOther(String wrong) throws IOException {
    var rows = rows("a,b\n" + wrong + "\n3,4\n");
    assertThat(rows.getFirst().wrong()).isNotNull();
    assertThat(rows.getFirst().line()).isEqualTo(2);
    assertThat(rows.getLast()).isEqualTo(row(3, "3", "4"));
  }

  /** A quote within a field is a character like any other, however many there are in the file. */
  @Test
  void quotesWithinFieldsSwallowNothing() throws IOException {
    assertThat(rows("a,b\n1,x\"\n3,4\n5,y\"\n7,\" 8\"\"\"\n"))
        .containsExactly(
            row(2, "1", "x\""), row(3, "3", "4"), row(4, "5", "y\""), row(5, "7", "8\""));
  }

  @Test
  void aQuoteThatIsNeverClosedIsNamed() throws IOException {
    var rows = rows("a,b\n1,2\n\"3,4\n5,6\n");
    assertThat(rows).hasSize(2);
    assertThat(rows.getLast().line()).isEqualTo(3);
    assertThat(rows.getLast().wrong()).contains("opens in line 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "a;b\n1;2", "a,b,a\n", "\"a\n"})
  void aHeaderThatIsNoneIsRefused(String text) {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> rows(text));
  }

  @Test
  void anEndlessLineEndsTheFile() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> rows("a,b\n1,2\n" + "x".repeat(FileLines.LONGEST + 1)))
        .havingCause()
        .isInstanceOfSatisfying(
            UnreadableFile.class, failure -> assertThat(failure.line()).isEqualTo(3));
  }
}
