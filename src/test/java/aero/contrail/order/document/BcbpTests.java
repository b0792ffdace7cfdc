package aero.contrail.order.document;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.events.FlightId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.RecordLocator;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.aztec.AztecReader;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What machines at the gate read. */
class BcbpTests {

  private static BoardingPassData pass(
      String family, @Nullable String given, @Nullable String seat) {
    return new BoardingPassData(
        family,
        given,
        PassengerType.ADULT,
        new RecordLocator("K3X9QD"),
        new FlightId("UA31-2026-12-01-EWR"),
        "ORD",
        "Y",
        seat,
        7);
  }

  /** The mandatory items of IATA's own examples; what comes after them is conditional. */
  @ParameterizedTest
  @CsvFileSource(resources = "/bcbp.csv", numLinesToSkip = 1)
  void isWhatTheResolutionShows(
      String text,
      String expect,
      int legs,
      String name,
      String locator,
      String from,
      String to,
      String carrier,
      String flight,
      String day,
      String compartment,
      String seat,
      String sequence) {
    if (expect.equals("valid") && legs == 1) {
      var date = LocalDate.ofYearDay(2026, Integer.parseInt(day));
      var names = name.split("/", -1);
      var row = seat.replaceFirst("^0+", "");
      assertThat(
              Bcbp.of(
                  new BoardingPassData(
                      names[0],
                      names[1],
                      PassengerType.ADULT,
                      new RecordLocator("ABCDEF"),
                      FlightId.of(carrier + Integer.parseInt(flight), date, from),
                      to,
                      compartment,
                      row,
                      Integer.parseInt(sequence))))
          .hasSize(60)
          .isEqualTo(text.substring(0, 58).replace(locator, "ABCDEF") + "00");
    }
  }

  @Test
  void aLongNameIsCutAndAShortOneFilled() {
    assertThat(Bcbp.of(pass("Featherstonehaugh", "Boris", "12C")))
        .startsWith("M1FEATHERSTONEHAUGH/BOE")
        .contains("K3X9QD EWRORDUA 0031 335Y012C0007 100");
    assertThat(Bcbp.of(pass("Ng", null, "12C"))).startsWith("M1NG                  E");
  }

  @ParameterizedTest
  @CsvSource({
    "Müller,      MUELLER",
    "Strauß,      STRAUSS",
    "Ångström,    AANGSTROEM",
    "Łukasiewicz, LUKASIEWICZ",
    "D'Angelo,    DANGELO",
    "de la Peña,  DE LA PENA",
    "Smith-Jones, SMITH JONES",
    "Žižek,       ZIZEK",
    "山田,          X"
  })
  void namesAreSpelledInLatinCapitals(String name, String spelled) {
    assertThat(Bcbp.letters(name)).isEqualTo(spelled);
  }

  @Test
  void whoHasNoSeatStandsByAndAnInfantNeedsNone() {
    assertThat(Bcbp.of(pass("King", "Ada", null))).endsWith("YGATE0007 700");
    var infant =
        new BoardingPassData(
            "King",
            "Anne",
            PassengerType.INFANT,
            new RecordLocator("K3X9QD"),
            new FlightId("UA31A-2026-12-01-EWR"),
            "ORD",
            "Y",
            null,
            8);
    assertThat(Bcbp.of(infant)).contains("UA 0031A335").endsWith("YINF 0008 100");
  }

  @Test
  void thePictureCanBeReadAgain() throws Exception {
    var text = Bcbp.of(pass("Lovelace", "Ada", "12C"));
    var svg = Barcodes.aztecSvg(text);

    assertThat(
            new AztecReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new Drawn(svg))))
                .getText())
        .isEqualTo(text);
  }

  @Test
  void thePageShowsNamesAsTextOnly() {
    assertThat(BoardingPassPage.of(pass("<b>", "Ada", "12C")))
        .contains("Ada &lt;b&gt;", "Tue 1 Dec 2026", "12C", "<svg")
        .doesNotContain("<b>");
  }

  /** The drawn modules, eight pixels each. */
  private static final class Drawn extends LuminanceSource {

    private static final int SCALE = 8;
    private final BitMatrix modules;

    Drawn(String svg) {
      super(side(svg) * SCALE, side(svg) * SCALE);
      modules = new BitMatrix(side(svg));
      Arrays.stream(svg.split("M", -1))
          .filter(move -> move.contains("h1v1"))
          .map(move -> move.substring(0, move.indexOf('h')).split(" ", -1))
          .forEach(xy -> modules.set(Integer.parseInt(xy[0]), Integer.parseInt(xy[1])));
    }

    private static int side(String svg) {
      return Integer.parseInt(svg.replaceAll("(?s).*viewBox=\"0 0 (\\d+) .*", "$1"));
    }

    @Override
    public byte[] getRow(int y, byte @Nullable [] row) {
      var pixels = row == null ? new byte[getWidth()] : Objects.requireNonNull(row);
      for (var x = 0; x < getWidth(); x++) {
        pixels[x] = (byte) (modules.get(x / SCALE, y / SCALE) ? 0 : 255);
      }
      return pixels;
    }

    @Override
    public byte[] getMatrix() {
      var matrix = new byte[getWidth() * getHeight()];
      for (var y = 0; y < getHeight(); y++) {
        System.arraycopy(getRow(y, null), 0, matrix, y * getWidth(), getWidth());
      }
      return matrix;
    }
  }
}
