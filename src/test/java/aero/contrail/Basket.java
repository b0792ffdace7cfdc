package aero.contrail;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orders as customers place them: alone and as a family, direct and with a connection, with cards
 * that pay, are declined, answer late or not at first, and without a card; some of those wait when
 * there is no space.
 */
final class Basket {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Most cards pay at once. */
  private static final List<String> CARDS =
      List.of(
          "tok_ok", "tok_ok", "tok_ok", "tok_ok", "tok_declined", "tok_timeout", "tok_late", "");

  private static final Map<String, Object> GRACE =
      Map.of(
          "type", "ADULT",
          "givenName", "Grace",
          "familyName", "Hopper",
          "bornOn", "1986-12-09",
          "memberNumber", "4000000028");

  private static final Map<String, Object> CHILD =
      Map.of("type", "CHILD", "givenName", "Alan", "familyName", "Hopper", "bornOn", "2018-06-23");

  private static final Map<String, Object> INFANT =
      Map.of("type", "INFANT", "givenName", "Kate", "familyName", "Hopper", "bornOn", "2026-08-26");

  private final List<String> alone = new ArrayList<>();
  private final List<String> families = new ArrayList<>();

  /** By flight: what goes with it. */
  private final Map<String, List<JsonNode>> services = new HashMap<>();

  /** Takes offers in class Y for everything that is sold. */
  Basket(Api web, List<String> destinations) {
    for (var destination : destinations) {
      offers(web, destination, "adults=1").forEach(alone::add);
    }
    alone.forEach(offer -> services(web, offer));
    for (var destination : destinations.subList(0, 3)) {
      offers(web, destination, "adults=2&children=1&infants=1").forEach(families::add);
    }
  }

  private void services(Api web, String offer) {
    web.post("/offers/services", Map.of("offerId", offer))
        .expect(200)
        .json()
        .at("/items")
        .forEach(
            item ->
                services
                    .computeIfAbsent(item.at("/flightId").asString(), _ -> new ArrayList<>())
                    .add(item));
  }

  /** The body with which a passenger buys bags or a seat for a flight, of which there are few. */
  String service(Random random, String flight) {
    var offers =
        services.getOrDefault(flight, List.of()).stream()
            .filter(item -> item.at("/kind").asString().matches("BAG|SEAT"))
            .filter(item -> item.at("/passengerTypes").toString().contains("ADULT"))
            .toList();
    if (offers.isEmpty()) {
      return "";
    }
    var offer = offers.get(random.nextInt(offers.size()));
    var wanted = new HashMap<String, Object>();
    wanted.put("serviceOfferId", offer.at("/serviceOfferId").asString());
    wanted.put("passengerId", "P1");
    if (offer.at("/kind").asString().equals("SEAT")) {
      var rows = offer.at("/rows");
      var row = rows.isArray() ? rows.get(0).asInt() : 20 + random.nextInt(3);
      wanted.put("seat", row + "ABC".substring(random.nextInt(3)).substring(0, 1));
    }
    var body = new HashMap<String, Object>(Map.of("services", List.of(wanted)));
    if (!offer.at("/price/amount").asString().equals("0.00")) {
      body.put("payment", card(random));
    }
    return JSON.writeValueAsString(body);
  }

  private static Map<String, Object> card(Random random) {
    var cards = List.of("tok_ok", "tok_ok", "tok_ok", "tok_timeout", "tok_declined");
    return Sales.card(cards.get(random.nextInt(cards.size())));
  }

  private static List<String> offers(Api web, String destination, String party) {
    return web.get(
            "/offers?origin=EWR&destination=%s&date=%s&%s&limit=200"
                .formatted(destination, Sales.day(), party))
        .expect(200)
        .json()
        .at("/items")
        .valueStream()
        .filter(offer -> offer.at("/fareClass").asString().equals("Y"))
        .map(offer -> offer.at("/offerId"))
        .map(JsonNode::asString)
        .toList();
  }

  /** The body of a change: one passenger flies something else. */
  String change(Random random, List<String> instead) {
    return JSON.writeValueAsString(
        Map.of(
            "passengerIds", List.of("P1"),
            "remove", instead,
            "offerId", alone.get(random.nextInt(alone.size()))));
  }

  /** What a change is paid with. */
  String payment(Random random) {
    return JSON.writeValueAsString(Map.of("payment", card(random)));
  }

  /** The body of an order. */
  String order(Random random) {
    var isFamily = random.nextInt(4) == 0;
    var offers = isFamily ? families : alone;
    var body = new HashMap<String, Object>();
    body.put("offerId", offers.get(random.nextInt(offers.size())));
    body.put(
        "passengers", isFamily ? List.of(Sales.ADA, GRACE, CHILD, INFANT) : List.of(Sales.ADA));
    body.put("contact", Sales.CONTACT);
    var card = CARDS.get(random.nextInt(CARDS.size()));
    if (!card.isEmpty()) {
      body.put("payment", Sales.card(card));
    } else if (random.nextBoolean()) {
      var until = Clock.systemUTC().instant().plusSeconds(60 + random.nextInt(30)).toString();
      var other = offers.get(random.nextInt(offers.size()));
      body.put("waitlist", Map.of("until", until, "anyOf", List.of(other)));
    }
    return JSON.writeValueAsString(body);
  }
}
