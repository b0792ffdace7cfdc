package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.Api.Answer;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The journal of what customers paid, flew and got back. */
class RevenueTests extends AtTheAirport {

  private Api staff() {
    return web.as("backoffice");
  }

  private List<JsonNode> lines(String order) {
    var lines = new ArrayList<JsonNode>();
    staff()
        .get("/revenue/journal?limit=200&from=%s&to=%s&orderId=%s".formatted(today(), far(), order))
        .expect(200)
        .json()
        .at("/items")
        .forEach(lines::add);
    return lines;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(sales.now(), ZoneId.of("America/New_York"));
  }

  private LocalDate far() {
    return today().plusYears(2); // the clock of the sandbox goes on
  }

  private Map<String, BigDecimal> balances(String order) {
    var balances = new HashMap<String, BigDecimal>();
    staff()
        .get("/revenue/balances?from=%s&to=%s&orderId=%s".formatted(today(), far(), order))
        .expect(200)
        .json()
        .at("/items")
        .forEach(
            item ->
                balances.put(
                    item.at("/account").asString(),
                    new BigDecimal(item.at("/amount/amount").asString())));
    return balances;
  }

  private void awaitFact(String order, String fact) {
    Awaitility.await(fact)
        .until(() -> lines(order).stream().anyMatch(l -> l.at("/fact").asString().equals(fact)));
  }

  private static BigDecimal amount(Answer answer, String pointer) {
    return new BigDecimal(answer.at(pointer + "/amount"));
  }

  @Test
  void whatIsFlownIsEarned() {
    var flight = sales.flight("ORD", "738");
    var order = sales.ticket(flight, "Y");
    var id = order.at("/id");
    awaitFact(id, "OrderTicketed");
    var total = amount(order, "/total");
    var sold = balances(id);
    assertThat(sold.get("CASH")).isEqualTo(total);
    assertThat(sold.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("0");
    assertThat(sold).containsOnlyKeys("CASH", "UNEARNED_FARES", "TAXES_COLLECTED");

    operate(flight, "depart");
    awaitFact(id, "CouponsFlown");
    var flown = balances(id);
    assertThat(flown)
        .containsOnlyKeys("CASH", "EARNED_FARES", "TAXES_PAYABLE")
        .containsEntry("EARNED_FARES", sold.get("UNEARNED_FARES"))
        .containsEntry("TAXES_PAYABLE", sold.get("TAXES_COLLECTED"));
  }

  @Test
  void whatIsGivenBackIsGone() {
    var order = sales.ticket(sales.flight("ORD", "738"), "Y").at("/id");
    var quote = web.create("/orders/" + order + "/cancellations", "").expect(201);
    web.create("/orders/%s/cancellations/%s/confirm".formatted(order, quote.at("/id")), "")
        .expect(200);
    awaitFact(order, "RefundIssued");
    assertThat(balances(order)).isEmpty(); // voided on the day of issue: nothing is kept
    var sums = new HashMap<String, BigDecimal>();
    for (var line : lines(order)) {
      sums.merge(
          line.at("/version").asString(),
          new BigDecimal(line.at("/amount/amount").asString()),
          BigDecimal::add);
    }
    assertThat(sums.values()).allMatch(sum -> sum.signum() == 0);
  }

  @Test
  void isExportedAsCsv() throws Exception {
    var order = sales.ticket(sales.flight("ORD", "738"), "Y").at("/id");
    awaitFact(order, "OrderTicketed");
    var csv =
        staff()
            .get(
                "/revenue/journal?from=%s&to=%s&orderId=%s".formatted(today(), far(), order),
                "Accept",
                "text/csv")
            .expect(200);
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.header("Content-Disposition")).contains("journal-" + today());
    try (var parsed =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv.text()))) {
      var records = parsed.getRecords();
      assertThat(records).hasSameSizeAs(lines(order));
      assertThat(
              records.stream()
                  .map(row -> new BigDecimal(row.get("amount")))
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo("0");
      assertThat(records).allMatch(row -> row.get("order_id").equals(order));
    }
  }

  @Test
  void isReadInPagesWithoutALineTwice() {
    for (var i = 0; i < 3; i++) {
      awaitFact(sales.ticket(sales.flight("ORD", "738"), "Y").at("/id"), "OrderTicketed");
    }
    var path = "/revenue/journal?account=CASH&limit=2&from=%s&to=%s".formatted(today(), far());
    var seen = new HashSet<String>();
    var cursor = "";
    do {
      var page = staff().get(path + cursor).expect(200);
      page.json()
          .at("/items")
          .forEach(
              line ->
                  assertThat(
                          seen.add(line.at("/orderId").asString() + line.at("/version").asString()))
                      .isTrue());
      cursor = page.at("/next").isEmpty() ? "" : "&cursor=" + page.at("/next");
    } while (!cursor.isEmpty());
    assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void isForStaffAndForDaysThatMakeSense() {
    web.get("/revenue/journal").problem(403, "forbidden");
    web.get("/revenue/balances").problem(403, "forbidden");
    staff().get("/revenue/journal?from=2026-12-02&to=2026-12-01").problem(400, "invalid_parameter");
    staff().get("/revenue/journal?from=yesterday").expect(400);
    staff().get("/revenue/journal?cursor=x").expect(400);
    staff().get("/revenue/balances").expect(200);
  }
}
