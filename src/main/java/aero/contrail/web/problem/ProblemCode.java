package aero.contrail.web.problem;

import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Every way in which the API says no. The name in lower case is the stable code of a problem. */
public enum ProblemCode {
  MALFORMED_REQUEST(
      HttpStatus.BAD_REQUEST,
      "The request cannot be read",
      "The body is not the JSON that is expected here: a syntax error, a wrong type or a property"
          + " that does not exist. The errors point to the place.",
      "Correct the request; see /v3/api-docs for its form."),
  INVALID_PARAMETER(
      HttpStatus.BAD_REQUEST,
      "A parameter or header is wrong",
      "A path or query parameter or a header is missing or has a form that is not understood.",
      "Correct the parameter that the errors name."),
  IDEMPOTENCY_KEY_MISSING(
      HttpStatus.BAD_REQUEST,
      "Idempotency-Key is missing or has a wrong form",
      "A POST that creates or moves something needs the header Idempotency-Key: 1 to 255 visible"
          + " ASCII characters, for example a UUID.",
      "Send a new key with each new request, and the same key when you repeat one."),
  UNSUPPORTED_API_VERSION(
      HttpStatus.BAD_REQUEST,
      "This API version does not exist",
      "The header Api-Version names a version that is not served.",
      "Send Api-Version: 1, or leave the header out for the newest."),
  UNAUTHORIZED(
      HttpStatus.UNAUTHORIZED,
      "Authentication is needed",
      "There is no valid bearer token, or it has expired; at the token endpoint: the client is"
          + " unknown or its secret is wrong.",
      "Get a token from POST /oauth2/token and send it as Authorization: Bearer."),
  INVALID_TOKEN_REQUEST(
      HttpStatus.BAD_REQUEST,
      "The token request is wrong",
      "The token endpoint takes grant_type=client_credentials and scopes that the client has.",
      "Correct the form parameters that the detail names."),
  PAYMENT_DECLINED(
      HttpStatus.PAYMENT_REQUIRED,
      "The payment was declined",
      "The payment provider refused the card. The order is still held until its payBy.",
      "Pay with another card before payBy, with a new Idempotency-Key."),
  PAYMENT_ACTION_REQUIRED(
      HttpStatus.PAYMENT_REQUIRED,
      "The customer has to confirm the payment",
      "The card's bank wants to hear from the customer himself (3-D Secure). The order is still"
          + " held until its payBy.",
      "Send the customer to actionUrl; the payment goes on by itself when he has confirmed. Follow"
          + " the order."),
  SIGNATURE_INVALID(
      HttpStatus.BAD_REQUEST,
      "The signature does not fit",
      "The notice is not signed with the secret that is shared with the payment provider, or it was"
          + " signed more than five minutes ago.",
      "Compare the secret of the webhook at the provider's with the configured one, and the"
          + " clocks."),
  FORBIDDEN(
      HttpStatus.FORBIDDEN,
      "The token does not allow this",
      "The token lacks the scope that this request needs.",
      "Get a token with the scope that the detail names, from a client that has it."),
  NOT_FOUND(
      HttpStatus.NOT_FOUND,
      "There is no such thing",
      "Nothing has this id, or it belongs to another channel, or the path does not exist.",
      "Check the id and the path."),
  METHOD_NOT_ALLOWED(
      HttpStatus.METHOD_NOT_ALLOWED,
      "This method is not served here",
      "The path exists, but not with this HTTP method.",
      "Use one of the methods in the Allow header."),
  NOT_ACCEPTABLE(
      HttpStatus.NOT_ACCEPTABLE,
      "The answer has no such form",
      "The Accept header asks for a media type that this resource does not have.",
      "Accept application/json."),
  REQUEST_TIMEOUT(
      HttpStatus.REQUEST_TIMEOUT,
      "The body came too slowly",
      "The body did not arrive within seconds, or trickled; nothing was done.",
      "Send the request again with the same Idempotency-Key.",
      true),
  REQUEST_IN_PROGRESS(
      HttpStatus.CONFLICT,
      "The same request is still being worked on",
      "A request with the same Idempotency-Key has not been answered yet.",
      "Repeat it with the same key after Retry-After.",
      true),
  CONCURRENT_CHANGE(
      HttpStatus.CONFLICT,
      "Somebody else was faster",
      "Another request changed the same thing at the same moment.",
      "Read it again, and repeat the request if it still makes sense.",
      true),
  SPACE_UNAVAILABLE(
      HttpStatus.CONFLICT,
      "No space left",
      "The flights cannot take the whole party in the class that was offered; the offer was made"
          + " before the seats were gone.",
      "Search again and order another offer."),
  SCHEDULE_CHANGED(
      HttpStatus.CONFLICT,
      "The schedule has changed since the offer",
      "A flight of the offer leaves or arrives at another time, goes elsewhere or is flown by"
          + " another aircraft than the offer said.",
      "Search again and order another offer."),
  HOLD_LIMIT(
      HttpStatus.CONFLICT,
      "Too much is held and not paid for",
      "A channel may hold a part of a flight's seats without paying for them, and the same"
          + " customer may not hold the same flight again and again.",
      "Pay for the order when it is placed, or give up orders that are held."),
  SEAT_TAKEN(
      HttpStatus.CONFLICT,
      "Somebody sits there",
      "The seat is another passenger's.",
      "Choose a seat that is free in GET /flights/{id}/seat-map."),
  ILLEGAL_STATE(
      HttpStatus.CONFLICT,
      "The state does not allow this",
      "What is asked for is not possible in the present state, which the detail names.",
      "Read the resource again; availableActions of an order tell what is possible."),
  SPECIAL_SERVICE_UNAVAILABLE(
      HttpStatus.CONFLICT,
      "The flight cannot give this special service",
      "As many as the flight takes have it already.",
      "Choose another flight, or ask the airline."),
  NOT_CHANGEABLE(
      HttpStatus.CONFLICT,
      "The fare does not allow changes",
      "What was bought cannot be exchanged for other flights.",
      "Cancel what is not wanted, and place another order."),
  ALREADY_PAID(
      HttpStatus.CONFLICT,
      "The order is paid or being paid",
      "A payment has succeeded, or is under way.",
      "Read the order to follow the payment."),
  QUOTE_SUPERSEDED(
      HttpStatus.CONFLICT,
      "There is a newer quote",
      "Only the newest quote of an order can be confirmed.",
      "Confirm the newest one, or ask for another."),
  OFFER_EXPIRED(
      HttpStatus.GONE,
      "The offer has expired",
      "Offers are good for a few minutes only.",
      "Search again."),
  QUOTE_EXPIRED(
      HttpStatus.GONE,
      "The quote has expired",
      "Quotes are good for a few minutes only.",
      "Ask for a new quote."),
  ORDER_EXPIRED(
      HttpStatus.GONE,
      "The order has expired",
      "It was not paid before its payBy; the space went back on sale.",
      "Search again and place a new order."),
  ALREADY_FILED(
      HttpStatus.CONFLICT,
      "There is a version from this day on",
      "Rules are filed once and never change, so that what was decided by them can be explained.",
      "File a version from another day on."),
  INSUFFICIENT_POINTS(
      HttpStatus.CONFLICT,
      "The member has too few points",
      "What the member has to spend is less than the flights cost, or is held for another order.",
      "Pay by card, or with points of another member. The order is still held until its payBy."),
  SECOND_PERSON_NEEDED(
      HttpStatus.CONFLICT,
      "Somebody else has to decide this",
      "Who asked for a large adjustment cannot approve or reject it.",
      "Let another client with the scope members:adjust decide."),
  PRECONDITION_FAILED(
      HttpStatus.PRECONDITION_FAILED,
      "It has changed since you read it",
      "If-Match names a version that is no longer the current one.",
      "Read it again and decide anew."),
  BODY_TOO_LARGE(
      HttpStatus.CONTENT_TOO_LARGE,
      "The body is too large",
      "The body has more bytes than this resource takes.",
      "Send less, or split it."),
  URI_TOO_LONG(
      HttpStatus.URI_TOO_LONG,
      "The address is too long",
      "The request line is longer than the server reads.",
      "Shorten the query."),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      "This media type is not taken here",
      "The Content-Type is not one that this resource reads.",
      "Send application/json, or what the Accept header of the answer names."),
  VALIDATION_FAILED(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The request does not make sense",
      "It can be read, but values are missing, out of range or do not fit together.",
      "Correct what the errors point to."),
  OFFER_INVALID(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "This is not an offer of ours",
      "The offer id was changed or cut on its way, or was made by another system.",
      "Use the offerId exactly as GET /offers gave it."),
  PRICE_CHANGED(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The amount is not the price",
      "The amount of the payment is not what the order costs.",
      "Pay the total of the order, or leave the amount out."),
  NOT_FOR_POINTS(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The flights are not to be had for points",
      "The programme's award chart has no price in points for these flights in this class.",
      "Pay them by card, or choose an offer that shows what it costs in points."),
  MEMBER_UNKNOWN(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "There is no such member",
      "Nobody has this number whose points the channel may move: those of the members that it"
          + " enrolled.",
      "Correct the number, or let the channel that enrolled the member do it."),
  IDEMPOTENCY_KEY_REUSED(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The Idempotency-Key was used for another request",
      "A request with the same key and another body has been answered before.",
      "Send a new key with each new request."),
  PRECONDITION_REQUIRED(
      HttpStatus.PRECONDITION_REQUIRED,
      "If-Match is needed",
      "A change must say which version it is based on.",
      "Read the resource and send its ETag as If-Match."),
  RATE_LIMITED(
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many requests",
      "The client sends more requests than its limit allows.",
      "Wait for Retry-After.",
      true),
  HEADERS_TOO_LARGE(
      HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
      "The headers are too large",
      "The request has more header bytes than the server reads.",
      "Send fewer or shorter headers."),
  INTERNAL_ERROR(
      HttpStatus.INTERNAL_SERVER_ERROR,
      "Something is broken here",
      "An error that nobody foresaw. Nothing was half done.",
      "Repeat the request with the same Idempotency-Key; if it stays, report the requestId.",
      true),
  UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Not available at the moment",
      "The system is overloaded, starting, stopping, or its database is out of reach.",
      "Repeat the request with the same Idempotency-Key after Retry-After.",
      true);

  private final HttpStatus status;
  private final String title;
  private final String cause;
  private final String remedy;
  private final boolean retryable;

  ProblemCode(HttpStatus status, String title, String cause, String remedy) {
    this(status, title, cause, remedy, false);
  }

  ProblemCode(HttpStatus status, String title, String cause, String remedy, boolean retryable) {
    this.status = status;
    this.title = title;
    this.cause = cause;
    this.remedy = remedy;
    this.retryable = retryable;
  }

  /** The stable code that clients see, for example {@code space_unavailable}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public HttpStatus status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** Why it happens. */
  public String cause() {
    return cause;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  static Optional<ProblemCode> of(String code) {
    for (var candidate : values()) {
      if (candidate.code().equals(code)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** The general code for a status that a framework chose. */
  static ProblemCode of(int status) {
    return switch (status) {
      case 400 -> MALFORMED_REQUEST;
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 409 -> ILLEGAL_STATE;
      case 408 -> REQUEST_TIMEOUT;
      case 413 -> BODY_TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> RATE_LIMITED;
      case 431 -> HEADERS_TOO_LARGE;
      case 501, 505 -> MALFORMED_REQUEST; // not HTTP as it is spoken here
      case 503 -> UNAVAILABLE;
      default -> status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
    };
  }
}
