package aero.contrail.order;

import aero.contrail.events.MemberNumber;
import aero.contrail.events.Offer;
import aero.contrail.events.OrderEvent.Choice;
import aero.contrail.events.OrderEvent.Waitlist;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Traveller;
import aero.contrail.order.ancillary.WantedAncillary;
import aero.contrail.order.person.AgeRules;
import aero.contrail.order.person.NameKey;
import aero.contrail.order.person.PersonalData.Contact;
import aero.contrail.order.person.PersonalData.People;
import aero.contrail.order.person.PersonalData.Person;
import aero.contrail.web.PersonName;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.Problem.FieldError;
import aero.contrail.web.problem.ProblemCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /orders}. Without a payment the order is held and paid later. */
record PlaceRequest(
    @NotBlank @Size(max = 20_000) String offerId,
    @NotEmpty @Size(max = 9, message = "More than nine travel as a group: POST /groups.")
        List<@Valid @NotNull PassengerRequest> passengers,
    @NotNull @Valid ContactRequest contact,
    @Nullable @Valid PaymentRequest payment,
    @Nullable @Size(min = 1, max = 100) @Pattern(regexp = PlaceRequest.PRINTABLE)
        String externalReference,
    @Nullable @Valid WaitlistRequest waitlist,
    @Nullable UUID groupId,
    @Nullable @Size(max = 10) List<@Valid @NotNull WantedAncillary> services) {

  /** Passengers are P1, P2 and so on, in their order. */
  List<WantedAncillary> wantedServices() {
    return services == null ? List.of() : services;
  }

  /**
   * The customer waits if there is no space now.
   *
   * @param anyOf offers that will do instead, for the same party
   */
  record WaitlistRequest(
      @NotNull Instant until,
      @Nullable @Size(max = 5) List<@NotBlank @Size(max = 20_000) String> anyOf) {

    List<String> choices() {
      return anyOf == null ? List.of() : anyOf;
    }
  }

  record PassengerRequest(
      @NotNull PassengerType type,
      @NotBlank @Size(max = PersonName.MAX_LENGTH) @PersonName String givenName,
      @NotBlank @Size(max = PersonName.MAX_LENGTH) @PersonName String familyName,
      @Nullable @Past LocalDate bornOn,
      @Nullable String memberNumber) {

    /** The same for the same person, in whatever script and case his name is written. */
    String person() {
      return key(givenName) + "/" + key(familyName) + "/" + bornOn;
    }

    private static String key(String name) {
      var key = NameKey.of(name);
      return key.isEmpty() ? name : key;
    }
  }

  record ContactRequest(
      @NotBlank @Email @Size(max = 254) String email,
      @Nullable @Pattern(regexp = "\\+?[0-9 ()-]{4,30}") String phone) {}

  /** References come in all scripts, but without control characters. */
  private static final String PRINTABLE = "\\P{C}*";

  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);

  /**
   * The party, as the published language knows it.
   *
   * @throws Problem when it is not the party that the offer was made for
   */
  List<Traveller> travellers(Offer offer) {
    var errors = new ArrayList<FieldError>();
    var travellers = new ArrayList<Traveller>();
    var members = new HashSet<MemberNumber>();
    var persons = new HashSet<String>();
    for (var i = 0; i < passengers.size(); i++) {
      var passenger = passengers.get(i);
      var pointer = "/passengers/" + i;
      var member = member(passenger, pointer, errors);
      if (member != null && !members.add(member)) {
        errors.add(
            new FieldError(
                pointer + "/memberNumber", "duplicate", "A member travels once on an order."));
      }
      if (passengers.size() > 1 && !persons.add(passenger.person())) {
        errors.add(new FieldError(pointer, "duplicate", "A person travels once on an order."));
      }
      checkAge(passenger, offer, pointer, errors);
      travellers.add(new Traveller(new PassengerId("P" + (i + 1)), passenger.type(), member));
    }
    for (var type : PassengerType.values()) {
      var count = passengers.stream().filter(p -> p.type() == type).count();
      if (count != offer.count(type)) {
        errors.add(
            new FieldError(
                "/passengers",
                "party_mismatch",
                "The offer is for %d %s, not %d.".formatted(offer.count(type), type, count)));
      }
    }
    if (!errors.isEmpty()) {
      throw new Problem(
          ProblemCode.VALIDATION_FAILED, "The passengers do not fit the offer.", errors);
    }
    return travellers;
  }

  /**
   * For what the customer waits, if he does.
   *
   * @param offers what an offer's token says
   * @throws Problem when he cannot wait so
   */
  @Nullable Waitlist waitlist(
      Offer offer, Function<String, Offer> offers, Duration salesCutOff, Instant now) {
    if (waitlist == null) {
      return null;
    }
    if (payment != null) {
      throw Problem.invalid(
          "/payment", "not_with_waitlist", "Who waits pays when there is space: leave it out.");
    }
    if (!wantedServices().isEmpty()) {
      throw Problem.invalid(
          "/services",
          "not_with_waitlist",
          "Services are ordered when there is space: leave them out.");
    }
    if (groupId != null) {
      throw Problem.invalid("/groupId", "not_with_waitlist", "A group has its seats already.");
    }
    if (!waitlist.until.isAfter(now)) {
      throw Problem.invalid("/waitlist/until", "in_the_past", "It is later already.");
    }
    var others = waitlist.choices().stream().map(offers).map(this::choice).toList();
    var last =
        Stream.concat(Stream.of(offer.segments()), others.stream().map(Choice::segments))
            .map(segments -> segments.getFirst().leg().departure().toInstant().minus(salesCutOff))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return new Waitlist(waitlist.until.isBefore(last) ? waitlist.until : last, others);
  }

  private Choice choice(Offer other) {
    var _ = travellers(other); // it must be for the same party
    return new Choice(other.segments(), other.price(), other.conditions(), other.points());
  }

  People people() {
    return new People(
        IntStream.range(0, passengers.size())
            .mapToObj(
                i ->
                    new Person(
                        new PassengerId("P" + (i + 1)),
                        PersonName.Rule.normalised(passengers.get(i).givenName()),
                        PersonName.Rule.normalised(passengers.get(i).familyName()),
                        passengers.get(i).bornOn()))
            .toList(),
        new Contact(contact.email(), contact.phone()));
  }

  private static @Nullable MemberNumber member(
      PassengerRequest passenger, String pointer, List<FieldError> errors) {
    var number = passenger.memberNumber();
    try {
      return number == null ? null : new MemberNumber(number);
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(
              pointer + "/memberNumber",
              "invalid_member_number",
              "A member number has ten digits, the last of them a check digit."));
      return null;
    }
  }

  private static void checkAge(
      PassengerRequest passenger, Offer offer, String pointer, List<FieldError> errors) {
    var born = passenger.bornOn();
    if (born == null) {
      if (passenger.type() != PassengerType.ADULT) {
        errors.add(
            new FieldError(pointer + "/bornOn", "not_null", "Needed for children and infants."));
      }
      return;
    }
    if (born.isBefore(EARLIEST_BIRTH)) {
      errors.add(new FieldError(pointer + "/bornOn", "out_of_range", "Nobody is that old."));
      return;
    }
    var is = AgeRules.type(born, offer.segments());
    if (!AgeRules.allow(passenger.type(), is)) {
      errors.add(
          new FieldError(
              pointer + "/bornOn",
              "age_mismatch",
              "On these flights the passenger is %s, not %s.".formatted(is, passenger.type())));
    }
  }
}
