package aero.contrail.shopping.tariff;

import aero.contrail.events.FareConditions;
import aero.contrail.events.FareConditions.NoShow;
import aero.contrail.events.Offer.ServiceKind;
import aero.contrail.events.PassengerType;
import aero.contrail.shopping.index.AwardCharts;
import aero.contrail.shopping.index.EarningRates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is filed. It changes rarely: what was read is used for a while, and read again beside the
 * searches. Thread-safe.
 */
@Repository
public class Tariffs {

  private static final Logger log = LoggerFactory.getLogger(Tariffs.class);

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final String FARES =
      """
      select distinct on (fare_class, min_miles)
             fare_class, cabin, min_miles, max_miles, currency, amount_minor, refundable,
             refund_penalty_minor, changeable, change_penalty_minor, no_show_keeps_onward,
             no_show_penalty_minor
        from shopping.fare
       where effective_from <= :date
       order by fare_class, min_miles, effective_from desc
      """;

  private static final String TAXES =
      """
      select distinct on (code) code, basis, permille, amount_minor, currency
        from shopping.tax
       where effective_from <= :date
       order by code, effective_from desc
      """;

  private static final String SHARES =
      """
      select distinct on (passenger_type) passenger_type, percent
        from shopping.passenger_fare
       where effective_from <= :date
       order by passenger_type, effective_from desc
      """;

  private static final String BRANDS =
      """
      select distinct on (fare_class) fare_class, code, name, bags, bag_kilograms, seat_choice
        from shopping.fare_brand
       where effective_from <= :date
       order by fare_class, effective_from desc
      """;

  private static final String CONNECTING_TIMES =
      """
      select distinct on (airport) airport, domestic_minutes, international_minutes
        from shopping.connecting_time
       where effective_from <= :date
       order by airport, effective_from desc
      """;

  private static final String SERVICES =
      """
      select distinct on (code) code, kind, name, amount_minor, currency, max_quantity,
             passenger_types, cabins, refundable
        from shopping.service
       where effective_from <= :date
       order by code, effective_from desc
      """;

  /** Of each service and type of aircraft what was filed last, as a whole. */
  private static final String SEAT_ROWS =
      """
      select r.service_code, r.aircraft, r.first_row, r.last_row
        from shopping.seat_row r
       where r.effective_from = (select max(l.effective_from)
                                   from shopping.seat_row l
                                  where l.service_code = r.service_code
                                    and l.aircraft = r.aircraft
                                    and l.effective_from <= :date)
       order by r.service_code, r.aircraft, r.first_row
      """;

  /** Everything of one day. */
  private record Filed(
      Tariff tariff, ConnectingTimes connectingTimes, List<Ancillary> services, long nanos) {

    boolean isOf(LocalDate date) {
      return tariff.date().equals(date);
    }

    boolean isOld() {
      return System.nanoTime() - nanos > FRESH_NANOS;
    }
  }

  private final JdbcClient jdbc;
  private final EarningRates rates;
  private final AwardCharts charts;
  private final Map<String, String> countries;
  private final CurrencyUnit currency;
  private final AtomicReference<@Nullable Filed> last = new AtomicReference<>();
  private final AtomicBoolean reading = new AtomicBoolean();

  Tariffs(
      JdbcClient jdbc,
      EarningRates rates,
      AwardCharts charts,
      @Value("${contrail.shopping.currency:USD}") String currency) {
    this.jdbc = jdbc;
    this.rates = rates;
    this.charts = charts;
    this.currency = CurrencyUnit.of(currency);
    this.countries = Countries.ofAirports();
  }

  /** The fares and taxes for who buys now. */
  public Tariff inForce(Instant now) {
    return filed(now).tariff();
  }

  /** The connecting times for who buys now. */
  public ConnectingTimes connectingTimes(Instant now) {
    return filed(now).connectingTimes();
  }

  /** What is sold beside flights now, by code. */
  public List<Ancillary> services(Instant now) {
    return filed(now).services();
  }

  /** Old is good enough while somebody reads again; another day is not. */
  private Filed filed(Instant now) {
    var date = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var filed = last.get();
    if (filed == null || !filed.isOf(date)) {
      filed = read(date);
      last.set(filed);
    } else if (filed.isOld() && reading.compareAndSet(false, true)) {
      Thread.startVirtualThread(() -> readAgain(date));
    }
    return filed;
  }

  private void readAgain(LocalDate date) {
    try {
      last.set(read(date));
    } catch (RuntimeException e) {
      log.warn("Fares could not be read again, those of before are used: {}", e.toString());
    } finally {
      reading.set(false);
    }
  }

  private Filed read(LocalDate date) {
    return new Filed(
        new Tariff(
            date, fares(date), taxes(date), shares(date), brands(date), rates.all(), charts.all()),
        new ConnectingTimes(minimums(date), countries),
        servicesOf(date),
        System.nanoTime());
  }

  /** One currency is sold in: what is filed in another is left out, and nothing else. */
  private List<Fare> fares(LocalDate date) {
    var all = jdbc.sql(FARES).param("date", date).query((row, _) -> fare(row)).list();
    var sold = all.stream().filter(fare -> isSoldIn(fare.amount())).toList();
    if (sold.size() < all.size()) {
      log.warn(
          "{} fares are not in {} and are not sold: file them in it",
          all.size() - sold.size(),
          currency);
    }
    return sold;
  }

  private List<TaxRule> taxes(LocalDate date) {
    var all =
        jdbc.sql(TAXES)
            .param("date", date)
            .query((row, _) -> TaxRule.of(row, money(row, "amount_minor")))
            .list();
    var due = all.stream().filter(tax -> isSoldIn(tax.amount())).toList();
    if (due.size() < all.size()) {
      log.error(
          "{} taxes are not in {} and are not asked for: file them in it",
          all.size() - due.size(),
          currency);
    }
    return due;
  }

  private boolean isSoldIn(Money amount) {
    return amount.getCurrencyUnit().equals(currency);
  }

  private Map<PassengerType, Integer> shares(LocalDate date) {
    var shares = new EnumMap<PassengerType, Integer>(PassengerType.class);
    jdbc.sql(SHARES)
        .param("date", date)
        .query(
            row -> {
              shares.put(
                  PassengerType.valueOf(row.getString("passenger_type")), row.getInt("percent"));
            });
    return shares;
  }

  private Map<String, Brand> brands(LocalDate date) {
    var brands = new HashMap<String, Brand>();
    jdbc.sql(BRANDS)
        .param("date", date)
        .query(
            row -> {
              brands.put(
                  row.getString("fare_class"),
                  new Brand(
                      row.getString("code"),
                      row.getString("name"),
                      row.getInt("bags"),
                      row.getInt("bag_kilograms"),
                      Brand.SeatChoice.valueOf(row.getString("seat_choice"))));
            });
    return brands;
  }

  private Map<String, ConnectingTimes.Minimum> minimums(LocalDate date) {
    var minimums = new HashMap<String, ConnectingTimes.Minimum>();
    jdbc.sql(CONNECTING_TIMES)
        .param("date", date)
        .query(
            row -> {
              minimums.put(
                  row.getString("airport"),
                  new ConnectingTimes.Minimum(
                      Duration.ofMinutes(row.getInt("domestic_minutes")),
                      Duration.ofMinutes(row.getInt("international_minutes"))));
            });
    return minimums;
  }

  private Map<String, Map<String, List<Integer>>> seatRows(LocalDate date) {
    var rows = new HashMap<String, Map<String, List<Integer>>>();
    jdbc.sql(SEAT_ROWS)
        .param("date", date)
        .query(
            row -> {
              rows.computeIfAbsent(row.getString("service_code"), _ -> new HashMap<>())
                  .computeIfAbsent(row.getString("aircraft"), _ -> new ArrayList<>())
                  .addAll(
                      IntStream.rangeClosed(row.getInt("first_row"), row.getInt("last_row"))
                          .boxed()
                          .toList());
            });
    return rows;
  }

  private List<Ancillary> servicesOf(LocalDate date) {
    var rows = seatRows(date);
    return jdbc
        .sql(SERVICES)
        .param("date", date)
        .query(
            (row, _) ->
                new Ancillary(
                    row.getString("code"),
                    ServiceKind.valueOf(row.getString("kind")),
                    row.getString("name"),
                    money(row, "amount_minor"),
                    row.getInt("max_quantity"),
                    Stream.of(row.getString("passenger_types").split(",", -1))
                        .map(PassengerType::valueOf)
                        .toList(),
                    row.getString("cabins"),
                    row.getBoolean("refundable"),
                    rows.getOrDefault(row.getString("code"), Map.of())))
        .list()
        .stream()
        .filter(service -> isSoldIn(service.amount()))
        .toList();
  }

  private static Fare fare(ResultSet row) throws SQLException {
    return new Fare(
        row.getString("fare_class"),
        row.getString("cabin"),
        row.getInt("min_miles"),
        row.getInt("max_miles"),
        money(row, "amount_minor"),
        new FareConditions(
            row.getBoolean("refundable"),
            money(row, "refund_penalty_minor"),
            row.getBoolean("changeable"),
            money(row, "change_penalty_minor"),
            new NoShow(
                row.getBoolean("no_show_keeps_onward"), money(row, "no_show_penalty_minor"))));
  }

  private static Money money(ResultSet row, String column) throws SQLException {
    return Money.ofMinor(CurrencyUnit.of(row.getString("currency")), row.getLong(column));
  }
}
