package aero.contrail.loyalty.earning;

import aero.contrail.events.EventJson;
import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.Offer;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Segment;
import aero.contrail.loyalty.member.MemberFinder;
import aero.contrail.loyalty.tier.TierAccounts;
import aero.contrail.loyalty.tier.Tiers;
import aero.contrail.web.Refuses;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import aero.contrail.web.security.SignedTokens;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a trip would earn a member, and cost in points. Changes nothing. */
@RestController
@RequestMapping("/programme/quote")
class QuoteController {

  private final MemberFinder finder;
  private final Programmes programmes;
  private final Tiers tiers;
  private final SignedTokens tokens;
  private final Clock clock;

  QuoteController(
      MemberFinder finder, Programmes programmes, Tiers tiers, SignedTokens tokens, Clock clock) {
    this.finder = finder;
    this.programmes = programmes;
    this.tiers = tiers;
    this.tokens = tokens;
    this.clock = clock;
  }

  record QuoteRequest(
      @NotBlank @Size(max = 20) String memberNumber,
      @NotBlank @Size(max = 20_000) String offerId) {}

  /** {@code rule}: the version that decides, if no other is filed meanwhile. */
  record QuotedFlight(FlightId flightId, String tier, int points, int tierPoints, String rule) {}

  /**
   * @param costs points for which the whole party can have the flights instead of for the fare;
   *     null when they are not to be had so
   */
  record QuoteView(
      MemberNumber memberNumber,
      int points,
      int tierPoints,
      @Nullable Integer costs,
      List<QuotedFlight> flights) {}

  @Operation(
      summary = "Read what a trip would earn a member and cost in points",
      description =
          "With the tier that the member will have on each day of travel by what was flown so far."
              + " What is posted when it is flown follows from the rules and the tier of then.")
  @Refuses({ProblemCode.OFFER_EXPIRED, ProblemCode.NOT_FOUND})
  @PostMapping
  QuoteView quote(@Valid @RequestBody QuoteRequest request, Caller caller) {
    var member = finder.require(request.memberNumber(), caller).number();
    var offer = offer(request.offerId(), caller);
    var rules = programmes.earningRules();
    var standings = tiers.of(List.of(member));
    var flights = offer.segments().stream().map(s -> quoted(s, member, rules, standings)).toList();
    return new QuoteView(
        member,
        flights.stream().mapToInt(QuotedFlight::points).sum(),
        flights.stream().mapToInt(QuotedFlight::tierPoints).sum(),
        offer.pointsOfAll(),
        flights);
  }

  private static QuotedFlight quoted(
      Segment segment, MemberNumber member, EarningRules rules, TierAccounts standings) {
    var day = segment.flight().departureDate();
    var tier = standings.tier(member, day);
    var decided =
        rules.decide(segment.fareClass(), segment.leg().miles(), PassengerType.ADULT, tier, day);
    return new QuotedFlight(
        segment.flight(),
        tier,
        decided.earned().points(),
        decided.earned().tierPoints(),
        decided.rule());
  }

  private Offer offer(String token, Caller caller) {
    var offer =
        tokens
            .verify(SignedTokens.Kind.OFFER, token, caller.channel())
            .map(document -> EventJson.mapper().readValue(document, Offer.class))
            .orElseThrow(
                () -> Problem.invalid("/offerId", "offer_invalid", "Not an offer of ours."));
    if (!offer.expiresAt().isAfter(clock.instant())) {
      throw new Problem(
          ProblemCode.OFFER_EXPIRED, "The offer expired at " + offer.expiresAt() + ".");
    }
    return offer;
  }
}
