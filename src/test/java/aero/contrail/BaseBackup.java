package aero.contrail;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of a PostgreSQL that works on meanwhile, made as its manual describes it under "Making a
 * Base Backup Using the Low Level API": what {@code pg_basebackup} does, which the embedded server
 * lacks.
 */
final class BaseBackup {

  private static final Set<String> NOT_CONTENTS_OF =
      Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_stat_tmp", "pg_subtrans");
  private static final Set<String> NOT = Set.of("postmaster.pid", "postmaster.opts");

  private BaseBackup() {}

  /**
   * @param data the data directory of the server
   * @param copy where to; must not be there
   */
  static void take(String url, Path data, Path copy) throws SQLException, IOException {
    try (var connection = DriverManager.getConnection(url)) {
      var first =
          text(connection, "select pg_walfile_name(pg_backup_start('backup', fast => true))");
      copyFiles(data, copy);
      try (var statement = connection.createStatement();
          var stopped =
              statement.executeQuery(
                  "select labelfile, pg_walfile_name(lsn) from pg_backup_stop(false)")) {
        stopped.next();
        Files.writeString(copy.resolve("backup_label"), stopped.getString(1));
        copyLog(data.resolve("pg_wal"), copy.resolve("pg_wal"), first, stopped.getString(2));
      }
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void copyFiles(Path data, Path copy) throws IOException {
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(folder, copy.resolve(data.relativize(folder)), COPY_ATTRIBUTES);
            var name = folder.getFileName();
            return name != null && NOT_CONTENTS_OF.contains(name.toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!NOT.contains(String.valueOf(file.getFileName()))) {
              copyUnlessGone(file, copy.resolve(data.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
            if (gone instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw gone;
          }
        });
  }

  private static void copyUnlessGone(Path file, Path to) throws IOException {
    try {
      Files.copy(file, to, COPY_ATTRIBUTES);
    } catch (NoSuchFileException gone) {
      Files.deleteIfExists(to); // the log says that it is gone
    }
  }

  private static void copyLog(Path from, Path to, String first, String last) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (var file : files.toList()) {
        var name = String.valueOf(file.getFileName());
        if (name.matches("[0-9A-F]{24}")
            && name.compareTo(first) >= 0
            && name.compareTo(last) <= 0) {
          Files.copy(file, to.resolve(name), COPY_ATTRIBUTES);
        }
      }
    }
  }
}
