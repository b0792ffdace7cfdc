package aero.contrail.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** What the sandbox needs to know before it meets a database. */
final class SandboxSettings {

  private static final String MASTER_KEY = "contrail.security.master-key";
  private static final String DATABASE = "contrail.sandbox.database";
  private static final Pattern NAME = Pattern.compile("jdbc:postgresql:(?://[^/]*/)?([^?/]+).*");
  private static final int KEY_BYTES = 32;

  private SandboxSettings() {}

  /**
   * Adds what is missing.
   *
   * @throws InvalidConfigurationPropertyValueException when the database is not the sandbox's own
   */
  static void complete(ConfigurableEnvironment environment) {
    requireOwnDatabase(environment);
    if (environment.getProperty(MASTER_KEY, "").isEmpty()) {
      var folder = Path.of(environment.getProperty("contrail.sandbox.folder", ".contrail"));
      environment
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "sandbox", Map.of(MASTER_KEY, key(folder.resolve("master-key")))));
    }
  }

  /** It moves time, and its cards are play money: orders of earnest would be paid with nothing. */
  private static void requireOwnDatabase(Environment environment) {
    var url = environment.getProperty("spring.datasource.url", "");
    var named = environment.getProperty(DATABASE, "");
    var database = NAME.matcher(url);
    if (!url.isEmpty() && !(database.matches() && database.group(1).equals(named))) {
      throw new InvalidConfigurationPropertyValueException(
          DATABASE,
          named,
          "The sandbox moves time and takes play money, so it must not meet a database that is"
              + " used in earnest. If the one in spring.datasource.url is for play, say so with its"
              + " name: "
              + DATABASE
              + "=<name>; if not, set contrail.sandbox=false and leave the profile demo out.");
    }
  }

  /** Made once; of instances that start together, one makes it. */
  private static String key(Path file) {
    try {
      if (!Files.exists(file)) {
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createDirectories(file.toAbsolutePath().getParent());
        var draft = Files.createTempFile(file.toAbsolutePath().getParent(), "master-key", "");
        Files.writeString(draft, Base64.getEncoder().encodeToString(bytes));
        try {
          Files.createLink(file, draft); // at once with its content, and only once
        } catch (FileAlreadyExistsException another) {
          // its key is as good
        }
        Files.delete(draft);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox could not keep its master key in " + file, e);
    }
  }
}
