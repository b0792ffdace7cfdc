package aero.contrail.shopping.index;

import aero.contrail.events.EventJson;
import aero.contrail.events.LoyaltyEvent.AwardChart;
import aero.contrail.events.LoyaltyEvent.AwardChartFiled;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What flights cost in points, as the loyalty programme filed it. */
@Repository
public class AwardCharts {

  private static final String SAVE =
      """
      insert into shopping.award_chart (programme, effective_from, chart)
      values (:programme, :effectiveFrom, :chart::jsonb)
          on conflict (programme, effective_from) do update
         set chart = excluded.chart
      """;

  private static final String ALL =
      """
      select effective_from, chart
        from shopping.award_chart
      """;

  private final JdbcClient jdbc;
  private final Copy copy;

  AwardCharts(JdbcClient jdbc, Copy copy) {
    this.jdbc = jdbc;
    this.copy = copy;
  }

  void save(AwardChartFiled filed) {
    jdbc.sql(copy.sql(SAVE))
        .param("programme", filed.programme())
        .param("effectiveFrom", filed.effectiveFrom())
        .param("chart", EventJson.mapper().writeValueAsString(filed.chart()))
        .update();
  }

  /** By the day from which on they hold. */
  public NavigableMap<LocalDate, AwardChart> all() {
    var charts = new TreeMap<LocalDate, AwardChart>();
    jdbc.sql(copy.sql(ALL))
        .query(
            row -> {
              charts.put(
                  row.getObject("effective_from", LocalDate.class),
                  EventJson.mapper().readValue(row.getString("chart"), AwardChart.class));
            });
    return charts;
  }
}
