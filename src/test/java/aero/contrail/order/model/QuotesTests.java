package aero.contrail.order.model;

import static aero.contrail.order.model.OrderDeciderTests.AUTHORIZED;
import static aero.contrail.order.model.OrderDeciderTests.CAPTURED;
import static aero.contrail.order.model.OrderDeciderTests.HELD;
import static aero.contrail.order.model.OrderDeciderTests.NOON;
import static aero.contrail.order.model.OrderDeciderTests.PLACED;
import static aero.contrail.order.model.OrderDeciderTests.REQUESTED;
import static aero.contrail.order.model.OrderDeciderTests.TICKETED;
import static aero.contrail.order.model.OrderDeciderTests.usd;
import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.OrderEvent;
import aero.contrail.events.TicketNumber;
import aero.contrail.order.amendment.CancellationQuote;
import aero.contrail.order.document.TicketRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class QuotesTests {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private static Details details(OrderEvent... facts) {
    var state = OrderEvolution.INITIAL;
    for (var fact : facts) {
      state = OrderEvolution.evolve(state, fact);
    }
    return ((OrderState.Known) state).details();
  }

  private static Details ticketed() {
    return details(PLACED, HELD, REQUESTED, AUTHORIZED, CAPTURED, TICKETED);
  }

  @Test
  void onTheDayOfIssueEverythingGoesBack() {
    var quote = Quotes.voluntary(ticketed(), null, NOON.plus(Duration.ofHours(5)), NEW_YORK);
    assertThat(quote.voided()).isTrue();
    assertThat(quote.refund()).isEqualTo(usd("242.92"));
    assertThat(quote.penalty()).isEqualTo(usd("0.00"));
  }

  /** Noon UTC is evening in Tokyo: three hours later it is the next day there, not in New York. */
  @Test
  void midnightIsThatOfTheChannel() {
    var threeHoursLater = NOON.plus(Duration.ofHours(3));
    assertThat(Quotes.voluntary(ticketed(), null, threeHoursLater, TOKYO).voided()).isFalse();
    assertThat(Quotes.voluntary(ticketed(), null, threeHoursLater, NEW_YORK).voided()).isTrue();
    assertThat(Quotes.voidDeadline(ticketed(), TOKYO))
        .isEqualTo(Instant.parse("2026-11-20T15:00:00Z"));
  }

  @Test
  void laterThePenaltyOfTheFareIsKeptAndTheTaxesGoBack() {
    var quote = Quotes.voluntary(ticketed(), null, NOON.plus(Duration.ofDays(2)), NEW_YORK);
    assertThat(quote.voided()).isFalse();
    assertThat(quote.penalty()).isEqualTo(usd("75.00"));
    assertThat(quote.refund()).isEqualTo(usd("167.92"));
    assertThat(quote.lines())
        .extracting(CancellationQuote.Line::refundable)
        .containsExactly(usd("136.65"), usd("31.27"));
  }

  @Test
  void whenTheAirlineDoesNotFlyNothingIsKept() {
    var quote = Quotes.involuntary(ticketed(), null);
    assertThat(quote.refund()).isEqualTo(usd("242.92"));
    assertThat(quote.voided()).isFalse();
  }

  @Test
  void aHeldOrderHasPaidNothing() {
    var quote = Quotes.voluntary(details(PLACED, HELD), null, NOON, NEW_YORK);
    assertThat(quote.refund()).isEqualTo(usd("0.00"));
    assertThat(quote.lines()).isEmpty();
  }

  /** Check digits that others computed. */
  @Test
  void ticketsHaveTheCheckDigitOfTheStandard() throws IOException {
    var checked = 0;
    for (var line : Files.readAllLines(Path.of("src/test/resources/mod7.csv"))) {
      var fields = line.split(",", -1);
      if (fields[0].matches("\\d{13}")) {
        assertThat(TicketRules.checkDigit(new TicketNumber(fields[0])))
            .isEqualTo(Integer.parseInt(fields[1]));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(3);
  }
}
