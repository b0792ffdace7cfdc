package aero.contrail.loyalty.expiry;

import aero.contrail.loyalty.ledger.Statements;
import aero.contrail.loyalty.ledger.Statements.Liability;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the programme owes its members. */
@RestController
@RequestMapping("/programme/liability")
class LiabilityController {

  private final Statements statements;

  LiabilityController(Statements statements) {
    this.statements = statements;
  }

  /** By the month in which it expires, the first first; at last what lasts. */
  record LiabilityView(List<Liability> items) {}

  @Operation(
      summary = "Read what members can still spend, by the month in which it expires",
      description = "Reads every lot that has points: for a report, not for a screen.")
  @GetMapping
  LiabilityView liability() {
    return new LiabilityView(statements.liability());
  }
}
