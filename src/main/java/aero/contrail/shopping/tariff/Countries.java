package aero.contrail.shopping.tariff;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;

/** In which countries the airports of the world are, as the shipped file says. */
final class Countries {

  private static final String AIRPORTS = "/reference/airports.csv";

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private Countries() {}

  /** ISO 3166 codes by IATA code. */
  static Map<String, String> ofAirports() {
    var countries = new HashMap<String, String>();
    try (var file = Objects.requireNonNull(Countries.class.getResourceAsStream(AIRPORTS));
        var rows = FORMAT.parse(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      rows.forEach(row -> countries.put(row.get("iata"), row.get("country")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return countries;
  }
}
