package aero.contrail.shopping.search;

import aero.contrail.events.PassengerType;
import aero.contrail.web.Page;
import aero.contrail.web.Refuses;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Offers: what can be flown, priced and signed. */
@RestController
@RequestMapping("/offers")
class OfferController {

  private static final String OFFERS = "offers";

  private static final int MOST_PASSENGERS = 9;

  private final Offers offers;

  OfferController(Offers offers) {
    this.offers = offers;
  }

  record PriceRequest(@NotNull @Size(min = 1, max = 20_000) String offerId) {}

  @Operation(summary = "Search offers for a trip")
  @GetMapping
  Page<OfferView> search(
      @RequestParam @Pattern(regexp = "[A-Z]{3}") String origin,
      @RequestParam @Pattern(regexp = "[A-Z]{3}") String destination,
      @RequestParam LocalDate date,
      @RequestParam @Min(1) @Max(MOST_PASSENGERS) int adults,
      @RequestParam(defaultValue = "0") @Min(0) @Max(MOST_PASSENGERS) int children,
      @RequestParam(defaultValue = "0") @Min(0) @Max(MOST_PASSENGERS) int infants,
      @RequestParam(required = false) @Nullable @Pattern(regexp = "[FJWY]") String cabin,
      @RequestParam(required = false) @Nullable LocalDate returnDate,
      @RequestParam(defaultValue = "1") @Min(0) @Max(1) int maxStops,
      @RequestParam(defaultValue = "false") boolean waitlist,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      Caller caller) {
    if (adults + children + infants > MOST_PASSENGERS) {
      throw Problem.invalidParameter("adults", "At most 9 passengers travel on one order.");
    }
    if (infants > adults) {
      throw Problem.invalidParameter("infants", "Each infant needs the lap of an adult.");
    }
    if (origin.equals(destination)) {
      throw Problem.invalidParameter("destination", "destination is the origin.");
    }
    if (returnDate != null && returnDate.isBefore(date)) {
      throw Problem.invalidParameter("returnDate", "returnDate is before date.");
    }
    var party =
        Map.of(
            PassengerType.ADULT, adults,
            PassengerType.CHILD, children,
            PassengerType.INFANT, infants);
    var wish =
        new Wish(
            new Route(origin, destination, date), returnDate, party, cabin, maxStops, waitlist);
    var after = Page.after(OFFERS, cursor, "", Function.identity());
    return Page.of(
        OFFERS,
        offers.search(wish, after, limit + 1, caller.channel()),
        limit,
        Offers.Signed::key,
        OfferView::of);
  }

  @Operation(summary = "Price an offer anew")
  @PostMapping("/price")
  @Refuses({
    ProblemCode.OFFER_INVALID,
    ProblemCode.OFFER_EXPIRED,
    ProblemCode.SPACE_UNAVAILABLE,
    ProblemCode.SCHEDULE_CHANGED
  })
  OfferView price(@Valid @RequestBody PriceRequest request, Caller caller) {
    return OfferView.of(offers.reprice(request.offerId(), caller.channel()));
  }
}
