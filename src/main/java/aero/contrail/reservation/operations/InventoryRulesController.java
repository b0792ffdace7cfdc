package aero.contrail.reservation.operations;

import aero.contrail.reservation.schedule.CabinPlans;
import aero.contrail.reservation.schedule.CabinPlans.Filed;
import aero.contrail.reservation.schedule.ClassPlan;
import aero.contrail.reservation.schedule.OverbookingRule;
import aero.contrail.reservation.schedule.Replanning;
import aero.contrail.web.Refuses;
import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Rules by which flights are planned: those that are scheduled later, and those that are on sale, a
 * few at a time.
 */
@RestController
@RequestMapping("/inventory")
class InventoryRulesController {

  private static final String CARRIER = "[A-Z0-9]{2}";

  /** Flights are scheduled for a year or two. */
  private static final LocalDate FOR_EVER = LocalDate.of(2999, 12, 31);

  private final CabinPlans plans;
  private final Replanning replanning;
  private final Idempotency idempotency;

  InventoryRulesController(CabinPlans plans, Replanning replanning, Idempotency idempotency) {
    this.plans = plans;
    this.replanning = replanning;
    this.idempotency = idempotency;
  }

  /**
   * How many more seats than there are may be sold: {@code percent} or {@code seats}.
   *
   * @param carrier any, when it is missing; likewise numbers and cabin
   */
  record OverbookingRequest(
      @Nullable @Pattern(regexp = CARRIER) String carrier,
      @Nullable @Min(1) @Max(9999) Integer firstNumber,
      @Nullable @Min(1) @Max(9999) Integer lastNumber,
      @Nullable @Pattern(regexp = "[FJWY]") String cabin,
      @NotNull LocalDate fromDate,
      @NotNull LocalDate toDate,
      @Nullable @Min(0) @Max(100) Integer percent,
      @Nullable @Min(0) @Max(200) Integer seats) {

    private OverbookingRule toRule() {
      if ((percent == null) == (seats == null)) {
        throw Problem.invalid("/percent", "one_of", "Either percent or seats has to be given.");
      }
      if (toDate.isBefore(fromDate)) {
        throw Problem.invalid("/toDate", "before_from", "toDate is before fromDate.");
      }
      var first = firstNumber == null ? 1 : firstNumber;
      var last = lastNumber == null ? 9999 : lastNumber;
      if (last < first) {
        throw Problem.invalid("/lastNumber", "before_first", "lastNumber is below firstNumber.");
      }
      return new OverbookingRule(
          carrier == null ? ClassPlan.ANY : carrier,
          first,
          last,
          cabin,
          fromDate,
          toDate,
          percent,
          seats);
    }
  }

  /** A rule that was filed; {@code applied} when it has reached all flights that are on sale. */
  record OverbookingView(
      UUID id,
      @Nullable String carrier,
      int firstNumber,
      int lastNumber,
      @Nullable String cabin,
      LocalDate fromDate,
      LocalDate toDate,
      @Nullable Integer percent,
      @Nullable Integer seats,
      OffsetDateTime filedAt,
      boolean applied) {

    static OverbookingView of(Filed<OverbookingRule> filed, List<UUID> open) {
      var rule = filed.what();
      return new OverbookingView(
          filed.id(),
          carrierOrNull(rule.carrier()),
          rule.firstNumber(),
          rule.lastNumber(),
          rule.cabin(),
          rule.fromDate(),
          rule.toDate(),
          rule.percent(),
          rule.seats(),
          filed.at(),
          !open.contains(filed.id()));
    }
  }

  /**
   * The classes of a cabin, high to low.
   *
   * @param carrier any that has none of its own, when it is missing
   */
  record ClassPlanRequest(
      @Nullable @Pattern(regexp = CARRIER) String carrier,
      @NotNull @Pattern(regexp = "[FJWY]") String cabin,
      @NotNull LocalDate effectiveFrom,
      @NotEmpty @Size(max = 26) List<@Valid @NotNull ClassRequest> classes) {

    private ClassPlan toPlan() {
      for (var i = 0; i < classes.size(); i++) {
        var pointer = "/classes/%d".formatted(i);
        if (i > 0 && classes.get(i).limitPercent() > classes.get(i - 1).limitPercent()) {
          throw Problem.invalid(
              pointer + "/limitPercent", "not_nested", "A class has more than the one above it.");
        }
        var fareClass = classes.get(i).fareClass();
        if (classes.stream().limit(i).anyMatch(c -> c.fareClass().equals(fareClass))) {
          throw Problem.invalid(pointer + "/fareClass", "duplicate", "A class is named twice.");
        }
      }
      return new ClassPlan(
          carrier == null ? ClassPlan.ANY : carrier,
          cabin,
          effectiveFrom,
          classes.stream()
              .map(c -> new ClassPlan.ClassShare(c.fareClass(), c.limitPercent()))
              .toList());
    }
  }

  /** What share of the cabin a class may sell, together with those below it. */
  record ClassRequest(
      @NotNull @Pattern(regexp = "[A-Z]") String fareClass,
      @NotNull @Min(0) @Max(100) Integer limitPercent) {}

  /** A plan that was filed; {@code applied} when it has reached all flights that are on sale. */
  record ClassPlanView(
      UUID id,
      @Nullable String carrier,
      String cabin,
      LocalDate effectiveFrom,
      List<ClassRequest> classes,
      OffsetDateTime filedAt,
      boolean applied) {

    static ClassPlanView of(Filed<ClassPlan> filed, List<UUID> open) {
      var plan = filed.what();
      return new ClassPlanView(
          filed.id(),
          carrierOrNull(plan.carrier()),
          plan.cabin(),
          plan.effectiveFrom(),
          plan.shares().stream().map(s -> new ClassRequest(s.fareClass(), s.percent())).toList(),
          filed.at(),
          !open.contains(filed.id()));
    }
  }

  /** Everything filed; there are few. */
  record Rules<T>(List<T> items) {}

  private static @Nullable String carrierOrNull(String carrier) {
    return carrier.equals(ClassPlan.ANY) ? null : carrier;
  }

  @Operation(summary = "List overbooking rules")
  @GetMapping("/overbooking-rules")
  Rules<OverbookingView> overbooking() {
    var open = replanning.open();
    return new Rules<>(
        plans.overbookingRules().stream().map(rule -> OverbookingView.of(rule, open)).toList());
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = OverbookingView.class)))
  @Operation(summary = "File an overbooking rule")
  @PostMapping("/overbooking-rules")
  ResponseEntity<?> file(@Valid @RequestBody OverbookingRequest request, IdempotencyKey key) {
    var rule = request.toRule();
    return idempotency.once(
        key,
        () -> {
          plans.lock();
          var id = UUID.randomUUID();
          plans.file(id, rule);
          replanning.begin(id, rule.carrier(), rule.fromDate(), rule.toDate());
          return created(overbooking().items().stream().filter(r -> r.id().equals(id)).findFirst());
        });
  }

  @Operation(summary = "List plans of booking classes")
  @GetMapping("/class-plans")
  Rules<ClassPlanView> classPlans() {
    var open = replanning.open();
    return new Rules<>(
        plans.classPlans().stream().map(plan -> ClassPlanView.of(plan, open)).toList());
  }

  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ClassPlanView.class)))
  @Operation(summary = "File a plan of booking classes")
  @PostMapping("/class-plans")
  @Refuses(ProblemCode.ILLEGAL_STATE)
  ResponseEntity<?> file(@Valid @RequestBody ClassPlanRequest request, IdempotencyKey key) {
    var plan = request.toPlan();
    return idempotency.once(
        key,
        () -> {
          plans.lock();
          requireOneCabin(plan);
          var id = UUID.randomUUID();
          if (!plans.file(id, plan)) {
            throw new Problem(
                ProblemCode.ILLEGAL_STATE,
                "A plan for cabin %s from %s on is filed already: file one from another day on."
                    .formatted(plan.cabin(), plan.effectiveFrom()));
          }
          replanning.begin(id, plan.carrier(), plan.effectiveFrom(), FOR_EVER);
          return created(classPlans().items().stream().filter(p -> p.id().equals(id)).findFirst());
        });
  }

  /** A class is sold in one cabin only: its letter alone says where somebody sits. */
  private void requireOneCabin(ClassPlan plan) {
    var cabins = new HashMap<String, String>();
    plans.classPlans().stream()
        .map(Filed::what)
        .filter(other -> !other.cabin().equals(plan.cabin()))
        .forEach(other -> other.shares().forEach(s -> cabins.put(s.fareClass(), other.cabin())));
    for (var i = 0; i < plan.shares().size(); i++) {
      var other = cabins.get(plan.shares().get(i).fareClass());
      if (other != null) {
        throw Problem.invalid(
            "/classes/%d/fareClass".formatted(i),
            "class_of_another_cabin",
            "Class %s is sold in cabin %s.".formatted(plan.shares().get(i).fareClass(), other));
      }
    }
  }

  private static ResponseEntity<?> created(Optional<?> view) {
    return ResponseEntity.status(HttpStatus.CREATED).body(view.orElseThrow());
  }
}
