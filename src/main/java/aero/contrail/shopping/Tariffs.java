package aero.contrail.shopping;

import aero.contrail.events.FareConditions;
import aero.contrail.events.PassengerType;
import aero.contrail.shopping.Tariff.Basis;
import aero.contrail.shopping.Tariff.Fare;
import aero.contrail.shopping.Tariff.TaxRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The filed fares. They change rarely: a tariff that was read is used for a while. */
@Repository
class Tariffs {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final String FARES =
      """
      select distinct on (fare_class, min_miles)
             fare_class, cabin, min_miles, max_miles, currency, amount_minor, refundable,
             refund_penalty_minor, changeable, change_penalty_minor
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

  private record Read(Tariff tariff, long nanos) {}

  private final JdbcClient jdbc;
  private final EarningRates rates;
  private final AtomicReference<@Nullable Read> last = new AtomicReference<>();

  Tariffs(JdbcClient jdbc, EarningRates rates) {
    this.jdbc = jdbc;
    this.rates = rates;
  }

  Tariff inForce(LocalDate date) {
    var read = last.get();
    if (read == null
        || !read.tariff().date().equals(date)
        || System.nanoTime() - read.nanos() > FRESH_NANOS) {
      read = new Read(read(date), System.nanoTime());
      last.set(read);
    }
    return read.tariff();
  }

  private Tariff read(LocalDate date) {
    List<Fare> fares = jdbc.sql(FARES).param("date", date).query((row, _) -> fare(row)).list();
    List<TaxRule> taxes =
        jdbc.sql(TAXES)
            .param("date", date)
            .query(
                (row, _) ->
                    new TaxRule(
                        row.getString("code"),
                        Basis.valueOf(row.getString("basis")),
                        row.getInt("permille"),
                        money(row, "amount_minor")))
            .list();
    var shares = new EnumMap<PassengerType, Integer>(PassengerType.class);
    jdbc.sql(SHARES)
        .param("date", date)
        .query(
            (row, _) ->
                Map.entry(
                    PassengerType.valueOf(row.getString("passenger_type")), row.getInt("percent")))
        .list()
        .forEach(share -> shares.put(share.getKey(), share.getValue()));
    return new Tariff(date, fares, taxes, shares, rates.inForce(date));
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
            money(row, "change_penalty_minor")));
  }

  private static Money money(ResultSet row, String column) throws SQLException {
    return Money.ofMinor(CurrencyUnit.of(row.getString("currency")), row.getLong(column));
  }
}
