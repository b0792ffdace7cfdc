package aero.contrail.order;

import aero.contrail.events.MemberNumber;
import aero.contrail.events.PaymentId;
import aero.contrail.order.model.OrderCommand.Points;
import aero.contrail.order.payment.CardToken;
import aero.contrail.web.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** How something is paid: by card, or its fares with points and the rest by card. */
public record PaymentRequest(@NotEmpty @Size(max = 2) List<@Valid @NotNull Tender> tenders) {

  /**
   * A card, known to the payment provider by its token; without an amount it pays all that is left.
   * Or points of a member.
   */
  public record Tender(
      @NotNull Method method,
      @Nullable @Size(max = 200) @CardToken String token,
      @Nullable Money amount,
      @Nullable String memberNumber,
      @Nullable @Min(1) @Max(1_000_000_000) Integer points) {}

  /** Means of payment. */
  public enum Method {
    CARD,
    POINTS
  }

  /**
   * What the tenders say, once they are known to fit together.
   *
   * @param cardAt where it stands among them
   * @param pointsAt the same of the points
   */
  public record Means(
      String token, @Nullable Money amount, int cardAt, @Nullable Tender points, int pointsAt) {

    /** The points, as a payment beside the card's. */
    public @Nullable Points points(PaymentId payment) {
      return points == null || points.memberNumber == null || points.points == null
          ? null
          : new Points(payment, new MemberNumber(points.memberNumber), points.points);
    }
  }

  /**
   * A card alone.
   *
   * @param where the payment stands in the body
   * @throws Problem when it is something else
   */
  public String card(String where) {
    var means = means(where);
    if (means.points() != null) {
      throw Problem.invalid(
          "%s/tenders/%d/method".formatted(where, means.pointsAt()),
          "card_only",
          "Points pay for flights when they are bought: this is paid by card.");
    }
    return means.token();
  }

  /**
   * A card, and points beside it if there are any.
   *
   * @param where the payment stands in the body
   * @throws Problem when the tenders do not fit together
   */
  public Means means(String where) {
    var card = only(Method.CARD, where);
    var points = only(Method.POINTS, where);
    if (card < 0) {
      throw Problem.invalid(
          where + "/tenders",
          "card_missing",
          "Points pay the fares: name a card that pays the taxes and the rest.");
    }
    var by = tenders.get(card);
    if (by.token == null || by.token.isBlank()) {
      throw wrong(where, card, "token", "not_blank", "A card is named by its token.");
    }
    if (by.memberNumber != null || by.points != null) {
      throw wrong(where, card, "method", "not_with_points", "Points are a tender of their own.");
    }
    if (points >= 0) {
      check(tenders.get(points), where, points);
    }
    return new Means(by.token, by.amount, card, points < 0 ? null : tenders.get(points), points);
  }

  private int only(Method method, String where) {
    var at =
        IntStream.range(0, tenders.size()).filter(i -> tenders.get(i).method == method).toArray();
    if (at.length > 1) {
      throw wrong(where, at[1], "method", "duplicate", "One tender of each kind.");
    }
    return at.length == 0 ? -1 : at[0];
  }

  private static void check(Tender points, String where, int at) {
    if (points.token != null || points.amount != null) {
      throw wrong(where, at, "method", "not_with_card", "A card is a tender of its own.");
    }
    if (points.points == null) {
      throw wrong(where, at, "points", "not_null", "How many points?");
    }
    if (!MemberNumber.isValid(points.memberNumber)) {
      throw wrong(
          where,
          at,
          "memberNumber",
          "invalid_member_number",
          "A member number has ten digits, the last of them a check digit.");
    }
  }

  private static Problem wrong(
      String where, int tender, String property, String code, String message) {
    return Problem.invalid("%s/tenders/%d/%s".formatted(where, tender, property), code, message);
  }
}
