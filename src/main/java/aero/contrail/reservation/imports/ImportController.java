package aero.contrail.reservation.imports;

import aero.contrail.eventlog.Origin;
import aero.contrail.reservation.imports.ImportOptions.OnError;
import aero.contrail.reservation.imports.Imports.Rejection;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Imports of schedules and of what they refer to. */
@RestController
@RequestMapping("/flights/imports")
class ImportController {

  private final FileImports files;
  private final Imports imports;
  private final Idempotency idempotency;
  private final long maxFile;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("import-", 0).daemon().factory());

  ImportController(
      FileImports files,
      Imports imports,
      Idempotency idempotency,
      @Value("${contrail.web.max-file:256MB}") DataSize maxFile) {
    this.maxFile = maxFile.toBytes();
    this.files = files;
    this.imports = imports;
    this.idempotency = idempotency;
  }

  /** How far an import has come; rows that were not taken, with their line and why. */
  record ImportView(
      UUID id,
      Imports.Status status,
      boolean dryRun,
      long rowsRead,
      long created,
      long changed,
      long unchanged,
      long withdrawn,
      List<Rejection> rejected,
      long rejectedCount,
      List<String> warnings,
      List<Difference> differences) {

    static ImportView of(Imports.Progress progress) {
      return new ImportView(
          progress.id(),
          progress.status(),
          progress.dryRun(),
          progress.counts().rowsRead(),
          progress.counts().created(),
          progress.counts().changed(),
          progress.counts().unchanged(),
          progress.counts().withdrawn(),
          progress.rejected(),
          progress.rejectedCount(),
          progress.warnings(),
          progress.differences());
    }
  }

  /**
   * Takes a file and imports it in the background.
   *
   * @param onError skip: take the right rows; reject_all: take nothing when a row is wrong
   * @param absent keep: leave alone what the file does not have; withdraw: the file is the whole
   *     schedule of its carriers from the first to the last of its days, other flights go
   * @param dryRun whether to tell only what would become of it; needs no key
   */
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = ImportView.class)))
  @Operation(summary = "Import flights from a file")
  @PostMapping(consumes = {"text/csv", "application/gzip", "application/vnd.iata.ssim"})
  ResponseEntity<?> start(
      HttpServletRequest request,
      @Nullable IdempotencyKey key,
      @RequestParam(defaultValue = "skip") String onError,
      @RequestParam(defaultValue = "keep") String absent,
      @RequestParam(defaultValue = "false") boolean dryRun)
      throws IOException {
    var options = new ImportOptions(onError(onError), withdraws(absent), dryRun);
    var once = dryRun ? null : IdempotencyKey.required(key);
    var file = Files.createTempFile("contrail-import-", ".csv");
    IdempotencyKey.Digest content;
    try {
      content = receive(request, file);
    } catch (IOException | Problem e) {
      delete(file);
      throw e;
    }
    var origin = Origin.CURRENT.get();
    var fresh = UUID.randomUUID();
    var taken = new boolean[1];
    Function<String, ResponseEntity<?>> accepted =
        id -> {
          taken[0] = true;
          executor.execute(() -> run(UUID.fromString(id), file, options, origin));
          return accepted(UUID.fromString(id));
        };
    try {
      if (once == null) {
        imports.begin(fresh, true);
        return accepted.apply(fresh.toString());
      }
      return idempotency.once(
          once.with(content), fresh.toString(), () -> imports.begin(fresh, false), accepted);
    } finally {
      if (!taken[0]) {
        delete(file);
      }
    }
  }

  private ResponseEntity<ImportView> accepted(UUID id) {
    return ResponseEntity.accepted()
        .location(
            ServletUriComponentsBuilder.fromCurrentRequestUri()
                .replaceQuery(null)
                .path("/{id}")
                .build(id))
        .body(view(id));
  }

  private static OnError onError(String value) {
    return switch (value) {
      case "skip" -> OnError.SKIP;
      case "reject_all" -> OnError.REJECT_ALL;
      default -> throw Problem.invalidParameter("onError", "onError is skip or reject_all.");
    };
  }

  private static boolean withdraws(String value) {
    return switch (value) {
      case "keep" -> false;
      case "withdraw" -> true;
      default -> throw Problem.invalidParameter("absent", "absent is keep or withdraw.");
    };
  }

  /** Stores the body, however it is sent, up to the limit. */
  private IdempotencyKey.Digest receive(HttpServletRequest request, Path file) throws IOException {
    var digest = IdempotencyKey.sha256();
    var buffer = new byte[64 * 1024];
    var total = 0L;
    try (var body = new DigestInputStream(request.getInputStream(), digest);
        var stored = Files.newOutputStream(file)) {
      for (var count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        total += count;
        if (total > maxFile) {
          throw new Problem(
              ProblemCode.BODY_TOO_LARGE, "A file may have %d bytes.".formatted(maxFile));
        }
        stored.write(buffer, 0, count);
      }
    }
    return IdempotencyKey.Digest.ofBytes(digest.digest());
  }

  @Operation(summary = "Read the progress of an import")
  @GetMapping("/{id}")
  ImportView progress(@PathVariable String id) {
    try {
      return view(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("import", id);
    }
  }

  private void run(UUID id, Path file, ImportOptions options, Origin origin) {
    try {
      files.run(id, () -> Files.newInputStream(file), options, UnaryOperator.identity(), origin);
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ImportView view(UUID id) {
    return imports
        .find(id)
        .map(ImportView::of)
        .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND, "There is no import " + id + "."));
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
  }
}
