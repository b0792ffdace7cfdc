package aero.contrail.shopping;

import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What flights earn, as the loyalty programme filed it. */
@Repository
class EarningRates {

  private static final String SAVE =
      """
      insert into shopping.earning_rate (programme, effective_from, fare_class, percent)
      select :programme, :effectiveFrom, fare_class, percent
        from unnest(:classes, :percents) as r (fare_class, percent)
          on conflict (programme, effective_from, fare_class) do update
         set percent = excluded.percent
      """;

  private static final String IN_FORCE =
      """
      select distinct on (fare_class) fare_class, percent
        from shopping.earning_rate
       where effective_from <= :date
       order by fare_class, effective_from desc
      """;

  private final JdbcClient jdbc;
  private final Copy copy;

  EarningRates(JdbcClient jdbc, Copy copy) {
    this.jdbc = jdbc;
    this.copy = copy;
  }

  void save(EarningRatesFiled filed) {
    var rates = Map.copyOf(filed.rates());
    jdbc.sql(copy.sql(SAVE))
        .param("programme", filed.programme())
        .param("effectiveFrom", filed.effectiveFrom())
        .param("classes", rates.keySet().toArray(String[]::new))
        .param("percents", rates.values().toArray(Integer[]::new))
        .update();
  }

  /** Percent of the flown miles by booking class, on a day. */
  Map<String, Integer> inForce(LocalDate date) {
    var rates = new HashMap<String, Integer>();
    jdbc.sql(copy.sql(IN_FORCE))
        .param("date", date)
        .query((row, _) -> Map.entry(row.getString("fare_class"), row.getInt("percent")))
        .list()
        .forEach(rate -> rates.put(rate.getKey(), rate.getValue()));
    return rates;
  }
}
