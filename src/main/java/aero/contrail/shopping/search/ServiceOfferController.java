package aero.contrail.shopping.search;

import aero.contrail.events.FlightId;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.PassengerType;
import aero.contrail.shopping.search.ServiceOffers.Flown;
import aero.contrail.web.Refuses;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Offers of luggage, seats, meals and special services. */
@RestController
class ServiceOfferController {

  private final ServiceOffers services;
  private final Offers offers;

  ServiceOfferController(ServiceOffers services, Offers offers) {
    this.services = services;
    this.offers = offers;
  }

  /** An offer, or the flights and classes of an order. */
  record ServicesRequest(
      @Nullable @Size(min = 1, max = 20_000) String offerId,
      @Nullable @Size(min = 1, max = 12) List<@Valid @NotNull FlightRequest> flights) {}

  record FlightRequest(
      @NotNull @Size(max = 30) String flightId,
      @NotNull @Pattern(regexp = "[A-Z]") String fareClass) {}

  /** Everything that goes with the flights. */
  record ServicesView(List<ServiceOfferView> items) {}

  /**
   * A service on a flight; {@code serviceOfferId} is what to order with.
   *
   * @param rows in which a seat is to be had for this price; none for any other
   * @param otherRows in which seats have another price
   */
  record ServiceOfferView(
      String serviceOfferId,
      Instant expiresAt,
      ServiceKind kind,
      String code,
      String name,
      FlightId flightId,
      List<PassengerType> passengerTypes,
      Money price,
      int maxQuantity,
      boolean refundable,
      @Nullable List<Integer> rows,
      @Nullable List<Integer> otherRows) {

    static ServiceOfferView of(ServiceOffers.Signed signed) {
      var offer = signed.offer();
      return new ServiceOfferView(
          signed.token(),
          offer.expiresAt(),
          offer.kind(),
          offer.code(),
          offer.name(),
          offer.flight(),
          offer.passengerTypes(),
          offer.price(),
          offer.maxQuantity(),
          offer.refundable(),
          offer.rows(),
          offer.otherRows().isEmpty() ? null : offer.otherRows());
    }
  }

  @Operation(summary = "Offer services for flights")
  @PostMapping("/offers/services")
  @Refuses({ProblemCode.OFFER_INVALID, ProblemCode.OFFER_EXPIRED, ProblemCode.SPACE_UNAVAILABLE})
  ServicesView services(@Valid @RequestBody ServicesRequest request, Caller caller) {
    return new ServicesView(
        services.of(flights(request, caller), caller.channel()).stream()
            .map(ServiceOfferView::of)
            .toList());
  }

  private List<Flown> flights(ServicesRequest request, Caller caller) {
    if ((request.offerId() == null) == (request.flights() == null)) {
      throw Problem.invalid("/offerId", "one_of", "Either offerId or flights has to be given.");
    }
    if (request.offerId() != null) {
      return offers.valid(request.offerId(), caller.channel()).segments().stream()
          .map(segment -> new Flown(segment.flight(), segment.fareClass()))
          .toList();
    }
    var flown = new ArrayList<Flown>();
    for (var i = 0; i < request.flights().size(); i++) {
      flown.add(flown(request.flights().get(i), "/flights/%d/flightId".formatted(i)));
    }
    return flown;
  }

  private static Flown flown(FlightRequest flight, String pointer) {
    try {
      return new Flown(new FlightId(flight.flightId()), flight.fareClass());
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(pointer, "unknown_flight", "There is no such flight.");
    }
  }
}
