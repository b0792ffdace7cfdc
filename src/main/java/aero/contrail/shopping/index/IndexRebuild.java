package aero.contrail.shopping.index;

import aero.contrail.eventlog.ReadModel;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Lets the index be made again from the log. */
@Component
class IndexRebuild implements ReadModel {

  private static final List<String> DISCARD =
      List.of(
          "drop table if exists shopping_rebuild.flight",
          "drop table if exists shopping_rebuild.earning_rate",
          "drop table if exists shopping_rebuild.award_chart");

  private static final List<String> PREPARE =
      List.of(
          "create table shopping_rebuild.flight (like shopping.flight including all)",
          "alter table shopping_rebuild.flight set (fillfactor = 80)",
          "create table shopping_rebuild.earning_rate (like shopping.earning_rate including all)",
          "create table shopping_rebuild.award_chart (like shopping.award_chart including all)");

  /** A copied table has its names from PostgreSQL: it gets those of the table that goes. */
  private static final List<String> SWAP =
      List.of(
          "drop table shopping.flight",
          "drop table shopping.earning_rate",
          "drop table shopping.award_chart",
          "alter table shopping_rebuild.flight set schema shopping",
          "alter table shopping_rebuild.earning_rate set schema shopping",
          "alter table shopping_rebuild.award_chart set schema shopping",
          "alter table shopping.flight rename constraint flight_pkey to one_row_per_flight",
          "alter table shopping.earning_rate"
              + " rename constraint earning_rate_pkey to one_rate_per_class",
          "alter table shopping.award_chart"
              + " rename constraint award_chart_pkey to one_chart_from_a_day_on",
          "update shopping.index_state set generation = generation + 1");

  private final JdbcClient jdbc;
  private final ProductIndexer shadow;

  IndexRebuild(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.shadow =
        new ProductIndexer(
            new FlightIndex(jdbc, json, Copy.SECOND),
            new EarningRates(jdbc, Copy.SECOND),
            new AwardCharts(jdbc, Copy.SECOND));
  }

  @Override
  public String consumer() {
    return ProductIndexer.CONSUMER;
  }

  @Override
  public void prepare() {
    run(DISCARD);
    run(PREPARE);
  }

  @Override
  public Object shadow() {
    return shadow;
  }

  @Override
  public void swap() {
    run(SWAP);
  }

  @Override
  public void discard() {
    run(DISCARD);
  }

  private void run(List<String> statements) {
    statements.forEach(statement -> jdbc.sql(statement).update());
  }
}
