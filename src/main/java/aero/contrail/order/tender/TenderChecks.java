package aero.contrail.order.tender;

import aero.contrail.order.PaymentRequest.Means;
import aero.contrail.order.model.Details;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.Problem.FieldError;
import aero.contrail.web.problem.ProblemCode;
import java.util.List;
import java.util.Objects;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Holds payments to what is due. */
public final class TenderChecks {

  private TenderChecks() {}

  /** What is left for the card. */
  public static Money byCard(Means means, Details details) {
    return means.points() == null ? details.due() : details.due().minus(details.price().fares());
  }

  /**
   * Holds a card to what is left for it.
   *
   * @param where the payment stands in the body
   * @throws Problem when it is another amount
   */
  public static void amount(Means means, Details details, String where) {
    amount(means.amount(), byCard(means, details), where, means.cardAt());
  }

  /**
   * The same of an amount.
   *
   * @param amount null for whatever is due
   * @param tender which of the tenders it is
   * @throws Problem when it is another amount
   */
  public static void amount(@Nullable Money amount, Money due, String where, int tender) {
    if (amount != null && !amount.equals(due)) {
      throw new Problem(
          ProblemCode.PRICE_CHANGED,
          "It costs %s.".formatted(due),
          List.of(
              new FieldError(
                  "%s/tenders/%d/amount".formatted(where, tender),
                  "price_changed",
                  "It costs " + due + ".")));
    }
  }

  /**
   * Holds points to what the flights cost: they pay all fares, or none.
   *
   * @param due null when they are not to be had for points
   * @throws Problem when they are others
   */
  public static void points(Means means, @Nullable Integer due, String where) {
    var points = means.points();
    if (points == null || Objects.equals(points.points(), due)) {
      return;
    }
    var at = "%s/tenders/%d".formatted(where, means.pointsAt());
    if (due == null) {
      throw new Problem(
          ProblemCode.NOT_FOR_POINTS,
          "These flights are not to be had for points.",
          List.of(new FieldError(at, "not_for_points", "Pay them by card.")));
    }
    var costs = "The fares cost %d points.".formatted(due);
    throw new Problem(
        ProblemCode.PRICE_CHANGED,
        costs,
        List.of(new FieldError(at + "/points", "price_changed", costs)));
  }
}
