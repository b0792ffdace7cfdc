package aero.contrail.web.idempotency;

import aero.contrail.database.GroupCommit;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes requests safe to repeat. The key is stored in the transaction of the change itself, so a
 * change whose answer was lost is found again, never made again. Thread-safe.
 */
@Component
public class Idempotency {

  /** A request cannot be at work for longer: what has no answer by then was cut off. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(40);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final int MOST_TRIES = 3;

  private static final int MOST_TOGETHER = 64;

  /** The refusals that will be the same whenever the request is repeated. */
  private static final Set<ProblemCode> KEPT =
      Set.of(
          ProblemCode.PAYMENT_DECLINED,
          ProblemCode.SPACE_UNAVAILABLE,
          ProblemCode.SCHEDULE_CHANGED,
          ProblemCode.HOLD_LIMIT,
          ProblemCode.QUOTE_SUPERSEDED,
          ProblemCode.OFFER_EXPIRED,
          ProblemCode.QUOTE_EXPIRED,
          ProblemCode.ORDER_EXPIRED,
          ProblemCode.VALIDATION_FAILED,
          ProblemCode.OFFER_INVALID,
          ProblemCode.PRICE_CHANGED);

  private final Answers answers;
  private final TransactionOperations transaction;
  private final JsonMapper json;
  private final Clock clock;
  private final ProblemWriter problems;
  private final GroupCommit<Claim, Boolean> completions;

  /** By what a key is unique within: two bodies under one key are one request at a time. */
  private final Set<String> atWork = ConcurrentHashMap.newKeySet();

  Idempotency(
      Answers answers,
      TransactionOperations transaction,
      JsonMapper json,
      Clock clock,
      ProblemWriter problems) {
    this.answers = answers;
    this.transaction = transaction;
    this.json = json;
    this.clock = clock;
    this.problems = problems;
    this.completions =
        new GroupCommit<>(
            transaction,
            claims -> {
              answers.completeLater(claims);
              return Collections.nCopies(claims.size(), true);
            },
            MOST_TOGETHER,
            1);
  }

  /**
   * Makes a change and answers within its transaction.
   *
   * @throws Problem when the change refuses, or the key was used for another request or is in use
   */
  public ResponseEntity<?> once(IdempotencyKey key, Supplier<ResponseEntity<?>> change) {
    return exclusively(
        key,
        () ->
            claimed(
                    key,
                    null,
                    () -> {
                      var answer = rendered(change.get());
                      answers.complete(key, answer);
                      return answer;
                    })
                .<ResponseEntity<?>>map(Function.identity())
                .orElseGet(() -> again(key, Idempotency::neverCommitted)));
  }

  /**
   * Makes a change, and answers when its transaction has committed.
   *
   * @param subject what the answer is to be about, if the change has not been made before
   * @param change runs in a transaction
   * @param answer runs outside of one and may wait; runs again if its result was lost, with the
   *     subject of the change that was made then
   */
  public ResponseEntity<?> once(
      IdempotencyKey key,
      String subject,
      Runnable change,
      Function<String, ResponseEntity<?>> answer) {
    return exclusively(
        key,
        () ->
            claimed(
                    key,
                    subject,
                    () -> {
                      change.run();
                      return subject;
                    })
                .<ResponseEntity<?>>map(made -> complete(key, () -> answer.apply(made)))
                .orElseGet(() -> again(key, answer)));
  }

  /**
   * The same for a change that is made together with others, see {@link #claim}.
   *
   * @param change claims the key with what it does; empty when the key was taken
   * @param answer for the subject of the change that was made when the key was taken
   */
  public ResponseEntity<?> onceTogether(
      IdempotencyKey key,
      Supplier<Optional<ResponseEntity<?>>> change,
      Function<String, ResponseEntity<?>> answer) {
    return exclusively(
        key,
        () -> {
          try {
            return change.get().orElseGet(() -> again(key, answer));
          } catch (Problem refusal) {
            if (isKnown(key)) {
              return again(key, answer); // it was not refused when it came first
            }
            keep(key, refusal);
            throw refusal;
          }
        });
  }

  /**
   * Refuses a request that is wrong in itself, before any change.
   *
   * @throws Problem the refusal, or that the key was used for another request
   */
  ResponseEntity<?> refuse(IdempotencyKey key, Problem refusal) {
    return onceTogether(
        key,
        () -> {
          throw refusal;
        },
        Idempotency::neverCommitted);
  }

  /**
   * Claims the keys of several requests in the running transaction.
   *
   * @return whether each was free, in their order; when two have the same, the first has it
   */
  public List<Boolean> claim(List<Claim> claims) {
    var first = new LinkedHashMap<String, Claim>();
    claims.forEach(claim -> first.putIfAbsent(Answers.scope(claim.key()), claim));
    var free = answers.claim(List.copyOf(first.values()));
    return claims.stream().map(claim -> free.remove(Answers.scope(claim.key()))).toList();
  }

  /**
   * What a request claims a key with.
   *
   * @param subject what its answer will be about; null when the answer is known
   * @param answer from {@link #rendered(ResponseEntity)}; null when it is not known yet
   */
  public record Claim(
      IdempotencyKey key, @Nullable String subject, @Nullable ResponseEntity<byte[]> answer) {}

  /** Whether a request with the key was taken before. */
  public boolean isKnown(IdempotencyKey key) {
    return answers.find(key).isPresent();
  }

  /** Whether a request repeats one that was taken before. */
  public boolean isKnown(HttpServletRequest request) {
    return IdempotencyKeys.find(request).filter(this::isKnown).isPresent();
  }

  private ResponseEntity<?> exclusively(IdempotencyKey key, Supplier<ResponseEntity<?>> work) {
    var scope = Answers.scope(key);
    if (!atWork.add(scope)) {
      throw inProgress();
    }
    try {
      return work.get();
    } finally {
      atWork.remove(scope);
    }
  }

  /** Runs the change with the key as its own; empty when another request has the key. */
  private <T> Optional<T> claimed(
      IdempotencyKey key, @Nullable String subject, Supplier<T> change) {
    for (var tries = 1; ; tries++) {
      try {
        return Optional.ofNullable(
            transaction.execute(_ -> answers.begin(key, subject) ? change.get() : null));
      } catch (Problem refusal) {
        keep(key, refusal);
        throw refusal;
      } catch (OptimisticLockingFailureException | PessimisticLockingFailureException lostRace) {
        if (tries == MOST_TRIES) {
          throw lostRace;
        }
      }
    }
  }

  /** A refusal is an answer too: the change is undone, the answer stays. */
  private void keep(IdempotencyKey key, Problem refusal) {
    if (!KEPT.contains(refusal.code())) {
      return;
    }
    var answer = rendered(refusal);
    transaction.executeWithoutResult(
        _ -> {
          if (answers.begin(key, null)) {
            answers.complete(key, answer);
          }
        });
  }

  /** Makes an answer, which may be a refusal, and keeps it when the change has committed. */
  public ResponseEntity<?> complete(IdempotencyKey key, Supplier<ResponseEntity<?>> answer) {
    ResponseEntity<byte[]> rendered;
    try {
      rendered = rendered(answer.get());
    } catch (Problem refusal) {
      rendered = rendered(refusal);
    }
    var _ = completions.submit(new Claim(key, null, rendered));
    return rendered;
  }

  private ResponseEntity<?> again(IdempotencyKey key, Function<String, ResponseEntity<?>> answer) {
    var seen = answers.find(key).orElseThrow(Idempotency::inProgress);
    if (!seen.request().equals(key.request())) {
      throw new Problem(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "The key %s was used for a request with another body.".formatted(key.key()));
    }
    var known = seen.answer();
    if (known != null) {
      return replayed(known);
    }
    var subject = seen.subject();
    if (subject == null || isAtWork(seen)) {
      throw inProgress();
    }
    complete(key, () -> answer.apply(subject));
    return answers
        .find(key)
        .map(Answers.Seen::answer)
        .map(Idempotency::replayed)
        .orElseThrow(Idempotency::inProgress);
  }

  /** Whoever took it may have died, or been cut off so that nobody noticed. */
  private boolean isAtWork(Answers.Seen seen) {
    return seen.since().plus(LONGEST_REQUEST).isAfter(clock.instant()) && answers.isAtWork(seen);
  }

  private static ResponseEntity<?> replayed(ResponseEntity<byte[]> answer) {
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .header("Idempotent-Replayed", "true")
        .body(answer.getBody());
  }

  private ResponseEntity<byte[]> rendered(Problem refusal) {
    var request =
        ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    return rendered(problems.answer(refusal, request));
  }

  /** The answer as it is sent and kept. */
  public ResponseEntity<byte[]> rendered(ResponseEntity<?> answer) {
    var headers = new HttpHeaders(answer.getHeaders());
    var body = answer.getBody();
    if (body != null && headers.getContentType() == null) {
      headers.setContentType(MediaType.APPLICATION_JSON);
    }
    return ResponseEntity.status(answer.getStatusCode())
        .headers(headers)
        .body(body == null ? new byte[0] : json.writeValueAsBytes(body));
  }

  private static ResponseEntity<?> neverCommitted(String subject) {
    throw inProgress();
  }

  private static Problem inProgress() {
    return new Problem(
        ProblemCode.REQUEST_IN_PROGRESS,
        "The first request with this key is not answered yet.",
        RETRY_AFTER);
  }
}
