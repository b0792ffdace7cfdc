package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source file is as google-java-format writes it. {@code mvn test -Dtest=FormatTests
 * -Dformat.apply=true} rewrites those that are not.
 */
class FormatTests {

  @Test
  void everyFileIsFormatted() throws IOException, FormatterException {
    var formatter = new Formatter();
    var unformatted = new ArrayList<Path>();
    for (var file : sources()) {
      var source = Files.readString(file);
      var formatted = formatter.formatSourceAndFixImports(source);
      if (!formatted.equals(source)) {
        unformatted.add(file);
        if (Boolean.getBoolean("format.apply")) {
          Files.writeString(file, formatted);
        }
      }
    }
    assertThat(unformatted)
        .as("files to format: mvn test -Dtest=FormatTests -Dformat.apply=true")
        .isEmpty();
  }

  static List<Path> sources() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
