package aero.contrail.shopping.index;

import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import aero.contrail.events.LoyaltyEvent.EarningTable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What flights earn, as the loyalty programme filed it. */
@Repository
public class EarningRates {

  private static final String SAVE =
      """
      insert into shopping.earning_rate (programme, effective_from, fare_class, percent)
      select :programme, :effectiveFrom, fare_class, percent
        from unnest(:classes, :percents) as r (fare_class, percent)
          on conflict (programme, effective_from, fare_class) do update
         set percent = excluded.percent
      """;

  private static final String ALL =
      """
      select effective_from, fare_class, percent
        from shopping.earning_rate
       order by effective_from
      """;

  private final JdbcClient jdbc;
  private final Copy copy;

  EarningRates(JdbcClient jdbc, Copy copy) {
    this.jdbc = jdbc;
    this.copy = copy;
  }

  void save(EarningRatesFiled filed) {
    var rates = filed.table().rates();
    jdbc.sql(copy.sql(SAVE))
        .param("programme", filed.programme())
        .param("effectiveFrom", filed.effectiveFrom())
        .param("classes", rates.keySet().toArray(String[]::new))
        .param("percents", rates.values().toArray(Integer[]::new))
        .update();
  }

  /** What coupons earn a member without a tier, by the day from which on it holds. */
  public NavigableMap<LocalDate, EarningTable> all() {
    var rates = new TreeMap<LocalDate, Map<String, Integer>>();
    jdbc.sql(copy.sql(ALL))
        .query(
            row -> {
              rates
                  .computeIfAbsent(
                      row.getObject("effective_from", LocalDate.class), _ -> new HashMap<>())
                  .put(row.getString("fare_class"), row.getInt("percent"));
            });
    var tables = new TreeMap<LocalDate, EarningTable>();
    rates.forEach((from, all) -> tables.put(from, EarningTable.of(all)));
    return tables;
  }
}
