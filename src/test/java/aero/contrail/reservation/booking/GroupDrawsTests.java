package aero.contrail.reservation.booking;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.SpaceRefusal;
import aero.contrail.reservation.booking.Space.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What orders draw from blocks. */
class GroupDrawsTests {

  private static final FlightId OUT = new FlightId("YY1-2030-01-01-EWR");
  private static final FlightId BACK = new FlightId("YY2-2030-01-08-ALB");
  private static final UUID GROUP = UUID.randomUUID();

  private static List<Claim> claims(int seats, FlightId... flights) {
    return Stream.of(flights).map(flight -> new Claim(flight, "Y", "M", seats)).toList();
  }

  private static GroupBlock block(@Nullable String channel, int seats) {
    return new GroupBlock(
        GROUP,
        channel,
        Instant.parse("2029-12-01T00:00:00Z"),
        claims(seats, OUT, BACK),
        claims(seats, OUT, BACK));
  }

  private static GroupDraws draws(@Nullable String channel, int seats) {
    return new GroupDraws(Map.of(GROUP, block(channel, seats)));
  }

  private static SpaceRefusal refusal(String of) {
    return new SpaceRefusal(OUT, SpaceRefusal.Kind.GROUP, of);
  }

  @Test
  void partyByPartyUntilNothingIsLeft() {
    var draws = draws(null, 5);

    assertThat(draws.draw(GROUP, "web", claims(3, OUT, BACK))).isEmpty();
    assertThat(draws.draw(GROUP, "web", claims(3, OUT, BACK))).contains(refusal("2 left"));
    assertThat(draws.draw(GROUP, "web", claims(2, OUT, BACK))).isEmpty();
    assertThat(draws.draw(GROUP, "web", claims(1, OUT))).contains(refusal("0 left"));
    assertThat(draws.drawn().stream().mapToInt(taken -> taken.claim().seats()).sum()).isEqualTo(10);
  }

  @Test
  void onSomeOfItsFlightsAlone() {
    var draws = draws(null, 5);

    assertThat(draws.draw(GROUP, "web", claims(4, OUT))).isEmpty();
    assertThat(draws.draw(GROUP, "web", claims(2, OUT, BACK))).contains(refusal("1 left"));
    assertThat(draws.drawn())
        .as("nothing of a flight that is not locked")
        .containsExactly(new GroupBlocks.Taken(GROUP, claims(4, OUT).getFirst()));
  }

  @Test
  void inItsClassesAndByItsChannelAlone() {
    assertThat(draws("agency", 5).draw(GROUP, "agency", claims(1, OUT))).isEmpty();
    assertThat(draws("agency", 5).draw(GROUP, "web", claims(1, OUT)))
        .contains(refusal("not known"));
    assertThat(draws(null, 5).draw(UUID.randomUUID(), "web", claims(1, OUT)))
        .contains(refusal("not known"));
    assertThat(draws(null, 5).draw(GROUP, "web", List.of(new Claim(OUT, "Y", "B", 1))))
        .contains(refusal("0 left"));
  }

  @Test
  void whatIsGivenBackIsWhatIsLeft() {
    var block = block(null, 5).without(claims(2, OUT));

    assertThat(block.atMost(4))
        .containsExactly(new Claim(OUT, "Y", "M", 3), new Claim(BACK, "Y", "M", 4));
    assertThat(block.without(block.atMost(9)).left()).isEqualTo(claims(0, OUT, BACK));
    assertThat(block.without(block.atMost(9)).atMost(9)).isEmpty();
  }
}
